import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Billing

@Suite("What billing makes of disputes")
struct DisputeTests {
    static let labour = Cover(labour: true, parts: false, travel: false)

    /// An hour of work, the way and a part that cost 100, accepted: 120.00, 50.00 and 1.50.
    static func accepted(misuse: Bool = false, cover: Cover = .nothing) throws -> Counter {
        var counter = Counter()
        try counter.open(cover, kind: cover == .nothing ? .none : .warranty)
        try counter.move(.received, 10, worth: 1_000)
        let id = try counter.find(parts: [("PUMP", 1)], misuse: misuse)
        try counter.accept(try #require(id))
        return counter
    }

    static func billed(misuse: Bool = false, cover: Cover = .nothing) throws -> Counter {
        var counter = try accepted(misuse: misuse, cover: cover)
        let usage = try counter.use()
        try counter.end(usages: [usage])
        try counter.confirm()
        return counter
    }

    @Test("while a dispute is open nothing is billed, and settlement says why; rejected, the hold ends")
    func held() throws {
        var counter = try Self.accepted()
        let dispute = UUID()
        try counter.dispute(dispute, .open)
        #expect(counter.settlement?.hold?.code == "entitlement-disputed")
        #expect(counter.settlement?.hold?.parameters == ["disputeId": dispute.text])
        let usage = try counter.use()
        try counter.end(usages: [usage])
        try counter.confirm()
        #expect(counter.finals.isEmpty)
        // Money that comes meanwhile is booked.
        try counter.pay(500)
        try counter.dispute(dispute, .rejected, sequence: 2)
        #expect(counter.finals.map(\.total.amount) == [17_200])
        #expect(counter.settlement?.hold == nil && counter.settlement?.payment == .partial)
    }

    @Test("the decision may be heard before the dispute, and either twice")
    func anyOrder() throws {
        var counter = try Self.accepted()
        let dispute = UUID()
        try counter.dispute(dispute, .upheld, cover: Self.labour, sequence: 2)
        try counter.dispute(dispute, .open)
        try counter.dispute(dispute, .upheld, cover: Self.labour, sequence: 2)
        #expect(counter.account()?.hold == nil)
        let usage = try counter.use()
        try counter.end(usages: [usage])
        try counter.confirm()
        #expect(counter.finals.map(\.total.amount) == [5_200])
        #expect(counter.finals[0].lines.first { $0.kind == .labour }?.coveredBy == "dispute")
        // What is covered is our cost of warranty.
        #expect(counter.balance(Account.warrantyCost) == 9_000 && counter.balance(Account.costOfParts) == 100)
    }

    @Test("an open quote becomes cheaper; for nothing, it waits for nobody")
    func quote() throws {
        var counter = Counter()
        try counter.open()
        let id = try #require(try counter.find(parts: [("PUMP", 1)]))
        #expect(counter.prepared.last?.decision == .quote)
        let dispute = UUID()
        try counter.dispute(dispute, .open)
        // Its deadline waits with the dispute.
        try counter.bench.fire(EndEstimateByDeadline(policy: counter.policy), for: id)
        #expect(counter.estimate(id)?.status == .quote)
        try counter.dispute(dispute, .partlyUpheld, cover: Self.labour, sequence: 2)
        #expect(counter.prepared.last?.estimateId == id && counter.prepared.last?.decision == .quote)
        #expect(counter.prepared.last?.total == counter.estimate(id)?.total)
        #expect(counter.estimate(id)?.lines.first { $0.kind == .labour }?.amount.amount == 0)
        try counter.dispute(UUID(), .upheld, cover: Counter.everything, sequence: 2)
        #expect(counter.prepared.last?.estimateId == id && counter.prepared.last?.decision == EstimateDecision.none)
        #expect(counter.estimate(id)?.status == .superseded && counter.account()?.openEstimateId == nil)
        #expect(counter.bench.timers.isEmpty)
    }

    @Test("after the bill a credit note stands beside it, what was paid is given back, and the books balance")
    func credited() throws {
        var counter = try Self.billed()
        let bill = try #require(counter.account()?.bill)
        try counter.pay(bill.total)
        try counter.dispute(UUID(), .upheld, cover: Self.labour)
        let note = try #require(counter.notes.first)
        #expect(note.amount.amount == 12_000 && note.tax.amount == 679 && note.refunded.amount == 12_000)
        #expect(note.creditNoteNumber.hasPrefix("CN-") && note.billNumber == bill.number)
        #expect(counter.account()?.bill == bill && counter.finals.count == 1)
        let entry = try #require(counter.entries.first { $0.entryId == note.entryId })
        #expect(entry.reverses == note.chargeEntryId)
        #expect(counter.entries.contains { $0.entryId == note.chargeEntryId && $0.reverses == nil })
        for entry in counter.entries {
            let sides = entry.lines.reduce(0) { $0 + ($1.side == .debit ? 1 : -1) * $1.money.amount }
            #expect(sides == 0 && entry.lines.allSatisfy { $0.money.amount > 0 })
        }
        #expect(counter.balance("revenue-labour") == 0 && counter.balance(Account.receivable) == 0)
        #expect(counter.balance(Account.customerDeposits) == 0 && counter.balance(Account.refundsPayable) == -12_000)
        let rest = counter.account()?.ratedLines?.reduce(0) { $0 + $1.tax.amount }
        #expect(counter.balance(Account.taxPayable) == -(rest ?? -1))
        // Labour was expensed as charged, and is a cost of warranty now; parts stay.
        #expect(counter.balance(Account.costOfLabour) == 0 && counter.balance(Account.warrantyCost) == 9_000)
        #expect(counter.balance(Account.costOfParts) == 100)
        #expect(counter.settlement?.total.amount == 5_200 && counter.settlement?.payment == .paid)
        #expect(counter.settlement?.balance.amount == 0)
        // Another one credits what is left, from what it is rated now.
        try counter.dispute(UUID(), .upheld, cover: Counter.everything)
        #expect(counter.notes.map(\.amount.amount) == [12_000, 5_200])
        #expect(counter.balance(Account.taxPayable) == 0 && counter.balance("revenue-parts") == 0)
        #expect(counter.settlement?.payment == .refunded && counter.settlement?.total.amount == 0)
    }

    /// 60 minutes were accepted, with a part for 500.00: 670.00. 300 were worked.
    static func ranOver(_ beforeTheBill: (inout Counter) throws -> Void = { _ in }) throws -> Counter {
        var counter = Counter()
        try counter.open()
        try counter.move(.received, 10, worth: 333_330)
        try counter.accept(try #require(try counter.find(parts: [("PUMP", 1)])))
        #expect(counter.account()?.acceptedTotal == 67_000)
        try beforeTheBill(&counter)
        let usage = try counter.use(cost: 33_333)
        try counter.end(minutes: 300, usages: [usage])
        try counter.confirm()
        return counter
    }

    @Test(
        "what is covered is credited as it was billed: no other line takes its money, though the job ran over the quote"
    )
    func creditedRanOver() throws {
        var counter = try Self.ranOver()
        #expect(counter.finals.map(\.total.amount) == [67_000])
        let labour = counter.balance("revenue-labour")
        try counter.dispute(UUID(), .upheld, cover: Cover(labour: false, parts: true, travel: false))
        #expect(counter.notes.map(\.amount.amount) == [50_000])
        #expect(counter.balance("revenue-labour") == labour && counter.balance("revenue-parts") == 0)
        #expect(counter.notes[0].lines.map(\.amount.amount) == [12_000, 5_000, 0])
        #expect(counter.settlement?.total.amount == 17_000)
    }

    @Test("covered before the bill, it lowers what may be charged by what was accepted for it")
    func coveredRanOver() throws {
        let parts = Cover(labour: false, parts: true, travel: false)
        let counter = try Self.ranOver { counter in
            try counter.dispute(UUID(), .upheld, cover: parts)
            #expect(counter.settlement?.total.amount == 17_000)
        }
        #expect(counter.finals.map(\.total.amount) == [17_000])
        // More of the rest may be charged once the customer says so, though it is less than what he accepted first.
        let more = try Self.ranOver { counter in
            try counter.dispute(UUID(), .upheld, cover: parts)
            let id = try #require(try counter.find(minutes: 300, parts: [("PUMP", 1)]))
            #expect(counter.prepared.last?.decision == .quote && counter.prepared.last?.total.amount == 65_000)
            try counter.accept(id)
        }
        #expect(more.finals.map(\.total.amount) == [65_000])
    }

    @Test("what is heard of the job after the bill makes no credit smaller")
    func creditedLate() throws {
        var counter = try Self.billed()
        try counter.use("SEAL")
        try counter.dispute(UUID(), .upheld, cover: Self.labour)
        #expect(counter.notes.map(\.amount.amount) == [12_000])
    }

    @Test(
        "once nothing is disputed any more, a quote may be answered for the whole time",
        arguments: [
            DisputeStatus.rejected, .withdrawn, .partlyUpheld,
        ])
    func deadline(_ end: DisputeStatus) throws {
        var counter = Counter()
        try counter.open()
        let id = try #require(try counter.find(parts: [("PUMP", 1)]))
        let (one, other) = (UUID(), UUID())
        try counter.dispute(one, .open)
        try counter.dispute(other, .open)
        let first = try #require(counter.estimate(id)?.validUntil)
        counter.bench.now = first - 60
        try counter.dispute(one, .rejected, sequence: 2)
        #expect(counter.estimate(id)?.validUntil == first)
        try counter.dispute(other, end, cover: end == .partlyUpheld ? Self.labour : .nothing, sequence: 2)
        let whole = counter.bench.now + counter.policy.answerDeadline
        #expect(counter.estimate(id)?.validUntil == whole && counter.estimate(id)?.status == .quote)
        #expect(counter.bench.timers.filter { $0.kind == EndEstimateByDeadline.kind }.map(\.dueAt) == [whole])
        try counter.bench.fire(EndEstimateByDeadline(policy: counter.policy), for: id)
        #expect(counter.estimate(id)?.status == .lapsed)
    }

    @Test("of what is not paid less is owed; of what is paid in part first that goes")
    func owed() throws {
        var counter = try Self.billed()
        try counter.pay(7_200)
        try counter.dispute(UUID(), .upheld, cover: Self.labour)
        #expect(counter.notes.map(\.refunded.amount) == [2_000])
        #expect(counter.balance(Account.receivable) == 0 && counter.balance(Account.refundsPayable) == -2_000)
        #expect(counter.account()?.paid == 5_200)
        var unpaid = try Self.billed()
        try unpaid.dispute(UUID(), .upheld, cover: Self.labour)
        #expect(unpaid.notes.map(\.refunded.amount) == [0] && unpaid.balance(Account.receivable) == 5_200)
    }

    @Test("misuse voids the cover until it is set aside, by as much as is set aside")
    func misuse() throws {
        var counter = try Self.billed(misuse: true, cover: Counter.everything)
        #expect(counter.finals.map(\.total.amount) == [17_200])
        #expect(counter.prepared.map(\.misuse) == [true])
        try counter.dispute(UUID(), .upheld, cover: Counter.everything)
        #expect(counter.notes.isEmpty)
        try counter.dispute(UUID(), .partlyUpheld, cover: Counter.everything, despiteMisuse: Self.labour)
        #expect(counter.notes.map(\.amount.amount) == [12_000])
    }

    @Test("a dispute of an order that was cancelled moves nothing")
    func void() throws {
        var counter = try Self.accepted()
        try counter.close(.cancelled, visits: 0)
        let entries = counter.entries.count
        try counter.dispute(UUID(), .upheld, cover: Counter.everything)
        #expect(counter.entries.count == entries && counter.notes.isEmpty)
    }
}

extension Counter {
    mutating func dispute(
        _ id: UUID, _ status: DisputeStatus, cover: Cover = .nothing, despiteMisuse: Cover? = nil, sequence: Int = 1
    ) throws {
        let event = EntitlementDisputeChanged(
            disputeId: id, workOrderId: Self.order, workOrderNumber: "WO-1", customerId: UUID(), status: status,
            reason: .warranty, statement: "x", openedAt: bench.now, decideBy: bench.now,
            entitlement: Entitlement(
                kind: .none, cover: cover, responseLevel: .standard, reason: CodedReason(code: "test")),
            coverDespiteMisuse: despiteMisuse)
        try bench.receive(event, by: HearDispute(policy: policy), story: Self.order, sequence: sequence)
    }

    fileprivate var notes: [CreditNoteIssued] { bench.all(CreditNoteIssued.self) }
}
