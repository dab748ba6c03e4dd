-- Which days of the business calendars in force the other services have heard of.

CREATE TABLE told_calendars (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);
