-- On which days engineers are off duty or make up for it, by the business calendar that they keep; as intake tells it.

CREATE TABLE duty_calendar (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);
