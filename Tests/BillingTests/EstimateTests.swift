import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Billing

@Suite("Estimates")
struct EstimateTests {
    @Test("what is covered needs nobody's word")
    func covered() throws {
        var counter = Counter()
        try counter.open(Counter.everything, kind: .warranty)
        try counter.find()
        #expect(counter.prepared.map(\.decision) == [.none])
        #expect(counter.prepared[0].total.amount == 0)
        #expect(counter.prepared[0].reason.code == "covered")
    }

    @Test("what is not covered is quoted with the whole order's total, tax contained")
    func quoted() throws {
        var counter = Counter()
        try counter.open()
        try counter.move(.received, 10, worth: 10_000)
        try counter.find(minutes: 90, parts: [("PUMP", 2)])
        let estimate = try #require(counter.prepared.first)
        // 90 minutes at 120.00, travel 50.00, two pieces at 10.00 × 1.5.
        #expect(estimate.lines.map(\.amount.amount) == [18_000, 5_000, 3_000])
        #expect(estimate.lines.map(\.tax.amount) == [1_019, 283, 345])
        #expect(estimate.total.amount == 26_000)
        #expect(estimate.decision == .quote)
        #expect(counter.settlement?.charge == .estimated)
    }

    @Test("misuse is never covered, rework always is unless it is misuse")
    func misuseAndRework() throws {
        var misuse = Counter()
        try misuse.open(Counter.everything, kind: .contract)
        try misuse.find(misuse: true)
        #expect(misuse.prepared[0].decision == .quote)
        #expect(misuse.prepared[0].reason.code == "misuse")
        var rework = Counter()
        try rework.open(Counter.nothing, reworkOf: UUID())
        try rework.find()
        #expect(rework.prepared[0].decision == .none)
        try rework.find(misuse: true)
        #expect(rework.prepared[1].decision == .quote)
    }

    @Test("a finding told twice is answered once; one whose order is unknown waits for it")
    func once() throws {
        var counter = Counter()
        let finding = UUID()
        #expect(try counter.find(finding: finding) == nil)
        #expect(counter.prepared.isEmpty)
        try counter.open()
        try counter.find(finding: finding)
        try counter.find(finding: finding)
        #expect(counter.prepared.count == 1)
    }

    @Test("a finding on a cancelled order is answered too: nothing, and why")
    func cancelled() throws {
        var counter = Counter()
        try counter.open()
        try counter.close(.cancelled)
        try counter.find()
        #expect(counter.prepared.map(\.decision) == [.none])
        #expect(counter.prepared[0].reason.code == "order-void")
    }

    @Test("what stays within the accepted total is not asked again; what exceeds it is")
    func withinAccepted() throws {
        var counter = Counter()
        try counter.open()
        let first = try #require(try counter.find(minutes: 60))
        try counter.accept(first)
        #expect(counter.settlement?.charge == .accepted)
        try counter.find(minutes: 45)
        #expect(counter.prepared[1].decision == .none)
        #expect(counter.prepared[1].reason.code == "within-accepted")
        try counter.need([("SEAL", 1)])
        #expect(counter.prepared[2].decision == .quote)
        #expect(counter.settlement?.charge == .estimated)
    }

    @Test("parts that are planned and asked for are charged once")
    func plannedAndAsked() throws {
        var counter = Counter()
        try counter.open()
        try counter.find(minutes: 60, parts: [("SEAL", 2)])
        try counter.need([("SEAL", 2)])
        #expect(counter.prepared[0].total == counter.prepared[1].total)
    }

    @Test("what costs us much goes to our approver first, and then to the customer")
    func approval() throws {
        var counter = Counter()
        try counter.open()
        try counter.move(.received, 10, worth: 4_000_000)
        let id = try #require(try counter.find(parts: [("PUMP", 1)]))
        #expect(counter.prepared[0].decision == .approval)
        #expect(throws: Refusal.conflict("awaits-approval", "The estimate does not wait for this answer")) {
            try counter.accept(id)
        }
        try counter.bench.send(ApproveEstimate(estimateId: id), to: ApproveByApprover(policy: counter.policy))
        #expect(counter.bench.last(EstimateApproved.self)?.decision == .quote)
        try counter.accept(id)
        #expect(counter.bench.last(QuoteAccepted.self)?.total == counter.prepared[0].total)
        // The same cost again needs no second approval.
        try counter.find(parts: [("PUMP", 1)])
        #expect(counter.prepared[1].decision == .none)
    }

    @Test("an approval that costs the customer nothing lets the work go on")
    func approvedCovered() throws {
        var counter = Counter()
        try counter.open(Counter.everything)
        try counter.move(.received, 10, worth: 4_000_000)
        let id = try #require(try counter.find(parts: [("PUMP", 1)]))
        try counter.bench.send(ApproveEstimate(estimateId: id), to: ApproveByApprover(policy: counter.policy))
        #expect(counter.bench.last(EstimateApproved.self)?.decision == EstimateDecision.none)
        #expect(counter.estimate(id)?.status == .approved)
    }

    @Test("an approval nobody gave in three days is rejected; on the way it is escalated")
    func approvalDeadline() throws {
        var counter = Counter()
        counter.policy.approvalLimit = 0
        try counter.open()
        let id = try #require(try counter.find())
        let asked = counter.bench.now
        #expect(try counter.bench.fire(EscalateWaitingApproval(), for: id))
        #expect(counter.bench.now.timeIntervalSince(asked) == 24 * 3600)
        let told = try #require(counter.bench.last(BillingEscalationRaised.self))
        #expect(told.estimateId == id && told.escalation.toRole == "manager")
        #expect(told.escalation.reason.code == "approval_awaited")
        #expect(try counter.bench.fire(EndEstimateByDeadline(policy: counter.policy), for: id))
        #expect(counter.bench.now.timeIntervalSince(asked) == 72 * 3600)
        #expect(counter.bench.last(EstimateRejected.self)?.reason == "deadline")
    }

    @Test("who leaves because nobody goes again takes his open quote with him: a yes to it would buy nothing")
    func concludedVisit() throws {
        for (reason, isGivenUp) in [
            (VisitEndReason.quoteRefused, true), (.cannotBeDone, true), (.needsQuote, false), (.partMissing, false),
        ] {
            var counter = Counter()
            try counter.open()
            let id = try #require(try counter.find(parts: [("PUMP", 1)]))
            #expect(counter.estimate(id)?.status == .quote)
            // Another's end leaves it where it is.
            try counter.end(reason, visit: UUID())
            #expect(counter.estimate(id)?.status == .quote)
            try counter.end(reason)
            #expect(counter.estimate(id)?.status == (isGivenUp ? .superseded : .quote))
            #expect((counter.account()?.openEstimateId == nil) == isGivenUp)
            #expect((counter.prepared.last?.reason.code == "visit-concluded") == isGivenUp)
            if isGivenUp { #expect(throws: Refusal.self) { try counter.accept(id) } }
        }
    }

    @Test("our approver's no needs a reason and is told")
    func rejected() throws {
        var counter = Counter()
        counter.policy.approvalLimit = 0
        try counter.open()
        let id = try #require(try counter.find())
        let handler = RejectByApprover(policy: counter.policy)
        #expect(throws: Refusal.self) {
            try counter.bench.send(RejectEstimate(estimateId: id, reason: ""), to: handler)
        }
        try counter.bench.send(RejectEstimate(estimateId: id, reason: "too dear"), to: handler)
        #expect(counter.bench.last(EstimateRejected.self)?.reason == "too dear")
    }

    @Test("accepted or lapsed, whichever comes first holds")
    func acceptAgainstLapse() throws {
        var accepted = Counter()
        try accepted.open()
        let first = try #require(try accepted.find())
        try accepted.accept(first)
        #expect(accepted.bench.timers.isEmpty)
        #expect(try accepted.accept(first).status == "accepted")
        #expect(accepted.bench.all(QuoteAccepted.self).count == 1)
        var lapsed = Counter()
        try lapsed.open()
        let second = try #require(try lapsed.find())
        #expect(try lapsed.bench.fire(EndEstimateByDeadline(policy: lapsed.policy), for: second))
        #expect(lapsed.bench.last(QuoteRefused.self)?.reason == "deadline")
        #expect(throws: Refusal.conflict("lapsed", "The estimate does not wait for this answer")) {
            try lapsed.accept(second)
        }
    }

    @Test("a newer estimate takes an unanswered one's place")
    func superseded() throws {
        var counter = Counter()
        try counter.open()
        let old = try #require(try counter.find())
        let new = try #require(try counter.find(minutes: 120))
        #expect(counter.estimate(old)?.status == .superseded)
        #expect(counter.bench.last(EstimatePrepared.self)?.supersedes == old)
        #expect(throws: Refusal.self) { try counter.accept(old) }
        try counter.accept(new)
        #expect(counter.account()?.acceptedTotal == 29_000)
    }

    @Test("an estimate that a cancelled order gives up asks for nobody's word any more")
    func givenUp() throws {
        var counter = Counter()
        try counter.open()
        let id = try #require(try counter.find())
        try counter.close(.cancelled)
        let told = try #require(counter.bench.last(EstimatePrepared.self))
        #expect(told.estimateId == id && told.decision == .none && told.reason.code == "order-void")
        #expect(counter.estimate(id)?.status == .superseded)
    }

    @Test("a customer's word by channel needs the token of his own link")
    func token() throws {
        var counter = Counter()
        try counter.open()
        let id = try #require(try counter.find())
        func token(_ purpose: SignedLink.Purpose, _ subject: UUID) -> String {
            Counter.links.token(
                for: SignedLink(
                    purpose: purpose, subject: subject.uuidString.lowercased(),
                    expires: Date(timeIntervalSince1970: 3_600)))
        }
        let handler = TakeAcceptedQuote(policy: counter.policy, door: counter.door)
        let wrong = [nil, "x", token("accept-quote", UUID()), token("refuse-quote", id)]
        for token in wrong {
            #expect(throws: Refusal.self) {
                try counter.bench.send(
                    AcceptQuote(estimateId: id, token: token), to: handler, by: ("customer", "c"), channel: "wechat")
            }
        }
        try counter.bench.send(
            AcceptQuote(estimateId: id, token: token("accept-quote", id)), to: handler, by: ("customer", "c"),
            channel: "wechat")
        #expect(counter.estimate(id)?.status == .accepted)
    }
}
