import AMQP
import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import Billing

@Suite("Closing months")
struct PeriodTests {
    @Test("a month ends at midnight of the company's clock, and is read as nothing else")
    func months() throws {
        let november = try #require(AccountingMonth("2026-11", utcOffsetMinutes: 480))
        #expect(november.end == RFC3339.parse("2026-11-30T16:00:00Z"))
        let december = try #require(AccountingMonth("2026-12", utcOffsetMinutes: -60))
        #expect(december.end == RFC3339.parse("2027-01-01T01:00:00Z") && december.ordinal == november.ordinal + 1)
        for wrong in ["2026-13", "2026-00", "2026-1", "26-11", "2026-11-01", "1999-11", "", "２０２６-11"] {
            #expect(AccountingMonth(wrong, utcOffsetMinutes: 0) == nil, "\(wrong)")
        }
    }

    @Test("what belongs to a closed month is posted in the next one, and says when it happened; what does not, as ever")
    func moved() throws {
        var counter = Counter()
        try counter.open()
        let now = counter.bench.now
        func pay(_ date: Date) throws {
            try counter.bench.send(
                RecordPayment(
                    paymentId: UUID(), workOrderId: Counter.order, amount: Money(100, "CNY"), method: .wechat,
                    reference: "R", occurredAt: date), to: BookPayment(policy: counter.policy))
        }
        counter.bench.closedUntil = now - 86_400
        try pay(now - 2 * 86_400)
        try pay(now - 86_400)
        try pay(now)
        #expect(counter.entries.map(\.postedAt) == [now - 86_400, now - 86_400, now])
        #expect(counter.entries.map(\.occurredAt) == [now - 2 * 86_400, nil, nil])
    }

    @Test(
        "what a phone says of 1970, or a person of another century, is dated a quarter back, and says when it claims to have happened"
    )
    func longAgo() throws {
        var counter = Counter()
        try counter.open()
        let claimed = Date(timeIntervalSince1970: 86_400)
        try counter.bench.send(
            RecordPayment(
                paymentId: UUID(), workOrderId: Counter.order, amount: Money(100, "CNY"), method: .wechat,
                reference: "R", occurredAt: claimed), to: BookPayment(policy: counter.policy))
        #expect(counter.entries.map(\.postedAt) == [counter.bench.now - BillingDesk.mostDatedBack])
        #expect(counter.entries.map(\.occurredAt) == [claimed])
    }

    @Test("a month is closed once it is over, with all before it; its totals stay, and finance hears where it ended")
    func closed() async throws {
        // 18 November 2026.
        let clock = DomainClock.manual(ManualTime(DatabaseTests.epoch))
        let service = try await RunningService.start(
            try BillingApp.definition(
                policy: BillingPolicy(),
                door: CustomerDoor(links: LinkSigner(secret: String(repeating: "s", count: 32))), clock: clock),
            clock: clock)
        let client = try service.client()
        let heard = try await client.listen("billing.period-closed.v1")
        let order = UUID()
        var messages = DatabaseTests.story(order, pays: 0)
        if let opened = messages.removeFirst() as? WorkOrderOpened {
            _ = try await client.send(try client.message(opened, story: order))
        }
        try await eventually("the order is known") {
            try await client.ask(SettlementQuery(workOrderId: order)).settlement != nil
        }
        func pay(_ day: String) async throws {
            _ = try await client.ask(
                RecordPayment(
                    paymentId: UUID(), workOrderId: order, amount: Money(100, "CNY"), method: .wechat, reference: "R",
                    occurredAt: RFC3339.parse(day + "T04:00:00Z")), channel: "finance")
        }
        try await pay("2026-10-20")
        #expect(try await client.ask(LedgerTotalsQuery()).books.map(\.closedUntil) == [nil])
        let october = DailyTotalsQuery(book: "main", fromDay: "2026-10-01", untilDay: "2026-10-31")
        let before = try await client.ask(october)
        #expect(before.days.map(\.entries) == [1])

        for (book, month, code) in [
            ("main", "2026-11", "month-not-over"), ("main", "2026-13", "invalid-message"),
            ("other", "2026-10", "not-found"),
        ] {
            let problem = await #expect(throws: Problem.self) {
                try await client.ask(ClosePeriod(book: book, month: month), channel: "finance")
            }
            #expect(problem?.code == code)
        }
        let done = try await client.ask(ClosePeriod(book: "main", month: "2026-10"), channel: "finance")
        #expect(done.status == "closed" && done.subject == "book/main")
        #expect(try await client.ask(ClosePeriod(book: "main", month: "2026-10")) == done)
        _ = try await client.ask(ClosePeriod(book: "main", month: "2026-08"))

        #expect(
            try await client.ask(LedgerTotalsQuery()).books.map(\.closedUntil)
                == [RFC3339.parse("2026-10-31T16:00:00Z")])

        try await pay("2026-10-25")
        try await pay("2026-11-02")
        #expect(try await client.ask(october) == before)
        let replayed = try await client.ask(ReplayLedger(book: "main", series: 1, from: 1, to: 3), channel: "finance")
        let midnight = RFC3339.parse("2026-10-31T16:00:00Z")
        #expect(
            replayed.entries.map(\.postedAt) == [
                RFC3339.parse("2026-10-20T04:00:00Z"), midnight, RFC3339.parse("2026-11-02T04:00:00Z"),
            ])
        #expect(replayed.entries.map(\.occurredAt) == [nil, RFC3339.parse("2026-10-25T04:00:00Z"), nil])

        let deliveries = try await heard.nextBatch(limit: 10)
        let told = try deliveries.map {
            try WireJSON.decoder().decode(CloudEvent<PeriodClosed>.self, from: Data($0.body)).data
        }
        #expect(
            told == [
                PeriodClosed(
                    book: "main", month: "2026-10", closedUntil: try #require(midnight), series: 1, lastSequence: 1,
                    closedAt: DatabaseTests.epoch)
            ])
        await client.close()
        await service.stop()
    }
}
