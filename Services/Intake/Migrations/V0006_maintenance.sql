-- Maintenance plans, and what became of each of their due dates.

CREATE TABLE maintenance_plan (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    number text NOT NULL GENERATED ALWAYS AS (state->>'number') STORED UNIQUE,
    status text NOT NULL GENERATED ALWAYS AS (state->>'status') STORED
        CHECK (status IN ('active', 'paused', 'ended')),
    customer_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'customerId')::uuid) STORED,
    contract_id uuid GENERATED ALWAYS AS ((state->>'contractId')::uuid) STORED
);
CREATE INDEX maintenance_plan_by_customer ON maintenance_plan (customer_id, number);
CREATE INDEX maintenance_plan_by_contract ON maintenance_plan (contract_id) WHERE contract_id IS NOT NULL;
CREATE INDEX maintenance_plan_by_device ON maintenance_plan USING gin ((state->'deviceIds'));

CREATE TABLE maintenance_occurrence (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    plan_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'planId')::uuid) STORED,
    due_on text NOT NULL GENERATED ALWAYS AS (state->>'dueOn') STORED,
    device_id uuid GENERATED ALWAYS AS ((state->>'deviceId')::uuid) STORED,
    status text NOT NULL GENERATED ALWAYS AS (state->>'status') STORED
        CHECK (status IN ('due', 'opened', 'skipped')),
    work_order_id uuid GENERATED ALWAYS AS ((state->>'workOrderId')::uuid) STORED UNIQUE,
    -- Nobody goes twice for one due date of a device.
    UNIQUE NULLS NOT DISTINCT (plan_id, due_on, device_id)
);
