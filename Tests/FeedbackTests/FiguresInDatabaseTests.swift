import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import Feedback

/// The SQL of the figures, on a real PostgreSQL.
@Suite("figures from the database", .serialized) struct FiguresInDatabaseTests {
    private let now = Date(timeIntervalSince1970: 1_795_000_000)

    private func onMigratedSchema(_ body: (PostgresPool) async throws -> Void) async throws {
        let pool = PostgresPool(
            PostgresConfiguration(
                url: try await TestStack.freshSchema(.feedback), applicationName: "feedback test", poolSize: 2,
                searchPath: "feedback"))
        do {
            let links = LinkDesk(links: LinkSigner(secret: "a secret of at least thirty-two bytes"))
            let definition = try FeedbackApp.definition(desk: links, clock: .real)
            let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            try await ServiceHost.migrator(definition, pool).migrate(logger: logger)
            try await body(pool)
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }

    private func kpis(_ pool: PostgresPool) async throws -> KPIAnswer {
        let time = ManualTime(now)
        return try await pool.withConnection {
            try await AnswerKPIs(clock: .manual(time)).answer(KPIQuery(), on: $0)
        }
    }

    /// Writes rows the way the kit does: JSON with snake_case members, by one statement for each table.
    private func write<Row: FactRow>(_ rows: [Row], _ pool: PostgresPool) async throws {
        let encoder = WireJSON.encoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let columns = Row.columns.joined(separator: ", ")
        try await pool.execute(
            """
            INSERT INTO \(unsafe: Row.table) (\(unsafe: columns)) SELECT \(unsafe: columns)
            FROM jsonb_populate_recordset(NULL::\(unsafe: Row.table), \(try JSONB(encoding: rows, encoder: encoder)))
            """)
    }

    private func store<A: Aggregate>(_ value: A, _ id: UUID, _ pool: PostgresPool) async throws {
        try await pool.execute(
            """
            INSERT INTO \(unsafe: A.table) (id, version, state)
            VALUES (\(id), 1, \(try JSONB(encoding: value, encoder: WireJSON.encoder())))
            """)
    }

    private func closed(
        _ order: UUID, sequence: Int = 1, status: WorkOrderStatus = .closed, outcome: Outcome = .fixed,
        response: TimeInterval? = 600, hours: Double = 10, paused: Int = 0, visits: Int = 1, remote: Bool = false,
        daysAgo: Double = 1
    ) -> OrderFact {
        let end = now - daysAgo * 86_400
        let start = end - hours * 3600
        return OrderFact(
            WorkOrderClosed(
                workOrderId: order, workOrderNumber: "WO", status: status, closureCode: .survey, outcome: outcome,
                closedAt: end,
                figures: WorkOrderFigures(
                    receivedAt: start, firstResponseAt: response.map { start + $0 }, resolvedAt: end,
                    pausedSeconds: paused, visits: visits, reachedInProgress: visits > 0, resolvedRemotely: remote,
                    rework: false, serviceType: .repair)),
            sequence: sequence)
    }

    @Test("without any order every figure is zero or unknown")
    func empty() async throws {
        try await onMigratedSchema { pool in
            let kpis = try await kpis(pool)
            #expect(kpis.opened == 0 && kpis.closed == 0 && kpis.visited == 0 && kpis.surveysSent == 0)
            #expect(kpis.firstResponseMedian == nil && kpis.meanTimeToResolve == nil)
            let totals = try await pool.withConnection {
                try await AnswerFeedbackTotals().answer(FeedbackTotalsQuery(), on: $0)
            }
            #expect(totals == FeedbackTotals())
        }
    }

    @Test("figures of orders follow their definitions, by each order's newest end, without merged ones")
    func orders() async throws {
        try await onMigratedSchema { pool in
            let ids = (0..<6).map { UUID(derivedFrom: "order-\($0)", in: .nameless) }
            for id in ids {
                try await store(OrderNotice(workOrderNumber: "WO", contactId: id, receivedAt: now), id, pool)
            }
            try await write(
                [
                    closed(ids[0], response: 100, hours: 10, paused: 3600, daysAgo: 40),
                    closed(ids[1], response: 200, hours: 20, visits: 2),
                    closed(ids[2], response: 300, hours: 30),
                    closed(ids[3], status: .cancelled, outcome: .cannotComplete, response: nil, visits: 0),
                    // Cancelled first, then reinstated and closed: the later end counts.
                    closed(ids[4], sequence: 3, status: .cancelled, response: 1, visits: 0),
                    closed(ids[4], sequence: 7, outcome: .resolvedRemotely, response: 400, visits: 0, remote: true),
                    closed(ids[5], status: .merged, response: 9_999, hours: 900, visits: 9),
                ], pool)
            try await write(
                [ReworkFact(workOrderId: ids[2], reworkOrderId: ids[3], reportedAt: now)], pool)
            let kpis = try await kpis(pool)
            #expect(kpis.opened == 5)
            #expect(kpis.closed == 4)
            #expect(kpis.firstResponseMedian == 200)
            #expect(kpis.firstResponseP90 == 400)
            #expect(kpis.meanTimeToResolve == ((10 + 20 + 30 + 10) * 3600 - 3600) / 4)
            #expect(kpis.meanTimeToRepair == (10 + 20 + 30 + 10) * 3600 / 4)
            #expect(kpis.firstTimeFixBase == 3)
            #expect(kpis.firstTimeFixed == 1)
            #expect(kpis.firstTimeFixProvisional == 2)
            #expect(kpis.resolvedRemotely == 1)
            #expect(kpis.reworked == 1)
            #expect(kpis.reworkProvisional == 3)
            #expect(kpis.repeatVisits == 1)
            #expect(kpis.visited == 3)
        }
    }

    @Test("a rework after more than thirty days does not count against the first repair")
    func lateRework() async throws {
        try await onMigratedSchema { pool in
            let first = UUID(derivedFrom: "first", in: .nameless)
            try await write([closed(first, daysAgo: 40)], pool)
            try await write([ReworkFact(workOrderId: first, reworkOrderId: .nameless, reportedAt: now)], pool)
            let kpis = try await kpis(pool)
            #expect(kpis.reworked == 0 && kpis.firstTimeFixed == 1)
        }
    }

    @Test("what customers said is counted by its scale, and clocks by how they ended")
    func answers() async throws {
        try await onMigratedSchema { pool in
            let scores: [(Int, Int?)] = [(5, 10), (4, 9), (3, 7), (1, 6), (2, nil)]
            var facts: [SatisfactionFact] = []
            var clocks: [ClockFact] = []
            var orders: [OrderFact] = []
            for (index, score) in scores.enumerated() {
                let id = UUID(derivedFrom: "order-\(index)", in: .nameless)
                var followUp = FollowUp(
                    workOrderId: id, workOrderNumber: "WO", contactId: id, reportId: id, surveyIsSent: true,
                    confirmedAt: now)
                _ = followUp.answer(at: now)
                try await store(followUp, FollowUp.id(of: id), pool)
                try await store(
                    Feedback.Notification(
                        template: .survey, channel: "wechat", workOrderId: id, requestedAt: now), id, pool)
                facts.append(
                    SatisfactionFact(
                        AnswerSurvey(surveyId: id, satisfaction: score.0, recommendation: score.1, fixed: true),
                        followUp, answeredAt: now))
                orders.append(closed(id))
                clocks.append(
                    ClockFact(
                        workOrderId: id, sequence: 1, clock: .arrival, status: index < 2 ? .met : .breached,
                        targetSeconds: 1, pausedSeconds: 0))
            }
            try await write(facts, pool)
            try await write(orders, pool)
            try await write(clocks, pool)
            let kpis = try await kpis(pool)
            #expect(kpis.surveysSent == 5 && kpis.surveysAnswered == 5 && kpis.followedUp == 5)
            #expect(kpis.satisfied == 2 && kpis.satisfactionAnswers == 5)
            #expect(kpis.promoters == 2 && kpis.detractors == 1 && kpis.recommendationAnswers == 4)
            #expect(kpis.clocksMet == ["arrival": 2])
            #expect(kpis.clocksBreached == ["arrival": 3])
            let totals = try await pool.withConnection {
                try await AnswerFeedbackTotals().answer(FeedbackTotalsQuery(), on: $0)
            }
            #expect(totals.followUpsByStatus == ["answered": 5])
            #expect(totals.surveysByStatus == ["answered": 5])
            #expect(totals.notificationsByStatus == ["requested": 5])
        }
    }

    @Test("the table refuses a second answer about one report, and a state that is none")
    func constraints() async throws {
        try await onMigratedSchema { pool in
            let id = UUID.nameless
            let followUp = FollowUp(
                workOrderId: id, workOrderNumber: "WO", contactId: id, reportId: id, surveyIsSent: true,
                confirmedAt: now)
            let fact = SatisfactionFact(
                AnswerSurvey(surveyId: id, satisfaction: 3, fixed: true), followUp, answeredAt: now)
            try await write([fact], pool)
            await #expect(throws: PostgresError.self) { try await write([fact], pool) }
            let odd = #"{"status": "lost", "survey": "sent", "workOrderId": "\#(id)"}"#
            await #expect(throws: PostgresError.self) {
                try await pool.execute(
                    "INSERT INTO follow_up (id, version, state) VALUES (\(id), 1, \(JSONB(Array(odd.utf8))))")
            }
        }
    }
}
