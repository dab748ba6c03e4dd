-- Visits that take several engineers: a helper's time is a booking of its own, which names the assignment.

ALTER TABLE booking ADD COLUMN assignment_id uuid
    GENERATED ALWAYS AS (coalesce((state->>'helps')::uuid, id)) STORED NOT NULL;

CREATE INDEX booking_assignment ON booking (assignment_id);

ALTER TABLE assignment ADD COLUMN helpers_missing bigint
    GENERATED ALWAYS AS ((state->>'helpersMissing')::bigint) STORED;

-- What the crew finder looks for.
CREATE INDEX assignment_short ON assignment (id) WHERE helpers_missing > 0 AND status IN ('offered', 'accepted');
