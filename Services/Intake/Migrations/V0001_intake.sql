-- Intake: what was promised to whom. State documents with what SQL counts and searches by beside them.

CREATE SEQUENCE service_request_number;
CREATE SEQUENCE work_order_number;

CREATE TABLE service_request (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    number text NOT NULL GENERATED ALWAYS AS (state->>'number') STORED,
    status text NOT NULL GENERATED ALWAYS AS (state->>'status') STORED
        CHECK (status IN ('received', 'incomplete', 'converted', 'answered', 'merged', 'spam')),
    customer_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'customerId')::uuid) STORED,
    work_order_id uuid GENERATED ALWAYS AS ((state->>'workOrderId')::uuid) STORED,
    CHECK ((status = 'converted') <= (work_order_id IS NOT NULL))
);
CREATE UNIQUE INDEX service_request_by_number ON service_request (number);
CREATE INDEX service_request_by_status ON service_request (status);

CREATE TABLE work_order (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    number text NOT NULL GENERATED ALWAYS AS (state->>'number') STORED,
    status text NOT NULL GENERATED ALWAYS AS (state->>'status') STORED
        CHECK (status IN (
            'qualified', 'pending_dispatch', 'assigned', 'accepted', 'scheduled', 'en_route', 'on_site',
            'in_progress', 'awaiting_parts', 'awaiting_customer', 'awaiting_quote', 'awaiting_approval', 'on_hold',
            'awaiting_confirmation', 'awaiting_follow_up', 'closed', 'cancelled', 'merged')),
    outcome text GENERATED ALWAYS AS (state->>'outcome') STORED,
    request_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'requestId')::uuid) STORED,
    customer_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'customerId')::uuid) STORED,
    device_id uuid GENERATED ALWAYS AS ((state->>'deviceId')::uuid) STORED,
    rework_of uuid GENERATED ALWAYS AS ((state->>'reworkOf')::uuid) STORED,
    clock_response text GENERATED ALWAYS AS (state->'clockStatus'->>'response') STORED,
    clock_acceptance text GENERATED ALWAYS AS (state->'clockStatus'->>'acceptance') STORED,
    clock_arrival text GENERATED ALWAYS AS (state->'clockStatus'->>'arrival') STORED,
    clock_resolution text GENERATED ALWAYS AS (state->'clockStatus'->>'resolution') STORED
);
CREATE UNIQUE INDEX work_order_by_number ON work_order (number);
-- One report, one promise: only a rework order may share another's request.
CREATE UNIQUE INDEX work_order_by_request ON work_order (request_id) WHERE rework_of IS NULL;
CREATE UNIQUE INDEX work_order_by_first ON work_order (rework_of) WHERE rework_of IS NOT NULL;

CREATE TABLE customer (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE contact (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE site (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE device (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE lookup_entry (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE contract (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE contract_index (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

-- Reports that could not be taken, with their originals; never changed.
CREATE TABLE report_rejection (
    id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    message_id text NOT NULL,
    source text,
    channel text NOT NULL,
    external_id text,
    code text NOT NULL,
    problem text NOT NULL,
    original text NOT NULL,
    rejected_at timestamptz NOT NULL
);
