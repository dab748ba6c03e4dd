-- The id is the work order's.
CREATE TABLE charge (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    status text GENERATED ALWAYS AS (state->>'charge') STORED NOT NULL
        CHECK (status IN ('not_chargeable', 'estimated', 'accepted', 'final', 'void')),
    paid bigint GENERATED ALWAYS AS ((state->>'paid')::bigint) STORED NOT NULL CHECK (paid >= 0),
    refunded bigint GENERATED ALWAYS AS ((state->>'refunded')::bigint) STORED NOT NULL CHECK (refunded >= 0),
    total bigint GENERATED ALWAYS AS ((state->'bill'->>'total')::bigint) STORED CHECK (total >= 0),
    cost bigint GENERATED ALWAYS AS ((state->'bill'->>'cost')::bigint) STORED,
    bill_number text GENERATED ALWAYS AS (state->'bill'->>'number') STORED UNIQUE,
    -- A final charge says how much, and nothing else does.
    CHECK ((status = 'final') = (total IS NOT NULL))
);
CREATE INDEX charge_by_status ON charge (status);

CREATE TABLE estimate (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    status text GENERATED ALWAYS AS (state->>'status') STORED NOT NULL CHECK (status IN (
        'none', 'approval', 'quote', 'approved', 'rejected', 'accepted', 'refused', 'lapsed', 'superseded')),
    work_order_id uuid GENERATED ALWAYS AS ((state->>'workOrderId')::uuid) STORED NOT NULL
);
CREATE INDEX estimate_by_work_order ON estimate (work_order_id);

CREATE TABLE part_cost (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    part_code text GENERATED ALWAYS AS (state->>'partCode') STORED NOT NULL UNIQUE
);

-- The id is the engineer's, here and in the next.
CREATE TABLE engineer_rate (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE cash_in_hand (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    in_hand bigint GENERATED ALWAYS AS ((state->>'collected')::bigint - (state->>'remitted')::bigint) STORED NOT NULL
        CHECK (in_hand >= 0)
);

-- The id is the payment's or remittance's own.
CREATE TABLE money_movement (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    kind text GENERATED ALWAYS AS (state->>'kind') STORED NOT NULL
        CHECK (kind IN ('recorded', 'collected', 'remitted')),
    work_order_id uuid GENERATED ALWAYS AS ((state->>'workOrderId')::uuid) STORED,
    amount bigint GENERATED ALWAYS AS ((state->>'amount')::bigint) STORED NOT NULL CHECK (amount > 0)
);
CREATE INDEX money_movement_by_work_order ON money_movement (work_order_id) WHERE work_order_id IS NOT NULL;

CREATE TABLE contract (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    contract_number text GENERATED ALWAYS AS (state->>'contractNumber') STORED NOT NULL UNIQUE,
    customer_number text GENERATED ALWAYS AS (state->>'customerNumber') STORED NOT NULL,
    status text GENERATED ALWAYS AS (state->>'status') STORED NOT NULL CHECK (status IN ('active', 'ended'))
);
CREATE INDEX contract_by_customer ON contract (customer_number);

CREATE SEQUENCE bill_number;

-- Sums one side of an entry's lines; immutable, so that a check can hold every entry to it.
CREATE FUNCTION ledger_side_total(lines jsonb, side text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(sum((line->'money'->>'amount')::bigint), 0)::bigint
    FROM jsonb_array_elements(lines) AS line WHERE line->>'side' = side
$$;

-- The double-entry ledger. Numbers are gapless per book and series; an entry that does not balance, or a second one
-- for the same cause, cannot be written.
CREATE TABLE ledger_entry (
    entry_id uuid PRIMARY KEY,
    book text NOT NULL,
    series bigint NOT NULL,
    sequence bigint NOT NULL CHECK (sequence > 0),
    kind text NOT NULL CHECK (kind IN ('stock', 'charge', 'labour', 'payment', 'deposit', 'refund', 'remittance')),
    work_order_id uuid,
    work_order_number text,
    posted_at timestamptz NOT NULL,
    lines jsonb NOT NULL CHECK (jsonb_array_length(lines) >= 2),
    reverses uuid REFERENCES ledger_entry (entry_id),
    memo text NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    total_debit bigint NOT NULL CHECK (total_debit > 0),
    total_credit bigint NOT NULL,
    UNIQUE (book, series, sequence),
    CHECK (total_debit = total_credit),
    CHECK (ledger_side_total(lines, 'debit') = total_debit),
    CHECK (ledger_side_total(lines, 'credit') = total_credit)
);
CREATE INDEX ledger_entry_by_work_order ON ledger_entry (work_order_id) WHERE work_order_id IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER ledger_entry_is_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
