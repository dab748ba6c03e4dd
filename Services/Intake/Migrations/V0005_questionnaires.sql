-- What is asked of whoever reports: one row a service type, and every version for ever.

CREATE TABLE questionnaire (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE questionnaire_version (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    state jsonb NOT NULL,
    service_type text GENERATED ALWAYS AS (state->>'serviceType') STORED NOT NULL,
    questionnaire_version bigint GENERATED ALWAYS AS ((state->>'questionnaireVersion')::bigint) STORED NOT NULL,
    UNIQUE (service_type, questionnaire_version)
);
