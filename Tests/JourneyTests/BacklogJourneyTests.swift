import AMQP
import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Testing

/// What waits for a service that is down. Inventory takes the messages and billing hears what follows from each, so that
/// one lost on either way is missed.
@Suite("A backlog", .slow, .serialized)
struct BacklogJourneyTests {
    /// What a service may take, in MiB: what it takes at rest, several batches, and nothing that grows with the queue.
    private static let mostMemory = 200

    @Test("what came while a service was down is drained at a bounded memory, and each message has its effect once")
    func drained() async throws {
        let count = TestTier.current == .soak ? 100_000 : 2_000
        let installation = try await Installation.start(scale: 2)
        let client = try TestClient(url: try installation.stack.addresses().amqpURL())
        try await installation.services.stop(.inventory)
        for first in stride(from: 0, to: count, by: 1_000) { try await publish(first..<first + 1_000, client) }
        try await installation.services.start(.inventory)
        try await expect(count, in: installation, client)
        for service in [LocalService.inventory, .billing] {
            let peak = try #require(installation.services.peakMemory(service))
            #expect(peak < Self.mostMemory, "\(service.name) took \(peak) MiB")
        }
        await client.close()
        try await installation.stop()
    }

    @Test("a service that dies at each of its points while it drains, one after another, loses and doubles nothing")
    func dyingOnTheWay() async throws {
        let installation = try await Installation.start(scale: 2)
        let client = try TestClient(url: try installation.stack.addresses().amqpURL())
        // More than two of the relay's batches: however it is held up, it passes its points three times.
        let each = TestTier.current == .soak ? 10_000 : 1_100
        for (index, point) in CrashPoint.allCases.enumerated() {
            try await installation.services.kill(.inventory)
            try await publish(index * each..<(index + 1) * each, client)
            try await Fault.crash(.inventory, point).apply(to: installation, seed: 21 + UInt64(index))
            try await expect((index + 1) * each, in: installation, client)
        }
        await client.close()
        try await installation.stop()
    }

    /// Deliveries of one piece each, in a seeded order; one in ten is sent twice.
    private func publish(_ numbers: Range<Int>, _ client: TestClient) async throws {
        var chance = SeededChance(seed: UInt64(numbers.lowerBound))
        let messages = try numbers.flatMap { number in
            let message = try receipt(number, client)
            return number % 10 == 0 ? [message, message] : [message]
        }
        let outcomes = try await client.publisher.publish(messages.shuffled(using: &chance))
        try #require(outcomes.allSatisfy { $0 == .confirmed })
    }

    private func receipt(_ number: Int, _ client: TestClient) throws -> OutgoingMessage {
        var message = try client.message(
            ReceiveStock(
                receiptId: UUID(), locationCode: "depot/main", partCode: "PART-\(number % 50)", quantity: 1,
                unitCost: Money(100, "CNY")),
            id: "receipt-\(number)")
        // Asked for, though nobody listens: a service that answers nobody cannot die before it does.
        message.properties.replyTo = "reply.nobody"
        return message
    }

    /// Every delivery is in stock once, and billing has heard of each once.
    private func expect(_ count: Int, in installation: Installation, _ client: TestClient) async throws {
        // First: the broker's counts of its quorum queues are seconds old, and an empty queue may have been filled since.
        try await eventually(within: .seconds(1_800), "\(count) deliveries are in stock and in the books") {
            let received = try? await client.ask(InventoryTotalsQuery()).received
            guard let received, received >= count else { return false }
            return try await client.ask(LedgerTotalsQuery()).books.reduce(0) { $0 + $1.entries } >= count
        }
        try await installation.drains()
        let stock = try await client.ask(InventoryTotalsQuery())
        #expect(stock.received == count)
        #expect(stock.doubledMovements == 0)
        let entries = try await client.ask(LedgerTotalsQuery()).books.map(\.entries)
        #expect(entries == [count])
    }
}
