import DomainContracts
import Postgres

/// Counts what was promised, what stopped the clocks, and what was said twice.
struct PromiseCounting {
    let connection: PostgresConnection

    func totals() async throws -> PromiseTotals {
        let single = try await connection.counts(
            """
            SELECT 'probable' AS name, count(*) AS n FROM work_order WHERE duplicate_confidence IS NOT NULL
            UNION ALL SELECT 'merged', count(*) FROM work_order
                WHERE duplicate_confidence IS NOT NULL AND status = 'merged'
                    AND state->'duplicates' @> jsonb_build_array(
                        jsonb_build_object('workOrderId', lower(state->'facts'->'merge'->>'into')))
            UNION ALL SELECT 'contracts', count(*) FROM contract
            UNION ALL SELECT 'unmerged', count(*) FROM work_order WHERE unmerged_from IS NOT NULL
            UNION ALL SELECT 'reminders', count(*) FROM request_message WHERE kind = 'reminder'
            """)
        return PromiseTotals(
            contracts: single["contracts"] ?? 0,
            ordersByEntitlement: try await connection.counts(
                """
                SELECT state->'entitlement'->>'kind' AS name, count(*) AS n FROM work_order
                WHERE status <> 'merged' GROUP BY 1
                """),
            ordersByCalendar: try await connection.counts(
                """
                SELECT clock->'calendar'->>'name' AS name, count(*) AS n
                FROM work_order, jsonb_array_elements(state->'clocks') AS clock
                WHERE status <> 'merged' AND clock->>'kind' = 'resolution' GROUP BY 1
                """),
            attainmentByLevel: try await attainment(), pausesByReason: try await pauses(),
            probableDuplicates: single["probable"] ?? 0, duplicatesMerged: single["merged"] ?? 0,
            unmerged: single["unmerged"] ?? 0, reminders: single["reminders"] ?? 0)
    }

    private func attainment() async throws -> [String: Attainment] {
        let rows = try await connection.query(
            """
            SELECT state->'entitlement'->>'responseLevel' AS level,
                count(*) FILTER (WHERE clock_resolution = 'met') AS met,
                count(*) FILTER (WHERE clock_resolution = 'breached') AS breached
            FROM work_order WHERE status <> 'merged' AND clock_resolution IN ('met', 'breached') GROUP BY 1
            """)
        return Dictionary(
            try rows.map { row in
                (
                    try row.get("level", as: String.self),
                    Attainment(met: try row.get("met", as: Int.self), breached: try row.get("breached", as: Int.self))
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    private func pauses() async throws -> [String: PauseTotal] {
        let rows = try await connection.query(
            """
            SELECT reason, count(*) AS n, sum(extract(epoch FROM until - since))::bigint AS seconds
            FROM (
                SELECT event->>'what' AS what, event->>'reason' AS reason, (event->>'at')::timestamptz AS since,
                    lead((event->>'at')::timestamptz) OVER (PARTITION BY work_order.id ORDER BY place) AS until
                FROM work_order, jsonb_array_elements(state->'clocks') AS clock,
                    jsonb_array_elements(clock->'events') WITH ORDINALITY AS entry (event, place)
                WHERE status <> 'merged' AND clock->>'kind' = 'resolution'
            ) AS step
            WHERE what = 'paused' AND until >= since GROUP BY reason
            """)
        return Dictionary(
            try rows.map { row in
                (
                    try row.get("reason", as: String.self),
                    PauseTotal(count: try row.get("n", as: Int.self), seconds: try row.get("seconds", as: Int.self))
                )
            }, uniquingKeysWith: { first, _ in first })
    }
}
