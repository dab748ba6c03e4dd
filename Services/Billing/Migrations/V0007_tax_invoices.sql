-- Which order the number of a tax invoice was recorded for: it is one order's.
CREATE TABLE tax_invoice_number (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

-- When an entry happened that came after its month was closed.
ALTER TABLE ledger_entry ADD COLUMN occurred_at timestamptz,
    ADD CONSTRAINT ledger_entry_occurred_before CHECK (occurred_at < posted_at) NOT VALID;
ALTER TABLE ledger_entry VALIDATE CONSTRAINT ledger_entry_occurred_before;
