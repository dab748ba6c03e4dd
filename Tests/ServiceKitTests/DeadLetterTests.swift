import AMQP
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@Suite("Dead letters, on real servers")
struct DeadLetterTests {
    private let impatient = RetryLadder(afterFault: [.milliseconds(20)], whileEarly: [.milliseconds(20)])

    @Test("bytes that are no message are dead at once, with their reason, and the queue moves on")
    func undecodable() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        _ = try await client.send(
            raw(Array("{ this is no JSON".utf8)),
            raw(Array(repeating: UInt8(ascii: "x"), count: 1 << 20)),
            raw(
                Array(
                    #"{"type": "mendloop.dispatch.unheard-of.v9", "id": "u", "source": "/x", "specversion": "1.0"}"#
                        .utf8), key: "dispatch.unheard-of"))
        _ = try await client.ask(AcceptAssignment(assignmentId: UUID(), engineerId: UUID()))
        try await eventually("two are dead, the unknown one waits for a newer copy") {
            let letters = try await list(client)
            return letters.counts["dead"] == 2 && letters.counts["parked"] == 1
        }
        let letters = try await list(client)
        #expect(Set(letters.letters.map(\.reason)) == ["undecodable", "too-large", "unknown-type"])
        await service.stop()
    }

    @Test("a message whose handler keeps failing dies alone, and comes back when the cause is gone")
    func poison() async throws {
        let fault = SwitchableFault()
        let service = try await RunningService.start(try Sample.definition(broken: fault), ladder: impatient)
        let client = try service.client()
        fault.set(true)
        let poisoned = AcceptAssignment(assignmentId: UUID(), engineerId: UUID())
        let id = UUID()
        _ = try await client.send(
            try client.message(poisoned, id: "poison"), try client.message(WorkOrderOpened.sample(id), story: id))
        try await eventually("it is dead") { try await list(client).counts["dead"] == 1 }
        let letter = try #require(try await list(client).letters.first)
        #expect(letter.reason == "handler-failed")
        #expect(letter.messageId == "poison")
        fault.set(false)
        let settled: DeadLettersSettled = try await settle(
            client, SettleDeadLetters(action: "replay", ids: [letter.id], by: "test"))
        #expect(settled.ids == [letter.id])
        try await eventually("it is handled and gone") {
            let totals = try await client.ask(DispatchTotalsQuery())
            let letters = try await list(client).letters
            return totals.engineers == 1 && letters.isEmpty
        }
        // The id was kept: sent once more, it is known.
        _ = try await client.ask(poisoned, id: "poison")
        #expect(try await client.ask(DispatchTotalsQuery()).engineers == 1)
        await service.stop()
    }

    @Test("one that was discarded, comes again and fails again is kept anew, with all that was said of it")
    func discardedComesAgain() async throws {
        let fault = SwitchableFault()
        let service = try await RunningService.start(try Sample.definition(broken: fault), ladder: impatient)
        let client = try service.client()
        fault.set(true)
        let poisoned = try client.message(
            AcceptAssignment(assignmentId: UUID(), engineerId: UUID()), id: "poison", channel: "web")
        _ = try await client.send(poisoned)
        try await eventually("it is dead") { try await list(client).counts["dead"] == 1 }
        let letter = try #require(try await list(client).letters.first)
        let discarded = try await settle(
            client, SettleDeadLetters(action: "discard", ids: [letter.id], by: "test"))
        #expect(discarded.ids == [letter.id])
        _ = try await client.send(poisoned)
        try await eventually("it is dead again") { try await list(client).counts["dead"] == 1 }
        let rows = try await service.pool.query("SELECT id, jsonb_array_length(log) AS said FROM parked_message")
        #expect(try rows.map { try $0.get("id", as: Int.self) } == [letter.id])
        // Failed, failed, discarded; and once more.
        #expect(try rows.map { try $0.get("said", as: Int.self) } == [5])
        await service.stop()
    }

    @Test("what came too early takes nothing from the tries that a message has when it fails")
    func earlyThenFailing() async throws {
        let ladder = RetryLadder(
            afterFault: [.milliseconds(20), .milliseconds(20)],
            whileEarly: Array(repeating: .milliseconds(20), count: 1_000))
        let service = try await RunningService.start(try Sample.definition(), ladder: ladder)
        let client = try service.client()
        let id = UUID()
        _ = try await client.send(try client.message(WorkOrderClosed.sample(id), id: "early", story: id))
        try await eventually("it was tried many times") {
            let rows = try await service.pool.query("SELECT early_attempts FROM parked_message")
            return try rows.first.map { try $0.get("early_attempts", as: Int.self) > 4 } ?? false
        }
        // What it builds on has come now, and it cannot be written.
        try await service.pool.execute("CREATE SEQUENCE tries")
        try await service.pool.execute(
            """
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN PERFORM nextval('tries'); RAISE 'not now' USING ERRCODE = '23514'; END $$
            """)
        try await service.pool.execute(
            "CREATE TRIGGER fail BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION fail()")
        _ = try await client.send(try client.message(WorkOrderOpened.sample(id), story: id))
        try await eventually("it is dead") { try await list(client).counts["dead"] == 1 }
        // Twice each: among others, and alone.
        let tries = try await service.pool.query("SELECT last_value FROM tries")
        #expect(try tries.first?.get("last_value", as: Int.self) ?? 0 >= 6)
        await service.stop()
    }

    @Test("they are chosen by reason, type, story and age, counted whole, and settled portion by portion")
    func chosen() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let story = UUID()
        try await service.pool.execute(
            """
            INSERT INTO parked_message (state, source, message_id, wire_type, routing_key, story, properties, body, attempts, reason,
                detail, parked_at)
            SELECT 'dead', '/x', 'm-' || n, CASE WHEN n % 2 = 0 THEN 'mendloop.dispatch.set-shift.v1' ELSE 'mendloop.dispatch.set.v1' END,
                'dispatch.x', CASE WHEN n <= 3 THEN \(story.text) END,
                '{"headers": {"traceparent": "00-a-b-01"}}', '{', 6, CASE WHEN n <= 5 THEN 'undecodable' ELSE 'handler-failed' END, '',
                now() - make_interval(days => n)
            FROM generate_series(1, 8) AS n
            """)
        let now = Date()
        func found(_ query: DeadLettersQuery) async throws -> [String] {
            let answer = try await list(client, query)
            #expect(answer.counts == ["dead": 8])
            if query.limit == nil { #expect(answer.matching == answer.letters.count) }
            return answer.letters.map(\.messageId).sorted()
        }
        #expect(try await found(DeadLettersQuery(reason: "handler-failed")) == ["m-6", "m-7", "m-8"])
        #expect(try await found(DeadLettersQuery(type: "dispatch.set")) == ["m-1", "m-3", "m-5", "m-7"])
        #expect(try await found(DeadLettersQuery(type: "mendloop.dispatch.set-shift.v1")).count == 4)
        #expect(try await found(DeadLettersQuery(story: story)) == ["m-1", "m-2", "m-3"])
        #expect(
            try await found(DeadLettersQuery(since: now - 7.5 * 86_400, until: now - 5.5 * 86_400)) == ["m-6", "m-7"])
        // What comes from outside says no story, but may name the order.
        try await service.pool.execute(
            "UPDATE parked_message SET body = convert_to(\("{ torn \(story.uuidString)"), 'UTF8') WHERE message_id = 'm-8'"
        )
        #expect(try await found(DeadLettersQuery(story: story)) == ["m-1", "m-2", "m-3", "m-8"])
        let newest = try await list(client, DeadLettersQuery(reason: "undecodable", limit: 2))
        #expect(newest.letters.count == 2 && newest.matching == 5)
        #expect(newest.letters.allSatisfy { $0.traceparent == "00-a-b-01" })

        var command = SettleDeadLetters(action: "discard", reason: "undecodable", limit: 2, dryRun: true, by: "test")
        let trial = try await settle(client, command)
        #expect(trial.ids.count == 2 && trial.matching == 5)
        command.dryRun = nil
        command.after = trial.ids.last
        let behind = try await settle(client, command)
        #expect(behind.ids.count == 2 && behind.matching == 3)
        #expect(Set(behind.ids).isDisjoint(with: trial.ids))
        for (wrong, pointer) in [
            (SettleDeadLetters(action: "discard", by: "test"), "/data/ids"),
            (SettleDeadLetters(action: "discard", ids: [1], limit: 1_001, by: "test"), "/data/limit"),
        ] {
            let problem = await #expect(throws: Problem.self) { try await settle(client, wrong) }
            #expect(problem?.errors.map(\.pointer) == [pointer])
        }
        await service.stop()
    }

    private func raw(_ body: [UInt8], key: String = "dispatch.something") -> OutgoingMessage {
        OutgoingMessage(
            exchange: MendloopTopology.commands, routingKey: key, mandatory: true,
            properties: AMQPProperties(contentType: "application/cloudevents+json"), body: body)
    }

    private func list(
        _ client: TestClient, _ query: DeadLettersQuery = DeadLettersQuery()
    ) async throws -> DeadLetters {
        try await client.reply(
            to: try TestClient.message(
                Envelope(
                    id: UUID().uuidString, source: "/test", type: Operations.type(.dispatch, Operations.dead)),
                query, exchange: MendloopTopology.queries, key: "dispatch.\(Operations.dead)"),
            accepted: Operations.type(.dispatch, Operations.dead + "-answer"))
    }

    private func settle(_ client: TestClient, _ command: SettleDeadLetters) async throws -> DeadLettersSettled {
        try await client.reply(
            to: try TestClient.message(
                Envelope(
                    id: UUID().uuidString, source: "/test",
                    type: Operations.type(.dispatch, Operations.settleDeadLetters)),
                command, exchange: MendloopTopology.commands, key: "dispatch.\(Operations.settleDeadLetters)"),
            accepted: Operations.type(.dispatch, Operations.settleDeadLetters + "-accepted"))
    }
}
