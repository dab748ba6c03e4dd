import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Billing

@Suite("What findings and part requests add up to")
struct FindingTests {
    @Test("findings of several problems add up, and the customer is asked; one problem's newest counts")
    func severalProblems() throws {
        var counter = Counter()
        try counter.open()
        // A pump sells at 330.00, a seal at 30.00.
        try counter.move(.received, 10, worth: 220_000)
        try counter.move(.received, 10, worth: 20_000, part: "SEAL")
        try counter.accept(try #require(try counter.find(minutes: 60, parts: [("PUMP", 1)])))
        #expect(counter.account()?.acceptedTotal == 50_000)
        let seal = try #require(try counter.find(minutes: 30, parts: [("SEAL", 1)], problem: "P2"))
        #expect(counter.prepared.last?.decision == .quote && counter.prepared.last?.total.amount == 59_000)
        // Looked at more closely, the second one takes less.
        try counter.find(minutes: 10, parts: [("SEAL", 1)], problem: "P2")
        #expect(counter.prepared.last?.total.amount == 55_000 && counter.prepared.last?.supersedes == seal)
        try counter.accept(BillingID.estimate(forFinding: try #require(counter.prepared.last?.findingId)))
        let usages = [try counter.use("PUMP"), try counter.use("SEAL")]
        try counter.end(minutes: 90, usages: usages)
        try counter.confirm()
        #expect(counter.finals.map(\.total.amount) == [55_000])
    }

    @Test("misuse of one problem stands beside another that is none, until a finding of the same problem takes it back")
    func misuse() throws {
        var counter = Counter()
        try counter.open(Counter.everything, kind: .warranty)
        try counter.accept(try #require(try counter.find(minutes: 60, misuse: true)))
        #expect(counter.account()?.acceptedTotal == 17_000)
        try counter.find(minutes: 30, problem: "P2")
        #expect(counter.prepared.last?.misuse == true && counter.prepared.last?.decision == .quote)
        #expect(counter.prepared.last?.total.amount == 23_000)
        try counter.find(minutes: 60)
        #expect(counter.prepared.last?.misuse == false && counter.prepared.last?.total.amount == 0)
    }

    @Test("what an ended visit worked is paid beside what the next one plans")
    func secondVisit() throws {
        var counter = Counter()
        try counter.open()
        try counter.find(minutes: 60)
        try counter.end(.partMissing, minutes: 90)
        try counter.find(minutes: 60, visit: UUID())
        // 150 minutes and the way.
        #expect(counter.prepared.last?.total.amount == 35_000)
        // Of what was only planned before, all is still to be done.
        var waiting = Counter()
        try waiting.open()
        try waiting.find(minutes: 120)
        try waiting.end(.partMissing, minutes: 20)
        try waiting.find(minutes: 30, problem: "P2", visit: UUID())
        #expect(waiting.prepared.last?.total.amount == 35_000)
    }

    @Test("a remedy that was refused is in no later quote; that it was misuse stays a fact")
    func refused() throws {
        var counter = Counter()
        try counter.open(Counter.everything, kind: .warranty)
        try counter.accept(try #require(try counter.find(minutes: 60, misuse: true)))
        try counter.refuse(try #require(try counter.find(minutes: 240, misuse: true, problem: "P2")))
        try counter.need([("SEAL", 1)])
        // An hour, the way, and a part that was never bought.
        #expect(counter.prepared.last?.total.amount == 27_000 && counter.prepared.last?.misuse == true)
        // The newest of a problem refused, what was accepted of it counts.
        try counter.refuse(try #require(try counter.find(minutes: 600, misuse: true)))
        #expect(counter.account()?.remedies.map(\.minutes) == [60])
    }

    @Test("parts that came back, or were given up, are in no later quote", arguments: [true, false])
    func returned(isReturned: Bool) throws {
        var counter = Counter()
        try counter.open()
        try counter.find()
        let request = try counter.need([("PUMP", 2)])
        // An hour, the way, and two parts that were never bought.
        #expect(counter.prepared.last?.total.amount == 37_000)
        try counter.hear(of: request, 2, returned: isReturned ? 1 : 0, released: isReturned ? 0 : 1)
        try counter.need([("SEAL", 1)])
        #expect(counter.prepared.last?.total.amount == 37_000)
        try counter.hear(of: request, 2, returned: isReturned ? 2 : 0, released: isReturned ? 0 : 2)
        try counter.find()
        #expect(counter.prepared.last?.total.amount == 27_000)
        // Older news asks for nothing again.
        try counter.hear(of: request, 2)
        try counter.find()
        #expect(counter.prepared.last?.total.amount == 27_000)
    }

    @Test("what was used of a request stays in the quote before its use is heard of, and is counted once after")
    func used() throws {
        var counter = Counter()
        try counter.open()
        try counter.find()
        let request = try counter.need([("PUMP", 2)])
        try counter.hear(of: request, 2, returned: 1, consumed: 1)
        try counter.find()
        #expect(counter.prepared.last?.total.amount == 27_000)
        try counter.use("PUMP")
        try counter.find()
        #expect(counter.prepared.last?.total.amount == 27_000)
    }

    @Test("a request that is settled before it is heard of adds nothing")
    func settledFirst() throws {
        var counter = Counter()
        try counter.open()
        let request = UUID()
        try counter.hear(of: request, released: 1)
        try counter.need([("PUMP", 1)], request: request)
        #expect(counter.prepared.last?.total.amount == 17_000)
    }

    @Test("parts whose price was refused are in no later quote, nor are those of the quote whose place that one took")
    func refusedParts() throws {
        var counter = Counter()
        try counter.open()
        try counter.accept(try #require(try counter.find()))
        try counter.need([("PUMP", 1)])
        let second = try counter.need([("VALVE", 1)])
        try counter.refuse(BillingID.estimate(forPartRequest: second))
        try counter.need([("SEAL", 1)])
        #expect(counter.prepared.last?.total.amount == 27_000)
        // Nor do they come back with news of them.
        try counter.hear(of: second, 1, "VALVE")
        try counter.find()
        #expect(counter.prepared.last?.total.amount == 27_000)
    }

    @Test("a quote that our approver rejects asks for nothing later either")
    func rejectedParts() throws {
        var counter = Counter()
        try counter.open()
        try counter.move(.received, 1, worth: 4_000_000)
        let request = try counter.need([("PUMP", 1)])
        try counter.bench.send(
            RejectEstimate(estimateId: BillingID.estimate(forPartRequest: request), reason: "x"),
            to: RejectByApprover(policy: counter.policy))
        try counter.find()
        #expect(counter.prepared.last?.total.amount == 17_000 && counter.prepared.last?.decision == .quote)
    }

    @Test("an account of before findings were kept is read, and the next finding describes the job")
    func olderAccount() throws {
        var counter = Counter()
        try counter.open(Counter.everything, kind: .warranty)
        let account = try #require(counter.account())
        let written = try JSONSerialization.jsonObject(with: WireJSON.encoder().encode(account))
        var document = try #require(written as? [String: Any])
        document["plan"] = [
            "recordedAt": RFC3339.format(counter.bench.now), "misuse": true, "minutes": 90, "parts": [Any](),
        ]
        let old = try WireJSON.decoder().decode(
            OrderAccount.self, from: JSONSerialization.data(withJSONObject: document))
        #expect(old.isMisused == true && old.estimatedMinutes == 90)
        counter.bench.put(old, Counter.order)
        try counter.find(minutes: 30)
        #expect(counter.account()?.isMisused == false && counter.account()?.estimatedMinutes == 30)
    }

    @Test(
        "work after an order was cancelled shows that it was reinstated: what it costs is asked",
        arguments: [true, false])
    func reinstated(isFinding: Bool) throws {
        var counter = Counter()
        try counter.open()
        try counter.close(.cancelled)
        #expect(counter.account()?.charge == .void)
        counter.bench.now += 900
        let estimate: UUID
        if isFinding {
            estimate = try #require(try counter.find(parts: [("PUMP", 1)]))
        } else {
            estimate = BillingID.estimate(forPartRequest: try counter.need([("PUMP", 1)]))
        }
        #expect(counter.prepared.last?.decision == .quote && counter.settlement?.charge == .estimated)
        try counter.accept(estimate)
        let usage = try counter.use()
        try counter.end(usages: [usage])
        try counter.confirm()
        #expect(counter.finals.map(\.total.amount) == (isFinding ? [27_000] : []))
        // Cancelled once more, it is void once more.
        var again = Counter()
        try again.open()
        try again.close(.cancelled)
        again.bench.now += 900
        try again.find()
        again.bench.now += 900
        try again.close(.cancelled, sequence: 2)
        #expect(again.account()?.charge == .void && again.prepared.last?.reason.code == "order-void")
    }

    @Test("a finding after the bill leaves its cover as it was: a dispute gives back what the bill charged")
    func afterTheBill() throws {
        var counter = try DisputeTests.billed()
        try counter.find(misuse: true)
        #expect(counter.prepared.last?.reason.code == "charge-final")
        try counter.dispute(UUID(), .upheld, cover: DisputeTests.labour)
        #expect(counter.bench.all(CreditNoteIssued.self).map(\.amount.amount) == [12_000])
    }
}
