-- Plans of a branch's day that were carried out.

CREATE TABLE day_plan (
    branch text NOT NULL,
    -- RFC 3339 in UTC with milliseconds: text order is time order.
    planned_at text COLLATE "C" NOT NULL,
    -- Visits that the plan saw.
    visits bigint NOT NULL,
    handed_over bigint NOT NULL,
    moved bigint NOT NULL,
    -- Seconds on the road, all shifts together.
    travel_before bigint NOT NULL,
    travel_after bigint NOT NULL
);

ALTER TABLE engineer ADD COLUMN branch text GENERATED ALWAYS AS (state->>'branch') STORED;

CREATE INDEX engineer_branch ON engineer (branch);
