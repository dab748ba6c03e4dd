import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

struct OfferTests {
    @Test("an opened work order is offered with a lease, and its time is held")
    func offer() throws {
        var company = try Company(engineers: 1)
        try company.open()
        try company.dispatch()
        let offer = try company.lastOffer()
        #expect(offer.workOrderId == uuid(100) && offer.engineerId == uuid(1) && offer.round == 1)
        // Half an hour before he has to be there, so that another can be found.
        #expect(offer.leaseExpiresAt == hours(0.5))
        #expect(company.calendar(1).map(\.span.window) == [offer.proposedWindow])
        #expect(company.bench.state(Booking.self, offer.assignmentId)?.live == true)
        #expect(company.job()?.status == .offered)
        #expect(company.bench.timers.map(\.kind) == [OfferLease.kind])
    }

    @Test(
        "the lease is shorter the more urgent it is",
        arguments: [(Priority.p1, 0.25), (.p2, 1), (.p3, 2), (.p4, 2)])
    func lease(priority: Priority, length: Double) throws {
        var company = try Company(engineers: 1)
        var later = need()
        later.notBefore = hours(4)
        try company.open(opened(need: later, priority: priority))
        try company.dispatch()
        #expect(try company.lastOffer().leaseExpiresAt == hours(length))
    }

    @Test("a time that has passed is accepted by nobody")
    func passed() throws {
        var company = try Company(engineers: 1)
        try company.open()
        try company.dispatch()
        let offer = try company.lastOffer()
        company.bench.now = offer.proposedWindow.end
        #expect(throws: offerIsOver(.expired)) { try company.accept(offer) }
    }

    @Test("the lease of an offer made at night begins with the engineer's next shift")
    func nightLease() throws {
        var company = try Company(engineers: 1)
        company.bench.now = hours(12)
        try company.open()
        try company.dispatch()
        // The visit is the first thing in the morning: he has ten minutes to say that he cannot.
        #expect(try company.lastOffer().leaseExpiresAt == hours(24).addingTimeInterval(600))
    }

    @Test("a work order opened twice is one job, and one that needs nobody waits")
    func openedTwice() throws {
        var company = try Company(engineers: 1)
        try company.open()
        try company.dispatch()
        try company.bench.receive(opened(), by: RecordOpenedJob())
        #expect(company.job()?.status == .offered)
        try company.open(opened(101, need: nil))
        #expect(company.job(101)?.status == .idle)
    }

    @Test("accepting keeps the time, and saying it again gets the same answer")
    func accept() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        let accepted = try #require(company.bench.last(AssignmentAccepted.self))
        #expect(accepted.assignmentId == offer.assignmentId && accepted.proposedWindow == offer.proposedWindow)
        #expect(company.calendar(1).count == 1)
        #expect(company.bench.timers.map(\.kind) == [AppointmentDue.kind])
        let events = company.bench.events.count
        let again = try company.accept(offer)
        #expect(
            again
                == Acknowledgement(
                    subject: "assignment/\(offer.assignmentId.uuidString.lowercased())", version: 2, status: "accepted")
        )
        #expect(company.bench.events.count == events)
    }

    @Test("only the engineer asked may answer")
    func forbidden() throws {
        var company = try Company(engineers: 2)
        try company.open()
        try company.dispatch()
        let offer = try company.lastOffer()
        let other = offer.engineerId == uuid(1) ? uuid(2) : uuid(1)
        #expect(throws: Refusal.forbidden("The job was offered to somebody else", pointer: "/data/engineerId")) {
            try company.bench.send(
                AcceptAssignment(assignmentId: offer.assignmentId, engineerId: other), to: AcceptOffer())
        }
        #expect(throws: Refusal.self) {
            try company.bench.send(
                AcceptAssignment(assignmentId: offer.assignmentId, engineerId: offer.engineerId), to: AcceptOffer(),
                by: ("engineer", other.uuidString))
        }
        #expect(throws: Refusal.notFound("/data/assignmentId", "assignment")) {
            try company.bench.send(
                DeclineAssignment(assignmentId: uuid(77), engineerId: uuid(1), reason: .busy), to: DeclineOffer())
        }
    }

    @Test("a declined offer goes to somebody else first, and his time is free")
    func decline() throws {
        var company = try Company(engineers: 2)
        try company.open()
        try company.dispatch()
        let first = try company.lastOffer()
        try company.decline(first)
        #expect(company.bench.last(AssignmentDeclined.self)?.reason == .busy)
        #expect(company.bench.state(EngineerCalendar.self, first.engineerId)?.entries.isEmpty == true)
        #expect(company.bench.state(Booking.self, first.assignmentId)?.live == false)
        try company.dispatch()
        let second = try company.lastOffer()
        #expect(second.engineerId != first.engineerId && second.round == 1)
        #expect(second.explanation.excluded == [RuleExclusion(rule: "tried", count: 1)])
        #expect(throws: offerIsOver(.declined)) { try company.accept(first) }
    }

    @Test("an unanswered offer expires: the supervisor is told, somebody else is asked, and it is too late to accept")
    func expiry() throws {
        var company = try Company(engineers: 2)
        try company.open()
        try company.dispatch()
        let first = try company.lastOffer()
        #expect(try company.bench.fire(OfferLease(), for: first.assignmentId))
        #expect(company.bench.last(AssignmentExpired.self)?.engineerId == first.engineerId)
        let escalation = try #require(company.bench.last(DispatchEscalationRaised.self)?.escalation)
        #expect(escalation.supervisorId == uuid(900) && escalation.reason.code == "offer_expired")
        #expect(throws: Refusal.conflict("offer-expired", "The offer was not answered in time")) {
            try company.accept(first)
        }
        try company.dispatch()
        #expect(try company.lastOffer().engineerId != first.engineerId)
    }

    @Test("a lease that fires after the acceptance does nothing")
    func lateLease() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        let timer = FiredTimer(kind: OfferLease.kind, id: offer.assignmentId, dueAt: hours(2))
        var turnEvents = company.bench.events.count
        try company.bench.receive(opened(), by: FireNow(timer: timer))
        turnEvents -= company.bench.events.count
        #expect(turnEvents == 0 && company.status(offer) == .accepted)
    }

    /// Fires a timer that is not set any more, as a copy that had claimed it before does.
    struct FireNow: EventHandler {
        typealias E = WorkOrderOpened
        let timer: FiredTimer
        func decide(_ event: WorkOrderOpened, _ turn: inout Turn) -> EventOutcome {
            OfferLease().decide(timer, &turn)
            return .applied
        }
    }

    @Test("after everybody was asked nobody may go, half an hour later everybody may be asked again")
    func exhausted() throws {
        var company = try Company(engineers: 2)
        try company.open()
        for _ in 1...2 {
            try company.dispatch()
            try company.decline(company.lastOffer())
        }
        try company.dispatch()
        let impossible = try #require(company.bench.last(DispatchImpossible.self))
        #expect(impossible.emptiedBy == "tried" && impossible.candidates == 2)
        #expect(impossible.retryAt == company.bench.now.addingTimeInterval(1800))
        #expect(impossible.nearestRelaxation?.code == "relax_tried")

        try company.dispatch()
        #expect(company.bench.all(DispatchImpossible.self).count == 1)

        #expect(try company.bench.fire(RetryDispatch(), for: uuid(100)))
        #expect(company.job()?.tried == [])
        #expect(company.bench.last(DispatchEscalationRaised.self)?.escalation.reason.code == "dispatch_impossible")
        try company.dispatch()
        #expect(company.bench.all(AssignmentOffered.self).count == 3)
    }

    @Test("that nobody may go to a P1 the supervisor hears at once, the manager half an hour later, and each once")
    func urgentExhausted() throws {
        var company = try Company(engineers: 1)
        try company.open(opened(need: need(skill: 5), priority: .p1))
        for _ in 1...3 {
            try company.dispatch()
            let told = company.bench.all(DispatchEscalationRaised.self).map(\.escalation)
            #expect(told.map(\.toRole) == ["supervisor"] && told.map(\.reason.code) == ["dispatch_impossible"])
        }
        for _ in 1...3 {
            #expect(try company.bench.fire(RetryDispatch(), for: uuid(100)))
            try company.dispatch()
        }
        let told = company.bench.all(DispatchEscalationRaised.self).map(\.escalation)
        #expect(told.map(\.toRole) == ["supervisor", "manager"])
    }

    @Test("the supervisor hears of a P1 once a round, also where somebody was asked in between")
    func urgentDeclined() throws {
        var company = try Company(engineers: 1)
        try company.open(opened(priority: .p1))
        for _ in 1...3 {
            try company.dispatch()
            try company.decline(company.lastOffer())
            try company.dispatch()
            #expect(try company.bench.fire(RetryDispatch(), for: uuid(100)))
        }
        let told = company.bench.all(DispatchEscalationRaised.self).map(\.escalation)
        #expect(told.map(\.toRole) == ["supervisor", "manager"])
    }

    @Test("who cannot do it is not asked again; each time nobody is left the next one up hears, and the pause grows")
    func cycles() throws {
        var company = try Company(engineers: 2)
        try company.open()
        try company.dispatch()
        let unable = try company.lastOffer()
        try company.bench.send(
            DeclineAssignment(assignmentId: unable.assignmentId, engineerId: unable.engineerId, reason: .noSkill),
            to: DeclineOffer())
        var pauses: [TimeInterval] = []
        for _ in 1...5 {
            try company.dispatch()
            let busy = try company.lastOffer()
            #expect(busy.engineerId != unable.engineerId)
            try company.decline(busy)
            try company.dispatch()
            let impossible = try #require(company.bench.last(DispatchImpossible.self))
            pauses.append(impossible.retryAt.timeIntervalSince(company.bench.now) / 60)
            #expect(try company.bench.fire(RetryDispatch(), for: uuid(100)))
        }
        #expect(pauses == [30, 30, 60, 120, 240])
        let told = company.bench.all(DispatchEscalationRaised.self).map(\.escalation)
        #expect(told.map(\.toRole) == ["supervisor", "manager"] && told.map(\.step) == [2, 3])
        // A new round is another matter.
        try company.change(changed(.pendingDispatch, need: need(2, .resumed)))
        #expect(company.job()?.tried == [])
    }

    @Test("a job whose slot was taken while it was decided stays open, and is decided again")
    func takenMeanwhile() throws {
        var company = try Company(engineers: 1)
        _ = try company.openAndAccept()
        try company.open(opened(101))
        try company.dispatch(isBlind: true)
        #expect(company.job(101)?.status == .open && company.calendar(1).count == 1)
        #expect(company.bench.all(AssignmentOffered.self).count == 1)
        try company.dispatch()
        #expect(try company.lastOffer().proposedWindow == window(2, 3))
    }

    @Test("of two jobs for one free hour, the second gets the next")
    func twoJobs() throws {
        var company = try Company(engineers: 1)
        try company.open()
        try company.open(opened(101))
        try company.dispatch()
        #expect(company.bench.all(AssignmentOffered.self).map(\.proposedWindow) == [window(1, 2), window(2, 3)])
    }
}
