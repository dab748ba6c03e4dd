import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Incomplete requests on real servers")
struct RunningIncompleteTests {
    private func report(_ id: String, _ client: TestClient, isThin: Bool = true) async throws -> ReportAccepted {
        var report = ReportRepair.full
        if isThin { report.problem = nil }
        return try await client.ask(
            report, id: id, source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
    }

    @Test("requests of a status are listed in pages, the oldest first, by the index")
    func listed() async throws {
        let time = ManualTime(IntakeBench.monday)
        let definition = try IntakeApp.definition(links: IntakeBench.links, clock: .manual(time))
        let service = try await RunningService.start(definition, clock: .manual(time))
        let client = try service.client()
        var thin: [UUID] = []
        for number in 1...5 {
            // Two of one moment.
            if number != 3 { time.advance(by: .seconds(60)) }
            thin.append(try await report("r-\(number)", client).requestId)
        }
        let whole = try await report("w-1", client, isThin: false)
        var pages: [[RequestSummary]] = []
        var cursor: String?
        repeat {
            let answer = try await client.ask(RequestsQuery(limit: 2, cursor: cursor))
            pages.append(answer.requests)
            cursor = answer.cursor
        } while cursor != nil
        #expect(pages.map(\.count) == [2, 2, 1])
        let listed = pages.joined()
        #expect(Set(listed.map(\.requestId)) == Set(thin) && listed.first?.requestId == thin.first)
        #expect(listed.map(\.receivedAt) == listed.map(\.receivedAt).sorted())
        #expect(
            listed.allSatisfy { $0.status == .incomplete && $0.missing == ["/data/problem"] && $0.workOrderId == nil })
        let converted = try await client.ask(RequestsQuery(status: .converted))
        #expect(converted.requests.map(\.workOrderId) == [whole.workOrderId] && converted.cursor == nil)
        #expect(try await client.ask(RequestsQuery(status: .spam)).requests.isEmpty)
        for (query, pointer) in [
            (RequestsQuery(status: RequestStatus(rawValue: "lost")), "/data/status"),
            (RequestsQuery(limit: 101), "/data/limit"), (RequestsQuery(cursor: "x"), "/data/cursor"),
            (RequestsQuery(cursor: "x|\(thin[0].text)"), "/data/cursor"),
        ] {
            let problem = await #expect(throws: Problem.self) { try await client.ask(query) }
            #expect(problem?.errors.map(\.pointer) == [pointer])
        }
        try await planned(service)
        await client.close()
        await service.stop()
    }

    private func planned(_ service: RunningService) async throws {
        let plan = try await service.pool.transaction { connection in
            _ = try await connection.execute("SET LOCAL enable_seqscan = off")
            return try await connection.query(
                """
                EXPLAIN SELECT state FROM service_request
                WHERE status = 'incomplete' AND (state->>'receivedAt', id) > ('2026', \(UUID()))
                ORDER BY state->>'receivedAt', id LIMIT 3
                """
            ).map { try $0.get("QUERY PLAN", as: String.self) }.joined(separator: "\n")
        }
        #expect(plan.contains("service_request_by_status_and_time") && !plan.contains("Sort"), "\(plan)")
    }

    @Test("a forgotten request is told of once per step, though the service dies in between and two copies come back")
    func exactlyOnce() async throws {
        let time = ManualTime(IntakeBench.monday)
        let definition = try IntakeApp.definition(links: IntakeBench.links, clock: .manual(time))
        let site = try await TestSite.fresh(definition)
        let first = try await RunningService.start(definition, on: site, clock: .manual(time))
        let client = try first.client()
        for number in 1...20 { _ = try await report("r-\(number)", client) }
        await first.stop()
        // From 10:00 to 12:00.
        time.advance(by: .seconds(2 * 3_600))
        let copies = [
            try await RunningService.start(definition, on: site, clock: .manual(time)),
            try await RunningService.start(definition, on: site, clock: .manual(time)),
        ]
        try await eventually("all are asked again") {
            try await client.ask(RequestsQuery(limit: 100)).requests.count { $0.remindedAt != nil } == 20
        }
        // To Tuesday 12:00: both other steps were due meanwhile.
        time.advance(by: .seconds(24 * 3_600))
        try await eventually("all are told to the manager") {
            try await told("request-escalated", site) == Array(repeating: 2, count: 20)
        }
        #expect(try await told("request-incomplete", site) == Array(repeating: 2, count: 20))
        try await eventually("nothing is due any more") {
            try await site.pool.query("SELECT 1 AS x FROM timer WHERE kind = 'request-incomplete'").isEmpty
        }
        #expect(try await told("request-escalated", site) == Array(repeating: 2, count: 20))
        await client.close()
        for copy in copies { await copy.stop() }
    }

    /// How often this was told of each request.
    private func told(_ event: String, _ site: TestSite) async throws -> [Int] {
        try await site.pool.query("SELECT count(*) AS n FROM history WHERE event = \(event) GROUP BY aggregate_id")
            .map { try $0.get("n", as: Int.self) }
    }
}
