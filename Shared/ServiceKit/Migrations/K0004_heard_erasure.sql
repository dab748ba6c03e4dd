-- Customers whom intake has forgotten, and how far this service has: ids alone. Intake's own record of it is its table `erasure`.
CREATE TABLE heard_erasure (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    is_done boolean NOT NULL GENERATED ALWAYS AS (state->>'stage' = 'done') STORED
);
CREATE INDEX heard_erasure_to_do ON heard_erasure (id) WHERE NOT is_done;
