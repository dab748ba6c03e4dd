import AMQP
import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@Suite("The walk of a message, on real servers")
struct WalkOfAMessageTests {
    @Test("a command is answered, its event published, its history written")
    func happyPath() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let events = try await client.listen("dispatch.assignment-accepted.v1")
        let command = AcceptAssignment(assignmentId: UUID(), engineerId: UUID())
        let reply = try await client.ask(command)
        #expect(reply.version == 1)
        let event = try #require(try await events.nextBatch(limit: 1).first)
        let told = try WireJSON.decoder().decode(CloudEvent<AssignmentAccepted>.self, from: Data(event.body))
        #expect(told.data.assignmentId == command.assignmentId)
        #expect(told.envelope.sequence == Envelope.padded(1))
        #expect(told.envelope.partitionkey == command.assignmentId.uuidString.lowercased())
        let history = try await service.pool.query("SELECT event, version FROM history")
        #expect(try history.map { try $0.get("event", as: String.self) } == ["assignment-accepted"])
        try await eventually("the outbox is empty") {
            try await service.pool.query("SELECT 1 AS x FROM outbox").isEmpty
        }
        await service.stop()
    }

    @Test("the same message again gives the same answer and no second effect; another body is refused")
    func idempotency() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let engineer = UUID()
        let command = AcceptAssignment(assignmentId: UUID(), engineerId: engineer)
        let first = try await client.ask(command, id: "m-1")
        let again = try await client.ask(command, id: "m-1")
        #expect(first == again)
        #expect(try await count(service) == 1)
        let error = await #expect(throws: Problem.self) {
            try await client.ask(AcceptAssignment(assignmentId: UUID(), engineerId: engineer), id: "m-1")
        }
        #expect(error?.code == "idempotency-mismatch")
        #expect(try await count(service) == 1)
        await service.stop()
    }

    @Test("five hundred messages, each sent twice, are each done once and numbered apart")
    func duplicatesInBulk() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let engineers = (0..<5).map { _ in UUID() }
        var messages: [OutgoingMessage] = []
        for index in 0..<500 {
            let message = try client.message(
                AcceptAssignment(assignmentId: UUID(), engineerId: engineers[index % 5]), id: "bulk-\(index)")
            messages += [message, message]
        }
        _ = try await client.publisher.publish(messages.shuffled())
        try await eventually("all are counted") { try await count(service) == 500 }
        let rows = try await service.pool.query(
            "SELECT count(*) AS n, count(DISTINCT (aggregate_id, version)) AS d FROM history")
        #expect(try rows.first?.get("n", as: Int.self) == 500)
        #expect(try rows.first?.get("d", as: Int.self) == 500)
        await service.stop()
    }

    @Test("a refusal is answered with its problem, and nothing else is stored")
    func refusal() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let id = UUID()
        let problem = await #expect(throws: Problem.self) {
            try await client.ask(AcceptAssignment(assignmentId: id, engineerId: id))
        }
        #expect(problem?.code == "same")
        #expect(problem?.status == 409)
        #expect(try await count(service) == 0)
        await service.stop()
    }

    @Test("a member of the wrong type is refused with its pointer")
    func invalidMember() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let envelope = Envelope(id: "bad-1", source: "/test", type: AcceptAssignment.wireType)
        let message = try TestClient.message(
            envelope, ["assignmentId": "not a uuid"], exchange: MendloopTopology.commands,
            key: AcceptAssignment.routingKey())
        let problem = await #expect(throws: Problem.self) {
            let _: Acknowledgement = try await client.reply(to: message, accepted: AcceptAssignment.acceptedType)
        }
        #expect(problem?.errors.first?.pointer == "/data/assignmentId")
        await service.stop()
    }

    @Test("an event that comes before what it builds on is applied when that has come")
    func notYet() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let id = UUID()
        _ = try await client.send(try client.message(WorkOrderClosed.sample(id), story: id))
        try await eventually("the early one is parked") {
            try await !service.pool.query("SELECT 1 AS x FROM parked_message WHERE waiting_for IS NOT NULL").isEmpty
        }
        _ = try await client.send(try client.message(WorkOrderOpened.sample(id), story: id))
        try await eventually("it is closed") { try await status(service, id) == "closed" }
        #expect(try await service.pool.query("SELECT 1 AS x FROM parked_message").isEmpty)
        #expect(try await service.pool.query("SELECT 1 AS x FROM timer").isEmpty)
        await service.stop()
    }

    @Test("a timer fires once when its time has come, also when that came while nobody ran")
    func timers() async throws {
        let time = ManualTime()
        let definition = try Sample.definition()
        let site = try await TestSite.fresh(definition)
        let first = try await RunningService.start(definition, on: site, clock: .manual(time))
        let client = try first.client()
        let id = UUID()
        _ = try await client.send(try client.message(WorkOrderOpened.sample(id), story: id))
        try await eventually("the account is open") { try await status(first, id) == "open" }
        await first.stop()
        time.advance(by: .seconds(7200))
        let second = try await RunningService.start(definition, on: site, clock: .manual(time))
        try await eventually("the worker has settled what the timer reminded of") {
            try await status(second, id) == "settled"
        }
        let versions = try await second.pool.query("SELECT version FROM account")
        #expect(try versions.first?.get("version", as: Int.self) == 3)
        await second.stop()
    }

    @Test("entries of a book are numbered without a gap, whoever posts them")
    func gaplessBook() async throws {
        let definition = try Sample.definition()
        let site = try await TestSite.fresh(definition)
        let copies = [
            try await RunningService.start(definition, on: site), try await RunningService.start(definition, on: site),
        ]
        let client = try copies[0].client()
        let window = TimeWindow(start: Date(), end: Date())
        let messages = try (0..<300).map { _ in
            try client.message(BookSlot(assignmentId: UUID(), window: window))
        }
        _ = try await client.publisher.publish(messages)
        try await eventually("all are posted") {
            let rows = try await site.pool.query("SELECT count(*) AS n, max(sequence) AS last FROM sample_entry")
            return try rows.first?.get("n", as: Int.self) == 300 && rows.first?.get("last", as: Int.self) == 300
        }
        for copy in copies { await copy.stop() }
    }

    private func count(_ service: RunningService) async throws -> Int {
        let rows = try await service.pool.query("SELECT coalesce(sum(count), 0)::bigint AS n FROM tally")
        return try rows.first?.get("n") ?? 0
    }

    private func status(_ service: RunningService, _ id: UUID) async throws -> String? {
        try await service.pool.query("SELECT status FROM account WHERE id = \(id)").first?.get("status")
    }
}
