-- Customers whom intake has forgotten, and how far this service has: ids alone.

CREATE TABLE erasure (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    is_done boolean NOT NULL GENERATED ALWAYS AS (state->>'stage' = 'done') STORED
);
CREATE INDEX erasure_to_do ON erasure (id) WHERE NOT is_done;
