-- Who may sign in at the door, what he has signed in to, and who did what. Unlike the read models these have their home here.

CREATE TABLE door_user (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL,
    login text GENERATED ALWAYS AS (state ->> 'login') STORED NOT NULL UNIQUE,
    status text GENERATED ALWAYS AS (state ->> 'status') STORED NOT NULL CHECK (status IN ('active', 'blocked'))
);

-- Tokens with which somebody stays signed in, by their SHA-256. Each is used once; a family is what came of one signing in.
CREATE TABLE refresh_token (
    hash bytea PRIMARY KEY,
    family uuid NOT NULL,
    user_id uuid NOT NULL,
    sign_in_epoch bigint NOT NULL,
    expires_at timestamptz NOT NULL,
    family_ends_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX refresh_token_by_family ON refresh_token (family);
CREATE INDEX refresh_token_by_end ON refresh_token (expires_at);

-- Failures to sign in, by login (its SHA-256: people type passwords there) and by address.
CREATE TABLE sign_in_failure (
    source text PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL,
    closed_until timestamptz NOT NULL
);
CREATE INDEX sign_in_failure_by_age ON sign_in_failure (last_at);

-- Rows are added and stay as they are.
CREATE TABLE audit_entry (
    request_id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    who text,
    what text NOT NULL,
    address text NOT NULL,
    status integer NOT NULL,
    code text,
    subject text
);
CREATE INDEX audit_entry_by_time ON audit_entry (at, request_id);
CREATE INDEX audit_entry_by_person ON audit_entry (who, at, request_id) WHERE who IS NOT NULL;
CREATE INDEX audit_entry_by_act ON audit_entry (what, at, request_id);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is only added to';
END
$$;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whose visits an order has, so that what a visit belongs to is found.
CREATE FUNCTION members_of(document jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN jsonb_typeof(document) = 'object' THEN ARRAY(SELECT jsonb_object_keys(document)) END
$$;
ALTER TABLE order_view ADD COLUMN visit_ids text[] GENERATED ALWAYS AS (members_of(state -> 'visits')) STORED;
CREATE INDEX order_view_by_visit ON order_view USING gin (visit_ids);
