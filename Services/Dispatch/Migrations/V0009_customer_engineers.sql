-- Which engineers customers want to come, and which not; and who was at a device, or at a customer, last. The ids are the
-- customers' and devices' own.

CREATE TABLE customer_engineers (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE last_visit (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);
