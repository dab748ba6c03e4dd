-- Triage: probable duplicates, unmerging, and what was said about a request since it was reported.

ALTER TABLE work_order
    ADD COLUMN unmerged_from uuid GENERATED ALWAYS AS ((state->>'unmergedFrom')::uuid) STORED,
    -- The surest of its probable duplicates, per cent; null where none was found, or all were dismissed.
    ADD COLUMN duplicate_confidence integer
        GENERATED ALWAYS AS ((state->'duplicates'->0->>'confidence')::integer) STORED;

CREATE INDEX work_order_with_duplicate ON work_order (duplicate_confidence DESC, id)
    WHERE duplicate_confidence IS NOT NULL AND status NOT IN ('closed', 'cancelled', 'merged');

-- One report, one promise: only a rework order, and the one that takes a merged order's place, may share another's request.
DROP INDEX work_order_by_request;
CREATE UNIQUE INDEX work_order_by_request ON work_order (request_id)
    WHERE rework_of IS NULL AND unmerged_from IS NULL;
DROP INDEX work_order_by_first;
CREATE UNIQUE INDEX work_order_by_first ON work_order (rework_of)
    WHERE rework_of IS NOT NULL AND unmerged_from IS NULL;
CREATE UNIQUE INDEX work_order_by_merged ON work_order (unmerged_from) WHERE unmerged_from IS NOT NULL;

-- Never changed.
CREATE TABLE request_message (
    request_id uuid NOT NULL REFERENCES service_request (id),
    number integer NOT NULL CHECK (number > 0),
    message_id text NOT NULL,
    channel text NOT NULL,
    kind text NOT NULL,
    text text,
    -- As JSON.
    attachments text NOT NULL,
    sent_at timestamptz NOT NULL,
    taken_at timestamptz NOT NULL,
    PRIMARY KEY (request_id, number)
);
