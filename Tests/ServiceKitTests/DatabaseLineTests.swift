import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@Suite("A bad line to the database")
struct DatabaseLineTests {
    @Test("a commit whose answer is lost has its effect once: the message comes again and is known")
    func lostAnswer() async throws {
        let definition = try Sample.definition()
        let (site, proxy) = try await TestSite.fresh(definition).behindProxy()
        let service = try await RunningService.start(definition, on: site)
        let client = try service.client()
        let events = try await client.listen("dispatch.assignment-accepted.v1")
        // Twice in a row: the second delivery's commit, which finds it done, is lost too.
        proxy.loseAnswers(toCommitsOf: "lost-answer", times: 2)
        let command = AcceptAssignment(assignmentId: UUID(), engineerId: UUID())
        let reply = try await client.ask(command, id: "lost-answer")
        #expect(proxy.lostAnswers == 2)
        #expect(reply.version == 1)
        #expect(try await client.ask(DispatchTotalsQuery()).engineers == 1)
        #expect(try await site.pool.query("SELECT 1 AS x FROM history").count == 1)
        // One event, and the next one is of another message.
        _ = try await client.ask(AcceptAssignment(assignmentId: UUID(), engineerId: command.engineerId))
        var heard: [String] = []
        while heard.count < 2 {
            heard += try await events.nextBatch(limit: 2).compactMap(\.properties.messageID)
        }
        #expect(Set(heard).count == 2)
        let told = try await site.pool.query("SELECT count(*) AS n FROM history WHERE event = 'assignment-accepted'")
        #expect(try told.first?.get("n", as: Int.self) == 2)
        await service.stop()
        proxy.stop()
    }

    @Test("sessions that are cut again and again under load: every message has its effect once, and none is blamed")
    func cutUnderLoad() async throws {
        let definition = try Sample.definition()
        let (site, proxy) = try await TestSite.fresh(definition).behindProxy()
        let service = try await RunningService.start(definition, on: site)
        let client = try service.client()
        proxy.delay(by: .milliseconds(2))
        let engineer = UUID()
        let messages = try (0..<400).map { index in
            try client.message(AcceptAssignment(assignmentId: UUID(), engineerId: engineer), id: "cut-\(index)")
        }
        for start in stride(from: 0, to: messages.count, by: 50) {
            _ = try await client.publisher.publish(Array(messages[start..<start + 50]))
            try await eventually("some of them are done") { try await count(site) > start / 2 }
            proxy.cut()
        }
        try await eventually("all are done") { try await count(site) == 400 }
        #expect(try await site.pool.query("SELECT 1 AS x FROM history").count == 400)
        #expect(try await site.pool.query("SELECT 1 AS x FROM parked_message").isEmpty)
        await service.stop()
        proxy.stop()
    }

    @Test("sessions that fall silent and stay open are given up in time, and work goes on over new ones", .slow)
    func halfOpen() async throws {
        let definition = try Sample.definition()
        let (site, proxy) = try await TestSite.fresh(definition).behindProxy()
        let service = try await RunningService.start(definition, on: site)
        let client = try service.client()
        _ = try await client.ask(AcceptAssignment(assignmentId: UUID(), engineerId: UUID()))
        #expect(proxy.swallow() > 0)
        let late = try client.message(AcceptAssignment(assignmentId: UUID(), engineerId: UUID()), id: "late")
        _ = try await client.send(late)
        // A statement may take thirty seconds, and its answer ten more, before a session counts as dead; what that session
        // had locked is free when the server has given it up too.
        try await eventually(within: .seconds(150), "the message is handled") { try await count(site) == 2 }
        #expect(try await site.pool.query("SELECT 1 AS x FROM history").count == 2)
        #expect(try await site.pool.query("SELECT 1 AS x FROM parked_message").isEmpty)
        await service.stop()
        proxy.stop()
    }

    private func count(_ site: TestSite) async throws -> Int {
        let rows = try await site.pool.query("SELECT coalesce(sum(count), 0)::bigint AS n FROM tally")
        return try rows.first?.get("n") ?? 0
    }
}
