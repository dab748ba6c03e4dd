-- What field service owns: order briefs, visits and service reports. Documents with a version; what is searched,
-- counted or checked stands beside them as generated columns.

CREATE TABLE order_brief (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL
);

CREATE TABLE visit (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL,
    status text NOT NULL GENERATED ALWAYS AS (state->>'status') STORED
        CHECK (status IN ('planned', 'scheduled', 'en_route', 'on_site', 'in_progress', 'paused', 'ended', 'missed',
                          'cancelled')),
    work_order_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'workOrderId')::uuid) STORED,
    engineer_id uuid NOT NULL GENERATED ALWAYS AS ((state->>'engineerId')::uuid) STORED,
    end_reason text GENERATED ALWAYS AS (state->'end'->>'reason') STORED,
    work_minutes bigint GENERATED ALWAYS AS ((state->'end'->>'workMinutes')::bigint) STORED
        CHECK (work_minutes BETWEEN 0 AND 1440),
    travel_minutes bigint GENERATED ALWAYS AS ((state->'end'->>'travelMinutes')::bigint) STORED
        CHECK (travel_minutes BETWEEN 0 AND 1440),
    arrived_on_time boolean GENERATED ALWAYS AS ((state->>'arrivedOnTime')::boolean) STORED,
    -- A visit has an end when, and only when, it has ended.
    CHECK ((status = 'ended') = (end_reason IS NOT NULL))
);

CREATE INDEX visit_work_order ON visit (work_order_id);
CREATE INDEX visit_engineer_open ON visit (engineer_id)
    WHERE status IN ('planned', 'scheduled', 'en_route', 'on_site', 'in_progress', 'paused');

CREATE TABLE service_report (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL,
    status text NOT NULL GENERATED ALWAYS AS (state->>'status') STORED
        CHECK (status IN ('awaiting', 'confirmed', 'disputed', 'superseded')),
    report_number text NOT NULL GENERATED ALWAYS AS (state->'content'->>'reportNumber') STORED UNIQUE,
    work_order_id uuid NOT NULL GENERATED ALWAYS AS ((state->'content'->>'workOrderId')::uuid) STORED,
    sha256 text NOT NULL GENERATED ALWAYS AS (state->>'sha256') STORED CHECK (sha256 ~ '^[0-9a-f]{64}$')
);

CREATE INDEX service_report_work_order ON service_report (work_order_id);

-- Immutable once made: whatever a program says, content and hash of a report stay as they are.
CREATE FUNCTION keep_report_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state->'content' IS DISTINCT FROM OLD.state->'content'
        OR NEW.state->'sha256' IS DISTINCT FROM OLD.state->'sha256' THEN
        RAISE EXCEPTION 'the content of a service report never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER service_report_immutable BEFORE UPDATE ON service_report
    FOR EACH ROW EXECUTE FUNCTION keep_report_content();

-- Assignments that were withdrawn before their acceptance was heard of.
CREATE TABLE withdrawn_assignment (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    state jsonb NOT NULL
);

-- What people read on a report; gaps are allowed.
CREATE SEQUENCE service_report_number;
