-- Disputes about what an order is entitled to. An order has one open at most.

CREATE TABLE entitlement_dispute (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    status text NOT NULL GENERATED ALWAYS AS (state->>'status') STORED
        CHECK (status IN ('open', 'upheld', 'partly_upheld', 'rejected', 'withdrawn')),
    work_order_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'workOrderId')::uuid) STORED,
    -- Times are written in one form, which sorts as they do.
    decide_by text NOT NULL GENERATED ALWAYS AS (state->>'decideBy') STORED
);
CREATE UNIQUE INDEX entitlement_dispute_open ON entitlement_dispute (work_order_id) WHERE status = 'open';
CREATE INDEX entitlement_dispute_by_work_order ON entitlement_dispute (work_order_id);
CREATE INDEX entitlement_dispute_by_time ON entitlement_dispute (status, decide_by, id);
