-- What engineers have in their vans, as inventory tells it.

CREATE TABLE van_part (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    engineer_id uuid GENERATED ALWAYS AS ((state->>'engineerId')::uuid) STORED NOT NULL,
    part_code text GENERATED ALWAYS AS (state->>'partCode') STORED NOT NULL,
    on_hand bigint GENERATED ALWAYS AS ((state->>'onHand')::bigint) STORED NOT NULL
);

CREATE INDEX van_part_code ON van_part (part_code) WHERE on_hand > 0;
