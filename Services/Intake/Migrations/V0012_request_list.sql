-- Requests are listed by status, the oldest first. Times are written in one form, which sorts as they do.

CREATE INDEX service_request_by_status_and_time ON service_request (status, (state->>'receivedAt'), id);
DROP INDEX service_request_by_status;

-- Requests that are incomplete already are watched too, once copies that do not know this timer, and would drop it, are gone.
INSERT INTO timer (kind, aggregate_id, discriminator, due_at)
SELECT 'request-incomplete', id, '', now() + interval '1 hour' FROM service_request
WHERE status = 'incomplete'
ON CONFLICT DO NOTHING;
