-- Incomplete requests that are probably about another's fault; what came by mail from an address that anybody can write, and
-- what was said in a request that was merged; serial numbers that devices of several brands have.

-- The surest of its probable duplicates, per cent; null where none was found, or all were dismissed.
CREATE INDEX service_request_with_duplicate
    ON service_request (((state->'duplicates'->0->>'confidence')::integer) DESC, id)
    WHERE (state->'duplicates'->0->>'confidence')::integer IS NOT NULL AND status = 'incomplete';

ALTER TABLE request_message
    ADD COLUMN unverified boolean NOT NULL DEFAULT false,
    ADD COLUMN merged_request_id uuid;

-- Who else has a serial number: without its brand it leads to none of them.
UPDATE lookup_entry
SET state = lookup_entry.state || jsonb_build_object('alsoTargets', shared.ids)
FROM (
    SELECT l.id, jsonb_agg(d.id ORDER BY d.id) AS ids
    FROM (
        SELECT upper(regexp_replace(state->>'serialNumber', '\s', '', 'g')) AS serial, array_agg(id) AS ids
        FROM device WHERE state->>'serialNumber' IS NOT NULL GROUP BY 1 HAVING count(*) > 1
    ) AS s
        JOIN lookup_entry AS l ON l.state->>'key' = 'serial:' || s.serial
        JOIN device AS d ON d.id = ANY(s.ids) AND d.id <> (l.state->>'target')::uuid
    GROUP BY l.id
) AS shared
WHERE lookup_entry.id = shared.id;
