-- What was done to devices before Mendloop: history, without promises or clocks. The id is derived from the number that the
-- system used before gave it.

CREATE TABLE past_service (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);
