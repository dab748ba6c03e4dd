-- Dispatch's own things. Documents are the only thing that is written; what SQL searches, counts or guards by stands
-- beside them as generated columns.

CREATE TABLE engineer (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    team text GENERATED ALWAYS AS (state->>'team') STORED
);

CREATE TABLE engineer_calendar (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE job (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    status text GENERATED ALWAYS AS (state->>'status') STORED NOT NULL
        CHECK (status IN ('open', 'offered', 'accepted', 'idle', 'done')),
    priority text GENERATED ALWAYS AS (state->>'priority') STORED,
    -- RFC 3339 in UTC with milliseconds: text order is time order.
    arrival_due_at text COLLATE "C" GENERATED ALWAYS AS (state->'need'->>'arrivalDueAt') STORED,
    opened_at_ms bigint GENERATED ALWAYS AS ((state->>'openedAtMilliseconds')::bigint) STORED NOT NULL,
    -- The roster that gave nobody; null while the job is untried.
    impasse_stamp bigint GENERATED ALWAYS AS ((state->'impasse'->>'rosterStamp')::bigint) STORED,
    CONSTRAINT job_open_has_need CHECK (state->>'status' <> 'open' OR state->'need' IS NOT NULL)
);

CREATE INDEX job_open ON job (priority, arrival_due_at, opened_at_ms, id) WHERE status = 'open';
CREATE INDEX job_status ON job (status);

CREATE TABLE assignment (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    status text GENERATED ALWAYS AS (state->>'status') STORED NOT NULL
        CHECK (status IN ('offered', 'accepted', 'declined', 'expired', 'withdrawn', 'fulfilled', 'no_show')),
    work_order_id uuid GENERATED ALWAYS AS ((state->>'workOrderId')::uuid) STORED NOT NULL,
    engineer_id uuid GENERATED ALWAYS AS ((state->>'engineerId')::uuid) STORED NOT NULL,
    offered_at text COLLATE "C" GENERATED ALWAYS AS (state->>'offeredAt') STORED NOT NULL,
    travel_minutes bigint GENERATED ALWAYS AS ((state->>'travelMinutes')::bigint) STORED NOT NULL
        CHECK (travel_minutes >= 0)
);

CREATE INDEX assignment_work_order ON assignment (work_order_id, offered_at);
CREATE INDEX assignment_status ON assignment (status);

-- Booked time; the id is the assignment's. The calendars decide, this guards: deferred, because one statement may move
-- one booking away and another into its place.
CREATE TABLE booking (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    engineer_id uuid GENERATED ALWAYS AS ((state->>'engineerId')::uuid) STORED NOT NULL,
    live boolean GENERATED ALWAYS AS ((state->>'live')::boolean) STORED NOT NULL,
    during int8range GENERATED ALWAYS AS
        (int8range((state->>'startsAtEpoch')::bigint, (state->>'endsAtEpoch')::bigint)) STORED NOT NULL
        CHECK (NOT isempty(during)),
    latitude bigint GENERATED ALWAYS AS ((state->'place'->>'latitude')::bigint) STORED,
    longitude bigint GENERATED ALWAYS AS ((state->'place'->>'longitude')::bigint) STORED,
    region text GENERATED ALWAYS AS (state->'place'->>'region') STORED,
    CONSTRAINT booking_no_overlap EXCLUDE USING gist (engineer_id WITH =, during WITH &&) WHERE (live)
        DEFERRABLE INITIALLY DEFERRED
);
