-- Forgetting a customer: whatever is his is found by him.

ALTER TABLE customer
    ADD COLUMN merged_into uuid GENERATED ALWAYS AS ((state->>'mergedInto')::uuid) STORED;
CREATE INDEX customer_by_survivor ON customer (merged_into) WHERE merged_into IS NOT NULL;

ALTER TABLE contact
    ADD COLUMN customer_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'customerId')::uuid) STORED;
CREATE INDEX contact_by_customer ON contact (customer_id, id);

ALTER TABLE site
    ADD COLUMN customer_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'customerId')::uuid) STORED;
CREATE INDEX site_by_customer ON site (customer_id, id);

ALTER TABLE device
    ADD COLUMN customer_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'customerId')::uuid) STORED;
CREATE INDEX device_by_customer ON device (customer_id, id);

ALTER TABLE past_service
    ADD COLUMN customer_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'customerId')::uuid) STORED;
CREATE INDEX past_service_by_customer ON past_service (customer_id, id);

ALTER TABLE lookup_entry
    ADD COLUMN target uuid NOT NULL GENERATED ALWAYS AS ((state->>'target')::uuid) STORED;
CREATE INDEX lookup_entry_by_target ON lookup_entry (target);

CREATE INDEX service_request_by_customer ON service_request (customer_id, id);
CREATE INDEX work_order_by_customer ON work_order (customer_id, id);

-- Who was forgotten, at whose word, and how far that is.
CREATE TABLE erasure (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    customer_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'customerId')::uuid) STORED UNIQUE,
    is_done boolean NOT NULL GENERATED ALWAYS AS (state->>'stage' = 'done') STORED
);
CREATE INDEX erasure_to_do ON erasure (id) WHERE NOT is_done;
