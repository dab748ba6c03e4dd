import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

struct RoundTests {
    func closed(_ status: WorkOrderStatus, _ code: ClosureCode) -> WorkOrderClosed {
        WorkOrderClosed(
            workOrderId: uuid(100), workOrderNumber: "WO-20261116-100", status: status, closureCode: code,
            closedAt: monday,
            figures: WorkOrderFigures(
                receivedAt: monday, pausedSeconds: 0, visits: 0, reachedInProgress: false, resolvedRemotely: false,
                rework: false, serviceType: .repair))
    }

    func missed(_ offer: AssignmentOffered) -> VisitMissed {
        VisitMissed(
            visitId: offer.assignmentId, workOrderId: offer.workOrderId, engineerId: offer.engineerId,
            window: offer.proposedWindow, missedAt: offer.proposedWindow.end)
    }

    @Test("news of an order that is not known yet waits for it")
    func notYet() throws {
        var bench = DeciderBench(.dispatch, now: monday)
        let offer = AssignmentOffered(
            assignmentId: uuid(1), workOrderId: uuid(100), workOrderNumber: "", engineerId: uuid(1), round: 1,
            proposedWindow: window(0, 1), offeredAt: monday, leaseExpiresAt: monday,
            explanation: AssignmentExplanation(ruleSetVersion: 1, considered: 0, manual: false), serviceType: .repair,
            priority: .p3, problem: "")
        let waiting = EventOutcome.notYet(waitingFor: "work-order/\(uuid(100).uuidString.lowercased())")
        #expect(try bench.receive(changed(.onHold), by: FollowWorkOrder()) == waiting)
        #expect(try bench.receive(closed(.cancelled, .cancelled), by: CloseJob()) == waiting)
        #expect(try bench.receive(missed(offer), by: FreeMissedVisit()) == waiting)
        #expect(try bench.receive(ended(offer, at: monday), by: EndVisitedAssignment()) == waiting)
    }

    @Test("a promise that was changed is the one to find somebody for, unless newer news is known")
    func clocksChanged() throws {
        var company = try Company(engineers: 1)
        try company.open(opened(need: need(due: hours(3))))
        func clocks(due: Date) -> SLAClocksChanged {
            SLAClocksChanged(
                workOrderId: uuid(100), workOrderNumber: "WO-20261116-100", policyVersion: 2,
                clocks: [
                    ClockState(
                        clock: .arrival, status: .running, targetSeconds: 3_600, startedAt: monday, dueAt: due,
                        pausedSeconds: 0)
                ], changedAt: monday)
        }
        try company.bench.receive(clocks(due: hours(1)), by: FollowClocks(), sequence: 5)
        try company.bench.receive(clocks(due: hours(2)), by: FollowClocks(), sequence: 4)
        #expect(company.job()?.need?.arrivalDueAt == hours(1))
    }

    @Test("a need that is heard of after its order was closed again opens nothing")
    func closedAgain() throws {
        var company = try Company(engineers: 1)
        try company.open()
        try company.bench.receive(closed(.cancelled, .cancelled), by: CloseJob(), sequence: 5)
        // Reinstated with sequence 6, needed again with 7, cancelled with 8; the last comes first.
        try company.bench.receive(closed(.cancelled, .cancelled), by: CloseJob(), sequence: 8)
        try company.change(changed(.pendingDispatch, need: need(2, .reopened)), sequence: 7)
        #expect(company.job()?.status == .done)
    }

    @Test("an ended visit fulfils the assignment and frees the rest of its time, once")
    func visitEnded() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        company.bench.now = hours(2)
        try company.bench.receive(ended(offer, at: hours(1.5)), by: EndVisitedAssignment())
        #expect(company.status(offer) == .fulfilled && company.job()?.status == .idle)
        #expect(company.calendar(1).map(\.span.window) == [window(1, 1.5)])
        #expect(company.bench.state(Booking.self, offer.assignmentId)?.span.window == window(1, 1.5))
        try company.bench.receive(ended(offer, at: hours(1.25)), by: EndVisitedAssignment())
        #expect(company.calendar(1).map(\.span.window) == [window(1, 1.5)])
    }

    @Test("a missed visit is a no-show, and intake's next round goes to somebody else")
    func noShow() throws {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        company.bench.now = hours(2.5)
        try company.bench.receive(missed(offer), by: FreeMissedVisit())
        #expect(company.status(offer) == .noShow && company.job()?.status == .idle)
        let absent = offer.engineerId == uuid(1) ? 1 : 2
        try company.change(changed(.pendingDispatch, need: need(2, .missed, excluded: [absent])))
        try company.dispatch()
        let next = try company.lastOffer()
        #expect(next.engineerId != offer.engineerId && next.round == 2)
    }

    @Test("a new round that overtakes the news of the missed visit says the same")
    func overtakenMiss() throws {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        company.bench.now = hours(2.5)
        try company.change(changed(.pendingDispatch, need: need(2, .missed)))
        #expect(company.status(offer) == .noShow && company.job()?.status == .open)
        try company.bench.receive(missed(offer), by: FreeMissedVisit())
        #expect(company.job()?.status == .open)
        #expect(company.bench.all(AssignmentWithdrawn.self).isEmpty)
    }

    @Test("a new round that overtakes the visit's end leaves the assignment fulfilled")
    func overtakenEnd() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        company.bench.now = hours(2)
        try company.change(changed(.pendingDispatch, need: need(2, .partsReady)))
        #expect(company.status(offer) == .fulfilled)
        try company.dispatch()
        try company.bench.receive(ended(offer, .partMissing, at: hours(1.5)), by: EndVisitedAssignment())
        #expect(company.job()?.status == .offered)
        #expect(try company.lastOffer().round == 2)
    }

    @Test("a round that is not above the last known is ignored")
    func oldRound() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        try company.change(changed(.pendingDispatch, need: need(1)))
        #expect(company.job()?.status == .accepted && company.status(offer) == .accepted)
    }

    @Test("hold takes the job back, accepted or not; resume finds somebody again")
    func hold() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        try company.change(changed(.onHold, from: .accepted))
        #expect(company.bench.last(AssignmentWithdrawn.self)?.reason == .onHold)
        #expect(company.status(offer) == .withdrawn && company.job()?.status == .idle)
        #expect(company.calendar(1).isEmpty)
        try company.change(changed(.pendingDispatch, from: .onHold, need: need(2, .resumed)))
        try company.dispatch()
        #expect(try company.lastOffer().round == 2)
    }

    @Test("an offer that is held back leaves no lease behind")
    func holdOffer() throws {
        var company = try Company(engineers: 1)
        try company.open()
        try company.dispatch()
        try company.change(changed(.onHold, from: .assigned))
        #expect(company.bench.timers.isEmpty)
        let offer = try company.lastOffer()
        #expect(throws: offerIsOver(.withdrawn)) { try company.accept(offer) }
    }

    @Test("a hold that comes after the resume it preceded is old news")
    func lateHold() throws {
        var company = try Company(engineers: 1)
        _ = try company.openAndAccept()
        try company.change(changed(.pendingDispatch, from: .onHold, need: need(2, .resumed)), sequence: 8)
        #expect(company.bench.last(AssignmentWithdrawn.self)?.reason == .superseded)
        try company.change(changed(.onHold, from: .accepted), sequence: 7)
        #expect(company.job()?.status == .open)
    }

    @Test("a need that was over before it came opens nothing: the order was held, or had ended, since")
    func lateNeed() throws {
        var held = try Company(engineers: 1)
        try held.open()
        try held.change(changed(.onHold), sequence: 8)
        try held.change(changed(.pendingDispatch, from: .accepted, need: need(2, .missed)), sequence: 7)
        #expect(held.job()?.status == .idle && held.job()?.round == 2)
        try held.change(changed(.pendingDispatch, from: .onHold, need: need(3, .resumed)), sequence: 9)
        #expect(held.job()?.status == .open)
        var ended = try Company(engineers: 1)
        try ended.open()
        try ended.bench.receive(closed(.cancelled, .cancelled), by: CloseJob(), sequence: 8)
        try ended.change(changed(.pendingDispatch, from: .accepted, need: need(2, .missed)), sequence: 7)
        #expect(ended.job()?.status == .done)
        try ended.change(changed(.pendingDispatch, from: .onSite, need: need(3, .skillShort)), sequence: 9)
        #expect(ended.job()?.status == .open)
    }

    @Test("resolved from afar, nobody goes; confirmed after a visit, nothing is taken back")
    func resolved() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        try company.change(changed(.awaitingFollowUp, from: .awaitingConfirmation))
        #expect(company.status(offer) == .accepted)
        try company.change(changed(.awaitingFollowUp, from: .scheduled))
        #expect(company.bench.last(AssignmentWithdrawn.self)?.reason == .resolved)
    }

    @Test(
        "the end of the order takes everybody back, with its reason",
        arguments: [
            (WorkOrderStatus.cancelled, ClosureCode.cancelled, WithdrawReason.cancelled),
            (.merged, .merged, .merged),
        ])
    func closure(status: WorkOrderStatus, code: ClosureCode, reason: WithdrawReason) throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        try company.bench.receive(closed(status, code), by: CloseJob(), sequence: 9)
        #expect(company.bench.last(AssignmentWithdrawn.self)?.reason == reason)
        #expect(company.status(offer) == .withdrawn && company.job()?.status == .done)
        #expect(company.calendar(1).isEmpty)
    }

    @Test("an order closed after its visit leaves the assignment fulfilled, even if that news is late")
    func closedAfterVisit() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        try company.bench.receive(closed(.closed, .survey), by: CloseJob(), sequence: 9)
        #expect(company.status(offer) == .fulfilled && company.job()?.status == .done)
        #expect(company.bench.all(AssignmentWithdrawn.self).isEmpty)
    }

    @Test("a dispatcher's decision wins over the rules, and its explanation names what it breaks")
    func manual() throws {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        try company.bench.send(registration(3, skills: [], regions: ["32"]), to: RegisterAnEngineer())
        let answer = try company.bench.send(
            AssignEngineer(workOrderId: uuid(100), engineerId: uuid(3), window: window(3, 4)), to: AssignByHand())
        #expect(answer.status == "offered")
        #expect(company.bench.last(AssignmentWithdrawn.self)?.assignmentId == offer.assignmentId)
        #expect(company.bench.last(AssignmentWithdrawn.self)?.reason == .reassigned)
        let manual = try company.lastOffer()
        #expect(manual.engineerId == uuid(3) && manual.proposedWindow == window(3, 4))
        #expect(manual.explanation.manual)
        #expect(Set(manual.explanation.excluded.map(\.rule)) == ["skill", "territory", "shift"])
        #expect(manual.leaseExpiresAt == hours(2))
        try company.accept(manual)
        #expect(company.job()?.status == .accepted)
    }

    @Test("a dispatcher's choice without a window gets the engineer's first free time; again it changes nothing")
    func manualAgain() throws {
        var company = try Company(engineers: 1)
        try company.open()
        let command = AssignEngineer(workOrderId: uuid(100), engineerId: uuid(1))
        let first = try company.bench.send(command, to: AssignByHand())
        #expect(try company.lastOffer().proposedWindow == window(1, 2))
        #expect(try company.bench.send(command, to: AssignByHand()) == first)
        #expect(company.bench.all(AssignmentOffered.self).count == 1)
    }

    @Test("who has the job already and is named by a dispatcher keeps it: no plan takes it from him")
    func affirmed() throws {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        #expect(company.bench.state(Assignment.self, offer.assignmentId)?.isFree == true)
        let command = AssignEngineer(workOrderId: uuid(100), engineerId: offer.engineerId)
        #expect(try company.bench.send(command, to: AssignByHand()).status == "accepted")
        let affirmed = try #require(company.bench.state(Assignment.self, offer.assignmentId))
        #expect(affirmed.explanation.manual && !affirmed.isFree && affirmed.window == window(5, 7))
    }

    @Test("what cannot be is refused, and nothing is taken back for it")
    func manualRefusals() throws {
        var company = try Company(engineers: 2)
        let first = try company.openAndAccept()
        try company.open(opened(101))
        try company.dispatch()
        let second = try company.lastOffer()
        #expect(throws: Refusal.slotTaken) {
            try company.bench.send(
                AssignEngineer(
                    workOrderId: uuid(101), engineerId: first.engineerId, window: first.proposedWindow),
                to: AssignByHand())
        }
        #expect(company.status(second) == .offered)
        #expect(throws: Refusal.notFound("/data/engineerId", "engineer")) {
            try company.bench.send(
                AssignEngineer(workOrderId: uuid(101), engineerId: uuid(50)), to: AssignByHand())
        }
        #expect(throws: Refusal.notFound("/data/workOrderId", "work order")) {
            try company.bench.send(
                AssignEngineer(workOrderId: uuid(150), engineerId: uuid(1)), to: AssignByHand())
        }
        try company.open(opened(102, need: nil))
        let idle = #expect(throws: Refusal.self) {
            try company.bench.send(
                AssignEngineer(workOrderId: uuid(102), engineerId: uuid(1)), to: AssignByHand())
        }
        #expect(idle?.problem.code == "nobody-needed")
    }
}
