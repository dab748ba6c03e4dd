-- Less may be owed than was billed: credit notes stand beside the bill, and costs move to what the cover pays.

CREATE SEQUENCE credit_note_number;

ALTER TABLE charge
    ADD COLUMN credited bigint NOT NULL GENERATED ALWAYS AS (coalesce((state->>'credited')::bigint, 0)) STORED,
    ADD CONSTRAINT charge_credited_check CHECK (credited BETWEEN 0 AND coalesce(total, 0));

ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_kind_check;
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_kind_check CHECK (kind IN (
    'stock', 'charge', 'labour', 'payment', 'deposit', 'refund', 'remittance', 'credit', 'reclassification'));
