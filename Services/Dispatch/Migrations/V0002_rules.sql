-- Rule sets, and what each decision found. The table rule_book has one row, or none while the standard rules hold.

CREATE TABLE rule_book (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE rule_set (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    rule_set_version bigint GENERATED ALWAYS AS ((state->>'ruleSetVersion')::bigint) STORED NOT NULL UNIQUE
);

-- The id is the assignment's, where one was made.
CREATE TABLE decision (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    work_order_id uuid GENERATED ALWAYS AS ((state->>'workOrderId')::uuid) STORED NOT NULL,
    decided_at text COLLATE "C" GENERATED ALWAYS AS (state->>'decidedAt') STORED NOT NULL
);

CREATE INDEX decision_work_order ON decision (work_order_id, decided_at);

CREATE TABLE roster_snapshot (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

-- When the report of a job came in; null for jobs that an older Mendloop recorded.
ALTER TABLE job ADD COLUMN received_at text COLLATE "C"
    GENERATED ALWAYS AS (state->'origin'->>'receivedAt') STORED;

CREATE INDEX job_received ON job (received_at) WHERE received_at IS NOT NULL;
