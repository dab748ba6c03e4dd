import AMQP
import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceTesting
import Testing

@testable import Inventory
@testable import ServiceKit

/// What only the real database shows: the schema fits the documents, the queries add up, the ledger cannot be changed.
struct DatabaseTests {
    static let epoch = Date(timeIntervalSince1970: 1_795_000_000)

    struct Service {
        let pool: PostgresPool
        let processor: BatchProcessor
        let policy = InventoryPolicy()

        init() async throws {
            let url = try await TestStack.freshSchema(.inventory)
            pool = PostgresPool(
                PostgresConfiguration(url: url, applicationName: "test", poolSize: 3, searchPath: "inventory, public"))
            let definition = try InventoryApp.definition(policy: policy)
            let logger = Logger(label: "test")
            _ = try await ServiceHost.migrator(definition, pool).migrate(logger: logger)
            processor = BatchProcessor(
                definition: definition, pool: pool, clock: .manual(ManualTime(epoch)), ids: .v7,
                parking: ParkingLot(ladder: .standard), wakeups: Wakeups(), logger: logger,
                meter: ServiceMeter(service: .inventory))
        }

        func handle(_ messages: [any Message]) async throws {
            _ = try await processor.handle(try messages.map { try Self.incoming($0) })
        }

        private static func incoming<M: Message>(_ message: M) throws -> IncomingMessage {
            let id = UUID.v7().uuidString.lowercased()
            let envelope = Envelope(
                id: id, source: "/adapters/test", type: M.wireType, time: epoch, sequence: 1, authtype: "user",
                authid: "tester")
            let body = try WireJSON.encoder().encode(CloudEvent(envelope, message))
            return IncomingMessage(
                routingKey: "\(M.service.rawValue).\(M.wireName)",
                properties: AMQPProperties(
                    contentType: "application/cloudevents+json", messageID: id, type: M.wireType),
                body: [UInt8](body))
        }
    }

    @Test("whole stories in one batch leave stock, ledger and requests that agree")
    func stories() async throws {
        let service = try await Service()
        let order = UUID()
        let request = UUID()
        let line = UUID()
        let engineer = UUID()
        try await service.handle([
            PartsNeeded(
                partRequestId: request, visitId: UUID(), workOrderId: order, workOrderNumber: "WO-1",
                engineerId: engineer, reason: .missing,
                lines: [RequestedPart(lineId: line, partCode: "PUMP", quantity: 2)], neededAt: Self.epoch),
            ReceiveStock(
                receiptId: UUID(), locationCode: "depot/main", partCode: "PUMP", quantity: 7,
                unitCost: Money(333, "CNY")),
            IssueParts(partRequestId: request),
            PartUsed(
                usageId: UUID(), visitId: UUID(), workOrderId: order, engineerId: engineer, partCode: "PUMP",
                quantity: 1, partRequestId: request, lineId: line, usedAt: Self.epoch),
            ReturnParts(
                returnId: UUID(), partRequestId: request,
                lines: [ReturnedPart(lineId: line, quantity: 1, condition: .defective)]),
            PartUsed(
                usageId: UUID(), visitId: UUID(), workOrderId: order, engineerId: engineer, partCode: "PUMP",
                quantity: 1, usedAt: Self.epoch),
        ])
        let totals = try await service.pool.withConnection {
            try await AnswerInventoryTotals(policy: service.policy).answer(InventoryTotalsQuery(), on: $0)
        }
        #expect(totals.received == 7)
        #expect(totals.received + totals.adjusted == totals.onHand + totals.consumed + totals.scrapped)
        #expect(
            totals.receivedValue + totals.adjustedValue
                == totals.onHandValue + totals.consumedValue + totals.scrappedValue)
        #expect(totals.requestsByStatus == ["settled": 1])
        #expect(totals.doubledMovements == 0)
        let stock = try await service.pool.withConnection {
            try await AnswerStock(policy: service.policy).answer(StockQuery(partCode: "PUMP"), on: $0)
        }
        #expect(stock.items.map(\.onHand) == [5, 0])
        #expect(stock.items.reduce(0) { $0 + $1.value.amount } == totals.onHandValue.amount)
        let answer = try await service.pool.withConnection {
            try await AnswerPartRequest().answer(PartRequestQuery(partRequestId: request), on: $0)
        }
        #expect(answer.request?.settled == true)
        let parked: Int = try await service.pool.query("SELECT count(*) AS n FROM parked_message").first?.get("n") ?? -1
        #expect(parked == 0)
    }

    @Test("the database itself refuses stock below zero and a changed movement")
    func guarded() async throws {
        let service = try await Service()
        try await service.handle([
            ReceiveStock(
                receiptId: UUID(), locationCode: "depot/main", partCode: "PUMP", quantity: 1,
                unitCost: Money(333, "CNY"))
        ])
        for attack in [
            "UPDATE stock_movement SET quantity = 2", "DELETE FROM stock_movement WHERE true",
            "UPDATE stock SET state = jsonb_set(state, '{onHand}', '-1')",
            "UPDATE stock SET state = jsonb_set(state, '{reserved}', '2')",
        ] {
            await #expect(throws: PostgresError.self) { try await service.pool.query(SQL(unsafe: attack)) }
        }
    }
}
