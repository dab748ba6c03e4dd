-- What the service has told, as it was published: the relay moves rows here from the outbox, under the ids they had there. A
-- new reader is built from it (`<service>.republish`). Requests to act (`notification-requested`) are not kept.
CREATE TABLE event_log (
    id bigint PRIMARY KEY,
    wire_type text NOT NULL,
    routing_key text NOT NULL,
    body bytea NOT NULL
);
