-- Customers whom intake has forgotten, and how far console has: ids alone. A rebuild of the read models begins with it anew.

CREATE TABLE erasure (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    is_done boolean NOT NULL GENERATED ALWAYS AS (state->>'stage' = 'done') STORED
);
CREATE INDEX erasure_to_do ON erasure (id) WHERE NOT is_done;

-- Whose files are still kept.
ALTER TABLE erasure ADD COLUMN files_removed boolean NOT NULL DEFAULT false;
CREATE INDEX erasure_with_files ON erasure (id) WHERE NOT files_removed AND state #> '{told,files,0}' IS NOT NULL;

-- Users who speak for customers.
CREATE INDEX door_user_by_customer ON door_user (((state->>'customerId')::uuid)) WHERE state ? 'customerId';

-- Of the audit one thing may go: the address from which somebody came who is forgotten.
CREATE INDEX audit_entry_of_strangers ON audit_entry (subject) WHERE who IS NULL AND subject IS NOT NULL;

CREATE FUNCTION keep_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.address <> '' OR (NEW.request_id, NEW.at, NEW.who, NEW.what, NEW.status, NEW.code, NEW.subject)
        IS DISTINCT FROM (OLD.request_id, OLD.at, OLD.who, OLD.what, OLD.status, OLD.code, OLD.subject) THEN
        RAISE EXCEPTION 'the audit is only added to';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER audit_entry_stays BEFORE DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_forgets BEFORE UPDATE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION keep_audit_entry();
