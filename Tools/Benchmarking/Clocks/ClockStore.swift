import AMQP
import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Fills intake's tables with work orders whose clocks come due when the benchmark wants them to.
///
/// One order is opened through the public contract, under service levels that warn of a response after three days; all
/// others are copies of it that were received at other times.
struct ClockStore: Sendable {
    private let pool: PostgresPool
    private let template: Template

    private struct Template: Sendable {
        let state: String
        let id: String
        let number: String
        let requestId: String
        let receivedAt: String
    }

    /// From the report to the warning.
    private static let untilWarning = 3 * 86_400.0

    static func prepare(_ site: BenchSite) async throws -> ClockStore {
        let requester = AMQPRequester(try site.configuration("clocks"))
        let receivedAt = RFC3339.format(Date() - 1)
        do {
            let _: Acknowledgement = try await ask(
                PublishServiceLevels(serviceLevels: levels), by: .user("bench"), requester)
            let opened: ReportAccepted = try await ask(report(at: receivedAt), by: .adapter, requester)
            await requester.close()
            let pool = PostgresPool(
                PostgresConfiguration(
                    url: site.databaseURL, applicationName: "bench clocks", poolSize: 2, searchPath: "intake, public"))
            // As the document spells them.
            let rows = try await pool.query(
                """
                SELECT state::text AS state, state->>'id' AS id, state->>'number' AS number,
                    state->>'requestId' AS request
                FROM work_order WHERE id = \(opened.workOrderId)
                """)
            guard let row = rows.first else { throw NoTemplate() }
            return ClockStore(
                pool: pool,
                template: Template(
                    state: try row.get("state"), id: try row.get("id"), number: try row.get("number"),
                    requestId: try row.get("request"), receivedAt: receivedAt))
        } catch {
            await requester.close()
            throw error
        }
    }

    func close() async { await pool.close() }

    /// Stores `open` orders that are not due today, and `due` ones that are, one after the other.
    ///
    /// - Parameters:
    ///   - lead: seconds until the first is due, counted from when all is stored.
    ///   - seconds: from the first to the last.
    /// - Returns: when each of those is due.
    func fill(open: Int, due: Int, from lead: Double, within seconds: Double) async throws -> [UUID: Date] {
        _ = try await pool.execute("TRUNCATE work_order, timer, history, outbox")
        try await insert(count: open, from: Date() + 3_600, step: 80_000 / Double(max(1, open)))
        for table in ["work_order", "timer"] { _ = try await pool.execute("VACUUM ANALYZE \(unsafe: table)") }
        _ = try await pool.execute("CHECKPOINT")
        let first = Date() + lead
        try await insert(count: due, from: first, step: seconds / Double(max(1, due)))
        let rows = try await pool.query(
            "SELECT aggregate_id, due_at FROM timer WHERE due_at <= \(first + seconds + 1)")
        return try rows.reduce(into: [:]) { all, row in
            all[try row.get("aggregate_id", as: UUID.self)] = try row.get("due_at", as: Date.self)
        }
    }

    /// How often each order was warned of, as its history says.
    func timesTold() async throws -> [UUID: Int] {
        let rows = try await pool.query(
            """
            SELECT aggregate_id, count(*) AS n FROM history WHERE event = \(SLAClockWarned.wireName)
            GROUP BY aggregate_id
            """)
        return try rows.reduce(into: [:]) { all, row in
            all[try row.get("aggregate_id", as: UUID.self)] = try row.get("n", as: Int.self)
        }
    }

    private func insert(count: Int, from first: Date, step: Double) async throws {
        _ = try await pool.execute(
            """
            WITH moment AS (
                SELECT gen_random_uuid()::text AS id, gen_random_uuid()::text AS request,
                    'B-' || gen_random_uuid()::text AS number,
                    to_char(due AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS due,
                    to_char((due - make_interval(secs => \(Self.untilWarning))) AT TIME ZONE 'UTC',
                        'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS received
                FROM generate_series(0, \(count - 1)) AS n,
                    LATERAL (SELECT \(first)::timestamptz + make_interval(secs => n * \(step)) AS due) AS at
            ), stored AS (
                INSERT INTO work_order (id, version, state)
                SELECT id::uuid, 1, jsonb_set(
                    replace(replace(replace(replace(\(template.state), \(template.id), id),
                        \(template.requestId), request), \(template.number), number), \(template.receivedAt), received
                    )::jsonb, '{watchClocksAt}', to_jsonb(due))
                FROM moment RETURNING id, state
            )
            INSERT INTO timer (kind, aggregate_id, discriminator, due_at, story)
            SELECT 'watch-clocks', id, '', (state->>'watchClocksAt')::timestamptz, id::text FROM stored
            """)
    }

    private static let levels = ServiceLevelRules(
        name: "for measuring", warnAtPercent: 75,
        levels: [
            ServiceLevelTerms(
                level: .standard, calendar: "always",
                targets: Priority.known.map {
                    ServiceLevelTarget(
                        priority: $0, response: 4 * 1_440, acceptance: 500_000, arrival: 500_000, resolution: 500_000)
                })
        ])

    private static func report(at receivedAt: String) -> ReportRepair {
        ReportRepair(
            channel: Speech.channel, reportedAt: RFC3339.parse(receivedAt),
            customer: ReportedCustomer(name: "Bench", phone: "13800138000"),
            device: ReportedDevice(serialNumber: "BENCH-1", category: BenchTown.category), serviceType: .repair,
            problem: "hums", site: ReportedSite(address: "1 Bench Road", regionCode: "110105"))
    }

    private static func ask<C: Command>(
        _ command: C, by speaker: Speech.Speaker, _ requester: AMQPRequester
    ) async throws -> C.Reply {
        let channel: String? = if case .adapter = speaker { Speech.channel } else { nil }
        let message = try Speech(replyQueue: "").message(
            command, by: speaker, channel: channel, story: nil, asking: UUID().uuidString)
        let answer = try await requester.request(message, timeout: .seconds(60))
        guard answer.properties.type == C.acceptedType else {
            throw Refused(command: C.wireName, answer: String(decoding: answer.body, as: UTF8.self))
        }
        return try WireJSON.decoder().decode(CloudEvent<C.Reply>.self, from: Data(answer.body)).data
    }

    private struct Refused: Error {
        let command: String
        let answer: String
    }

    private struct NoTemplate: Error {}
}
