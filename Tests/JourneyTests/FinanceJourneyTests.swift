import AMQP
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Billing
@testable import MendloopCLI

/// The finance example beside a billing that posts entries for ten days, under a user of its own.
@Suite("The finance example", .slow)
struct FinanceJourneyTests {
    private static let days = 10
    private static let entriesADay = TestTier.current == .soak ? 1_000 : 60
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("what a restore of Mendloop undid is taken out of the book, after a second one too")
    func restored() async throws {
        let python = OutsideProgram(program: URL(fileURLWithPath: "/usr/bin/python3"), environment: [:])
        #expect(try await python.run([Self.root.appending(path: "examples/finance/test_book.py").path]).status == 0)
    }

    @Test("killed again and again, told things twice and one day not at all, it ends with Mendloop's own book")
    func keeps() async throws {
        let time = ManualTime(Date(timeIntervalSince1970: 1_795_000_000))
        let service = try await RunningService.start(
            try BillingApp.definition(
                policy: BillingPolicy(),
                door: CustomerDoor(links: LinkSigner(secret: String(repeating: "s", count: 32))),
                clock: .manual(time)), clock: .manual(time))
        let client = try service.client()
        let told = try await client.listen("billing.ledger-entry-posted.v1")
        let keeper = try await BookKeeper(service.settings.amqpURL)
        let queue = keeper.queue
        let administrator = AMQPAdministrator(
            try AMQPConfiguration(url: service.settings.amqpURL, connectionName: "test"))
        let binding = Topology.Binding(
            queue: queue, exchange: MendloopTopology.events, key: "billing.ledger-entry-posted.v1")
        var chance = SeededChance(seed: 1)
        try keeper.start()
        for day in 0..<Self.days {
            // One day's entries go past it: its queue is not bound.
            let isLost = day == 4
            if isLost { try await administrator.declare(Topology(retiredBindings: [binding])) }
            try await post(day: day, client)
            var entries: [Delivery] = []
            while entries.count < Self.entriesADay {
                let more = try await told.nextBatch(limit: 100)
                if let last = more.last { await told.acknowledge(through: last) }
                entries += more
            }
            if isLost {
                try await administrator.declare(Topology(bindings: [binding]))
            } else {
                let again = entries.filter { _ in Int.random(in: 0..<10, using: &chance) == 0 }.map {
                    OutgoingMessage(exchange: "", routingKey: queue, properties: $0.properties, body: $0.body)
                }
                _ = try await client.publisher.publish(again)
            }
            if day % 2 == 1 { try keeper.restart() }
            time.advance(by: .seconds(86_400))
        }
        let posted = try await service.pool.query(
            "SELECT entry_id::text || ' ' || sequence AS line FROM ledger_entry ORDER BY sequence"
        ).map { try $0.get("line", as: String.self) }
        #expect(posted.count == Self.days * Self.entriesADay)
        try await eventually(within: .seconds(120), "the book is Mendloop's") { try await keeper.held() == posted }
        keeper.kill()
        let proof = try await keeper.run("prove")
        #expect(proof.status == 0, "\(proof.output)")
        #expect(proof.output.split(separator: "\n").count == Self.days + 1)

        // Another book is made of the stream alone.
        let other = try keeper.beside()
        #expect(try await other.run("read-log").output == "\(posted.count) new entries\n")
        #expect(try await other.held() == posted)
        // What is missing is seen.
        try await other.forget()
        #expect(try await other.run("prove").status == 1)
        let journal = try await keeper.run("export").output
        #expect(journal.components(separatedBy: "; entry: ").count - 1 == posted.count)

        await told.close()
        await administrator.close()
        await client.close()
        await service.stop()
        keeper.remove()
        other.remove()
    }

    private func post(day: Int, _ client: TestClient) async throws {
        let messages = try (0..<Self.entriesADay).map { number in
            try client.message(
                StockMoved(
                    movementId: UUID(), partCode: "PART-\(number % 7)", locationCode: "depot/main", quantity: 1,
                    cause: .received, causeId: UUID(), value: Money(100 + number, "CNY"), onHand: 1, reserved: 0,
                    movedAt: Date()))
        }
        #expect(try await client.publisher.publish(messages).allSatisfy { $0 == .confirmed })
    }
}
