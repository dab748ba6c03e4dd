-- What a restore to an earlier moment asks for: a ledger whose numbers go on in a series that nobody has seen, named by its
-- second (20261129041705), and which events were told lately, since those may not have been heard yet.

-- contract-step: a wider integer; programs that read a narrower one read it as they did.
ALTER TABLE book ALTER COLUMN series TYPE bigint;

-- What was told before this migration was told long ago.
ALTER TABLE event_log ADD COLUMN told_at timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE event_log ALTER COLUMN told_at SET DEFAULT now();
CREATE INDEX event_log_by_age ON event_log USING brin (told_at);
