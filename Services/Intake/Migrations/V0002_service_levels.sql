-- Business calendars and service levels as documents. The table sla_book has one row, or none while the standard ones
-- hold; the other two keep every version for ever.

CREATE TABLE sla_book (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE business_calendar (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    name text GENERATED ALWAYS AS (state->>'name') STORED NOT NULL,
    calendar_version bigint GENERATED ALWAYS AS ((state->>'calendarVersion')::bigint) STORED NOT NULL,
    UNIQUE (name, calendar_version)
);

CREATE TABLE service_level_policy (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    policy_version bigint GENERATED ALWAYS AS ((state->>'policyVersion')::bigint) STORED NOT NULL UNIQUE
);

-- By which book an order's clocks were reckoned last. Those of before are reckoned once by the new calendars.
ALTER TABLE work_order ADD COLUMN reckoned_by bigint NOT NULL
    GENERATED ALWAYS AS (COALESCE((state->>'reckonedBy')::bigint, 0)) STORED;

CREATE INDEX work_order_to_reckon ON work_order (reckoned_by, id)
    WHERE status NOT IN ('closed', 'cancelled', 'merged');

-- Escalations are reckoned with the clocks from now on, and need no timer of their own.
DELETE FROM timer WHERE kind = 'escalate';
