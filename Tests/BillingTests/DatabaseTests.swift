import AMQP
import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceTesting
import Testing

@testable import Billing
@testable import ServiceKit

/// What only the real database shows: the schema fits the documents, numbers have no gap, queries and checks hold.
struct DatabaseTests {
    static let epoch = Date(timeIntervalSince1970: 1_795_000_000)

    struct Service {
        let pool: PostgresPool
        let processor: BatchProcessor
        let policy = BillingPolicy()

        init() async throws {
            let url = try await TestStack.freshSchema(.billing)
            pool = PostgresPool(
                PostgresConfiguration(url: url, applicationName: "test", poolSize: 3, searchPath: "billing, public"))
            let clock = DomainClock.manual(ManualTime(epoch))
            let definition = try BillingApp.definition(
                policy: policy,
                door: CustomerDoor(links: LinkSigner(secret: String(repeating: "s", count: 32))), clock: clock)
            let logger = Logger(label: "test")
            _ = try await ServiceHost.migrator(definition, pool).migrate(logger: logger)
            processor = BatchProcessor(
                definition: definition, pool: pool, clock: clock, ids: .v7, parking: ParkingLot(ladder: .standard),
                wakeups: Wakeups(), logger: logger, meter: ServiceMeter(service: .billing))
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

        func parked() async throws -> Int {
            try await pool.query("SELECT count(*) AS n FROM parked_message").first?.get("n") ?? 0
        }
    }

    static func story(_ order: UUID, pays: Int) -> [any Message] {
        let visit = UUID()
        let engineer = Counter.engineer
        let cover = Counter.nothing
        let finding = UUID()
        let usage = UUID()
        return [
            WorkOrderOpened(
                workOrderId: order, workOrderNumber: "WO-1", requestId: UUID(), status: .qualified, receivedAt: epoch,
                channel: "wechat", customerId: UUID(), contactId: UUID(), serviceType: .repair, serviceMode: .onSite,
                priority: .p3, problem: "漏油",
                entitlement: Entitlement(
                    kind: .none, cover: cover, responseLevel: .standard, reason: CodedReason(code: "test")),
                language: "zh-Hans"),
            FindingRecorded(
                findingId: finding, visitId: visit, workOrderId: order, engineerId: engineer, problemCode: "P",
                misuse: false, estimatedMinutes: 60, recordedAt: epoch),
            AcceptQuote(estimateId: BillingID.estimate(forFinding: finding)),
            PartUsed(
                usageId: usage, visitId: visit, workOrderId: order, engineerId: engineer, partCode: "PUMP",
                quantity: 1, usedAt: epoch),
            StockMoved(
                movementId: UUID(), partCode: "PUMP", locationCode: "van/x", quantity: -1, cause: .consumed,
                causeId: usage, value: Money(-700, "CNY"), onHand: 0, reserved: 0, workOrderId: order, movedAt: epoch),
            VisitEnded(
                visitId: visit, workOrderId: order, workOrderNumber: "WO-1", engineerId: engineer, reason: .workDone,
                endedAt: epoch, workMinutes: 60, travelMinutes: 20,
                partsUsed: [PartUse(usageId: usage, partCode: "PUMP", quantity: 1)]),
            CompletionConfirmed(
                workOrderId: order, workOrderNumber: "WO-1", visitId: visit, reportId: UUID(), how: .customer,
                confirmedAt: epoch),
            CollectPayment(
                paymentId: UUID(), workOrderId: order, engineerId: engineer, amount: Money(pays, "CNY"), method: .cash),
        ]
    }

    @Test("whole stories in batches leave a gapless balanced ledger, which can be asked for again")
    func stories() async throws {
        let service = try await Service()
        let orders = (0..<10).map { _ in UUID() }
        for pair in stride(from: 0, to: orders.count, by: 2) {
            try await service.handle(orders[pair..<pair + 2].flatMap { Self.story($0, pays: 17_000) })
        }
        #expect(try await service.parked() == 0)
        let totals = try await service.pool.withConnection {
            try await AnswerBillingTotals(policy: service.policy).answer(BillingTotalsQuery(), on: $0)
        }
        #expect(totals.ordersByCharge == ["final": 10])
        #expect(totals.ordersByPayment == ["paid": 10])
        #expect(totals.charged.amount == 170_000)
        #expect(totals.paid.amount == 170_000)
        #expect(totals.cashInHand.values.map(\.amount) == [170_000])
        #expect(totals.doubledCharges == 0)
        let ledger = try await service.pool.withConnection {
            try await AnswerLedgerTotals(policy: service.policy).answer(LedgerTotalsQuery(), on: $0)
        }
        let book = try #require(ledger.books.first)
        // Per order: stock, charge, labour, payment.
        #expect(book.entries == 40)
        #expect(book.firstSequence == 1)
        #expect(book.lastSequence == 40)
        #expect(
            book.accounts.reduce(0) { $0 + $1.debit.amount } == book.accounts.reduce(0) { $0 + $1.credit.amount })
        let days = try await service.pool.withConnection {
            let today = RFC3339.format(Self.epoch.addingTimeInterval(480 * 60)).prefix(10)
            return try await AnswerDailyTotals(policy: service.policy).answer(
                DailyTotalsQuery(book: "main", fromDay: "\(today)", untilDay: "\(today)"), on: $0)
        }
        #expect(days.utcOffsetMinutes == 480)
        #expect(days.days.map(\.entries) == [40] && days.days.map(\.accounts) == [book.accounts])
        let replay = try await service.pool.withConnection {
            try await SendLedgerAgain().carryOut(
                ReplayLedger(book: "main", series: book.series, from: 3, to: 1_000), on: $0)
        }
        #expect(replay.entries.map(\.sequence) == Array(3...40))
        let settlement = try await service.pool.withConnection {
            try await AnswerSettlement(clock: .manual(ManualTime(Self.epoch))).answer(
                SettlementQuery(workOrderId: orders[0]), on: $0)
        }
        #expect(settlement.settlement?.payment == .paid)
    }

    @Test("a bill that is credited after a dispute is charged as much less, and the credit names the charge")
    func credited() async throws {
        let service = try await Service()
        let order = UUID()
        try await service.handle(Self.story(order, pays: 17_000))
        let dispute = EntitlementDisputeChanged(
            disputeId: UUID(), workOrderId: order, workOrderNumber: "WO-1", customerId: UUID(), status: .upheld,
            reason: .warranty, statement: "x", openedAt: Self.epoch, decideBy: Self.epoch,
            entitlement: Entitlement(
                kind: .warranty, cover: Cover(labour: true, parts: false, travel: false), responseLevel: .standard,
                reason: CodedReason(code: "test")))
        try await service.handle([dispute])
        #expect(try await service.parked() == 0)
        let totals = try await service.pool.withConnection {
            try await AnswerBillingTotals(policy: service.policy).answer(BillingTotalsQuery(), on: $0)
        }
        // Of the hour no more than 20.00 was left within what he had accepted.
        #expect(totals.charged.amount == 15_000 && totals.paid.amount == 15_000 && totals.doubledCharges == 0)
        #expect(totals.ordersByPayment == ["paid": 1])
        let named = try await service.pool.query(
            """
            SELECT c.kind FROM ledger_entry AS c JOIN ledger_entry AS of ON of.entry_id = c.reverses
            WHERE of.kind = 'charge' AND of.work_order_id = c.work_order_id
            """)
        #expect(try named.map { try $0.get("kind", as: String.self) } == ["credit"])
    }

    @Test("the database itself refuses an entry that does not balance, and a change of one that was posted")
    func guarded() async throws {
        let service = try await Service()
        try await service.handle(Self.story(UUID(), pays: 100))
        for attack in [
            "UPDATE ledger_entry SET memo = ''", "DELETE FROM ledger_entry WHERE true",
            """
            INSERT INTO ledger_entry (entry_id, book, series, sequence, kind, posted_at, lines, memo, currency,
                total_debit, total_credit)
            SELECT '00000000-0000-7000-8000-000000000001', book, series, 1000, kind, posted_at,
                jsonb_set(lines, '{0,money,amount}', '1'), memo, currency, total_debit, total_credit
            FROM ledger_entry LIMIT 1
            """,
        ] {
            await #expect(throws: PostgresError.self) { try await service.pool.query(SQL(unsafe: attack)) }
        }
    }
}
