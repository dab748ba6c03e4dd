-- The tables every service has beside its own: what was handled, what is to be published, what waits, what happened.
-- Times named *_at here are real time, except due_at, recorded_at and occurred_at, which are domain time.

-- Messages that were handled. The pair source + message_id is the dedupe key; a command's reply is kept, so that the
-- same message again gives the same answer.
CREATE TABLE inbox (
    source text NOT NULL,
    message_id text NOT NULL,
    wire_type text NOT NULL,
    body_hash bytea,
    reply bytea,
    reply_type text,
    kept boolean NOT NULL DEFAULT false,
    handled_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, message_id)
);
CREATE INDEX inbox_by_age ON inbox (handled_at) WHERE NOT kept;

-- Events that are committed and not yet confirmed by the broker; the relay deletes them after the confirm.
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id text NOT NULL,
    wire_type text NOT NULL,
    routing_key text NOT NULL,
    subject text NOT NULL,
    traceparent text,
    body bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Durable timers; due_at is domain time. retry_at holds a failing one back.
CREATE TABLE timer (
    kind text NOT NULL,
    aggregate_id uuid NOT NULL,
    discriminator text NOT NULL,
    due_at timestamptz NOT NULL,
    story text,
    correlation text,
    attempts integer NOT NULL DEFAULT 0,
    retry_at timestamptz,
    PRIMARY KEY (kind, aggregate_id, discriminator)
);
CREATE INDEX timer_by_due ON timer (due_at);

-- Messages that wait for another try, are dead, were refused and kept, or were dealt with by hand.
CREATE TABLE parked_message (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('parked', 'dead', 'refused', 'discarded')),
    source text NOT NULL,
    message_id text NOT NULL,
    wire_type text,
    routing_key text NOT NULL,
    story text,
    properties jsonb NOT NULL,
    body bytea NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    waiting_for text,
    reason text NOT NULL,
    detail text NOT NULL,
    log jsonb NOT NULL DEFAULT '[]',
    parked_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (source, message_id)
);
CREATE INDEX parked_message_by_turn ON parked_message (next_attempt_at) WHERE state = 'parked';
CREATE INDEX parked_message_by_wait ON parked_message (waiting_for) WHERE state = 'parked';

-- What happened to each aggregate, in order; stories are told from it.
CREATE TABLE history (
    aggregate text NOT NULL,
    aggregate_id uuid NOT NULL,
    version bigint NOT NULL,
    event text NOT NULL,
    status text,
    story text,
    message_id text NOT NULL,
    message_type text NOT NULL,
    actor_type text,
    actor_id text,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (aggregate, aggregate_id, version)
);
CREATE INDEX history_by_story ON history (story);

-- Who does what only one may do at a time. The fence grows with every holder: a stale one is found out by it.
CREATE TABLE lease (
    name text PRIMARY KEY,
    holder text NOT NULL,
    fence bigint NOT NULL,
    expires_at timestamptz NOT NULL
);

-- Gapless numbering: the row's lock is held from the moment a number is given until the commit.
CREATE TABLE book (
    name text PRIMARY KEY,
    series integer NOT NULL DEFAULT 1,
    next_sequence bigint NOT NULL DEFAULT 1
);
