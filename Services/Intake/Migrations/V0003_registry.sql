-- The registry: product models, and the index by which everything in it is found.

CREATE TABLE product_model (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

-- One row for each thing that can be found. The tokens are made by the program that writes the row and by the one that
-- searches; the index compares them as they are. Its pending list is kept short, since every search reads all of it.
CREATE TABLE search_entry (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    kind text NOT NULL GENERATED ALWAYS AS (state->>'kind') STORED,
    tokens text[] NOT NULL GENERATED ALWAYS AS (string_to_array(state->>'tokens', ' ')) STORED
);
CREATE INDEX search_entry_by_token ON search_entry USING gin (tokens) WITH (gin_pending_list_limit = 512);
-- What is in nearly every row (a brand, a street) is to be known as such to the planner.
ALTER TABLE search_entry ALTER COLUMN tokens SET STATISTICS 1000;

-- A device's history.
CREATE INDEX work_order_by_device ON work_order (device_id) WHERE device_id IS NOT NULL;
