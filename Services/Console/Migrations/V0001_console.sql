-- Console's read models: what the services have told, arranged for who asks. No fact has its home here; everything can be
-- emptied and built anew from the services' event logs (rebuild-read-models).

-- How far each service's past has been read. What is new comes by the queue.
CREATE TABLE read_model_source (
    service text PRIMARY KEY,
    position bigint NOT NULL DEFAULT 0,
    is_whole boolean NOT NULL DEFAULT false
);
INSERT INTO read_model_source (service)
VALUES ('intake'), ('dispatch'), ('field-service'), ('inventory'), ('billing'), ('feedback');

-- Work orders as all services tell of them. Times are text here, of one length and in UTC: they sort as they are.
CREATE TABLE order_view (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL,
    work_order_number text GENERATED ALWAYS AS (state #>> '{origin,value,workOrderNumber}') STORED,
    customer_id uuid GENERATED ALWAYS AS ((state #>> '{origin,value,customerId}')::uuid) STORED,
    device_id uuid GENERATED ALWAYS AS ((state #>> '{origin,value,deviceId}')::uuid) STORED,
    received_at text GENERATED ALWAYS AS (state #>> '{origin,value,receivedAt}') STORED
);
CREATE INDEX order_view_by_number ON order_view (work_order_number);
CREATE INDEX order_view_by_customer ON order_view (customer_id, received_at, id);
CREATE INDEX order_view_by_device ON order_view (device_id);

-- The newest word on customers, how they are reached, and what they have.
CREATE TABLE customer_view (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL,
    customer_number text GENERATED ALWAYS AS (state #>> '{told,customerNumber}') STORED,
    merged_into uuid GENERATED ALWAYS AS ((state #>> '{told,mergedInto}')::uuid) STORED
);
CREATE INDEX customer_view_by_number ON customer_view (customer_number);
CREATE INDEX customer_view_by_survivor ON customer_view (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE contact_view (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL,
    customer_id uuid GENERATED ALWAYS AS ((state #>> '{told,customerId}')::uuid) STORED
);
CREATE INDEX contact_view_by_customer ON contact_view (customer_id);

CREATE TABLE site_view (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL,
    customer_id uuid GENERATED ALWAYS AS ((state #>> '{told,customerId}')::uuid) STORED
);
CREATE INDEX site_view_by_customer ON site_view (customer_id);

CREATE TABLE device_view (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL,
    customer_id uuid GENERATED ALWAYS AS ((state #>> '{told,customerId}')::uuid) STORED,
    serial_number text GENERATED ALWAYS AS (state #>> '{told,serialNumber}') STORED
);
CREATE INDEX device_view_by_customer ON device_view (customer_id);
CREATE INDEX device_view_by_serial ON device_view (serial_number);

CREATE TABLE contract_view (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL,
    customer_number text GENERATED ALWAYS AS (state #>> '{told,customerNumber}') STORED
);
CREATE INDEX contract_view_by_customer ON contract_view (customer_number);

CREATE TABLE engineer_view (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL
);

-- One row per event of a story; `line` is JSON, as it is shown. Contacts with the customer have a direction.
CREATE TABLE story_line (
    source text NOT NULL,
    message_id text NOT NULL,
    work_order_id uuid,
    contact_id uuid,
    at timestamptz NOT NULL,
    is_contact boolean NOT NULL,
    line text NOT NULL,
    PRIMARY KEY (source, message_id)
);
CREATE INDEX story_line_by_order ON story_line (work_order_id, at);
CREATE INDEX story_line_by_contact ON story_line (contact_id, at) WHERE contact_id IS NOT NULL;
