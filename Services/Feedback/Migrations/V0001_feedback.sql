-- What feedback owns: contacts and orders as far as telling and asking need them, notifications, follow-ups, and the
-- facts behind the figures.

CREATE TABLE contact (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL
);

CREATE TABLE order_notice (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL
);

CREATE TABLE staff (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL
);

CREATE TABLE notification (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL,
    status text NOT NULL GENERATED ALWAYS AS (state->>'status') STORED
        CHECK (status IN ('requested', 'delivered', 'failed', 'unconfirmed')),
    template text NOT NULL GENERATED ALWAYS AS (state->>'template') STORED,
    channel text NOT NULL GENERATED ALWAYS AS (state->>'channel') STORED,
    work_order_id uuid GENERATED ALWAYS AS ((state->>'workOrderId')::uuid) STORED
);

CREATE INDEX notification_work_order ON notification (work_order_id);
CREATE INDEX notification_template ON notification (template, status);

CREATE TABLE follow_up (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL,
    status text NOT NULL GENERATED ALWAYS AS (state->>'status') STORED
        CHECK (status IN ('scheduled', 'due', 'answered', 'completed', 'expired', 'void')),
    survey text NOT NULL GENERATED ALWAYS AS (state->>'survey') STORED
        CHECK (survey IN ('none', 'sent', 'answered', 'unanswered')),
    -- One a work order.
    work_order_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'workOrderId')::uuid) STORED UNIQUE,
    -- The customer answered the survey when, and only when, that is how the follow-up ended.
    CHECK ((status = 'answered') = (survey = 'answered'))
);

CREATE INDEX follow_up_status ON follow_up (status);

-- Orders that ended. Append-only; the highest sequence of an order counts.
CREATE TABLE order_fact (
    work_order_id uuid NOT NULL,
    sequence bigint NOT NULL CHECK (sequence > 0),
    status text NOT NULL,
    closure_code text NOT NULL,
    outcome text,
    received_at timestamptz NOT NULL,
    first_response_at timestamptz,
    resolved_at timestamptz,
    closed_at timestamptz NOT NULL,
    paused_seconds bigint NOT NULL CHECK (paused_seconds >= 0),
    visits bigint NOT NULL CHECK (visits >= 0),
    reached_in_progress boolean NOT NULL,
    resolved_remotely boolean NOT NULL,
    rework boolean NOT NULL,
    service_type text NOT NULL,
    category text,
    region_code text,
    PRIMARY KEY (work_order_id, sequence)
);

CREATE INDEX order_fact_closed ON order_fact (closed_at);

CREATE TABLE clock_fact (
    work_order_id uuid NOT NULL,
    sequence bigint NOT NULL,
    clock text NOT NULL,
    status text NOT NULL,
    target_seconds bigint NOT NULL,
    paused_seconds bigint NOT NULL,
    PRIMARY KEY (work_order_id, sequence, clock)
);

-- Which order was opened for whose repair.
CREATE TABLE rework_fact (
    work_order_id uuid NOT NULL,
    rework_order_id uuid PRIMARY KEY,
    reported_at timestamptz NOT NULL
);

CREATE INDEX rework_fact_first ON rework_fact (work_order_id);

-- What customers said: once for each confirmed report.
CREATE TABLE satisfaction_fact (
    work_order_id uuid NOT NULL,
    report_id uuid PRIMARY KEY,
    source text NOT NULL CHECK (source IN ('survey', 'call')),
    satisfaction bigint CHECK (satisfaction BETWEEN 1 AND 5),
    recommendation bigint CHECK (recommendation BETWEEN 0 AND 10),
    effort bigint CHECK (effort BETWEEN 1 AND 7),
    fixed boolean,
    answered_at timestamptz NOT NULL
);

CREATE INDEX satisfaction_fact_answered ON satisfaction_fact (answered_at);
