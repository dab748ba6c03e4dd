-- Documents with what SQL checks and searches beside them; ids of parts, locations, stock and backorders are derived
-- from their codes.
CREATE TABLE part (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    code text GENERATED ALWAYS AS (state->>'code') STORED NOT NULL UNIQUE,
    quantity bigint GENERATED ALWAYS AS ((state->>'quantity')::bigint) STORED NOT NULL CHECK (quantity >= 0),
    value bigint GENERATED ALWAYS AS ((state->>'value')::bigint) STORED NOT NULL CHECK (value >= 0),
    -- The last piece takes the remainder along.
    CHECK (quantity > 0 OR value = 0)
);

CREATE TABLE location (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    code text GENERATED ALWAYS AS (state->>'code') STORED NOT NULL UNIQUE,
    kind text GENERATED ALWAYS AS (state->>'kind') STORED NOT NULL CHECK (kind IN ('depot', 'van'))
);

CREATE TABLE stock (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    location_code text GENERATED ALWAYS AS (state->>'locationCode') STORED NOT NULL,
    part_code text GENERATED ALWAYS AS (state->>'partCode') STORED NOT NULL,
    on_hand bigint GENERATED ALWAYS AS ((state->>'onHand')::bigint) STORED NOT NULL CHECK (on_hand >= 0),
    reserved bigint GENERATED ALWAYS AS ((state->>'reserved')::bigint) STORED NOT NULL CHECK (reserved >= 0),
    CHECK (reserved <= on_hand),
    UNIQUE (part_code, location_code)
);
CREATE INDEX stock_by_location ON stock (location_code);

CREATE TABLE part_request (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    status text GENERATED ALWAYS AS (state->>'status') STORED NOT NULL
        CHECK (status IN ('requested', 'approved', 'backordered', 'reserved', 'issued', 'settled', 'released')),
    work_order_id uuid GENERATED ALWAYS AS ((state->>'workOrderId')::uuid) STORED NOT NULL
);
CREATE INDEX part_request_by_work_order ON part_request (work_order_id);
CREATE INDEX part_request_by_status ON part_request (status);

CREATE TABLE backorders (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    part_code text GENERATED ALWAYS AS (state->>'partCode') STORED NOT NULL UNIQUE
);

-- The id is the work order's.
CREATE TABLE order_parts (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

-- The id is the receipt's, usage's or return's own.
CREATE TABLE booked_act (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    kind text GENERATED ALWAYS AS (state->>'kind') STORED NOT NULL CHECK (kind IN ('receipt', 'usage', 'return'))
);

-- The stock ledger. Its key is derived from cause, part and place, so a second booking of one cause cannot be written.
CREATE TABLE stock_movement (
    movement_id uuid PRIMARY KEY,
    part_code text NOT NULL,
    location_code text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity <> 0),
    cause text NOT NULL CHECK (cause IN ('received', 'issued', 'consumed', 'returned', 'adjusted', 'scrapped')),
    cause_id uuid NOT NULL,
    value bigint NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    work_order_id uuid,
    moved_at timestamptz NOT NULL,
    CHECK (value = 0 OR sign(value) = sign(quantity)),
    CHECK (cause <> 'received' OR quantity > 0),
    CHECK (cause NOT IN ('consumed', 'scrapped') OR quantity < 0)
);
CREATE INDEX stock_movement_by_part ON stock_movement (part_code, location_code);
CREATE INDEX stock_movement_by_cause ON stock_movement (cause, cause_id);
CREATE INDEX stock_movement_by_work_order ON stock_movement (work_order_id) WHERE work_order_id IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER stock_movement_is_append_only BEFORE UPDATE OR DELETE ON stock_movement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
