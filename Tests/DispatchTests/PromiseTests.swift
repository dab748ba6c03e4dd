import Dispatching
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

/// What was agreed with the customer belongs to the job, not to the engineer who agreed on it.
struct PromiseTests {
    /// Some engineers; one has a visit promised for 14:00 to 16:00 on Tuesday.
    private func promised(engineers: Int = 2, minutes: Int = 60) throws -> (Company, AssignmentOffered) {
        var company = try Company(engineers: engineers)
        try company.open(opened(need: need(minutes: minutes)))
        try company.dispatch()
        let offer = try company.lastOffer()
        try company.accept(offer)
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(30, 32)), to: BookAgreedSlot())
        return (company, offer)
    }

    private func other(_ offer: AssignmentOffered) -> UUID { offer.engineerId == uuid(1) ? uuid(2) : uuid(1) }

    private func broken(_ company: Company) -> [Escalation] {
        company.bench.all(DispatchEscalationRaised.self).map(\.escalation).filter {
            $0.reason.code == Escalation.promiseBroken
        }
    }

    /// Books an engineer for something else, by hand.
    private func occupy(_ engineer: UUID, _ window: TimeWindow, _ number: Int, _ company: inout Company) throws {
        let minutes = Int(window.end.timeIntervalSince(window.start) / 60)
        try company.bench.receive(
            opened(number, need: need(minutes: minutes)), by: RecordOpenedJob(), story: uuid(number))
        try company.bench.send(
            AssignEngineer(workOrderId: uuid(number), engineerId: engineer, window: window), to: AssignByHand())
    }

    @Test("reassigned without another window, the appointment stays: whoever accepts need not ask the customer")
    func reassigned() throws {
        var (company, offer) = try promised()
        try company.bench.send(
            AssignEngineer(workOrderId: uuid(100), engineerId: other(offer)), to: AssignByHand())
        let next = try company.lastOffer()
        #expect(next.agreedWindow == window(30, 32) && next.proposedWindow == window(30, 31))
        try company.accept(next)
        let booked = try #require(company.bench.last(AssignmentBooked.self))
        #expect(booked.assignmentId == next.assignmentId)
        #expect(booked.window == window(30, 32) && booked.originalWindow == window(30, 32))
        #expect(broken(company).isEmpty)
    }

    @Test("reassigned to another time by a dispatcher, the promise is broken: told, and counted as a miss")
    func anotherTime() throws {
        var (company, offer) = try promised()
        try company.bench.send(
            AssignEngineer(workOrderId: uuid(100), engineerId: other(offer), window: window(50, 52)),
            to: AssignByHand())
        let next = try company.lastOffer()
        #expect(next.agreedWindow == nil && next.proposedWindow == window(50, 51))
        let told = try #require(broken(company).first)
        #expect(broken(company).count == 1 && told.supervisorId == uuid(900))
        #expect(told.reason.parameters["windowStart"] == RFC3339.format(hours(30)))
        try company.accept(next)
        try company.bench.send(
            BookSlot(assignmentId: next.assignmentId, window: window(50, 52)), to: BookAgreedSlot())
        #expect(company.bench.last(AssignmentBooked.self)?.originalWindow == window(30, 32))
    }

    @Test("who has no time within what was agreed is refused without a window, and has it within a named one")
    func noTimeThen() throws {
        var (company, offer) = try promised()
        try occupy(other(offer), window(29, 33), 500, &company)
        let refusal = #expect(throws: Refusal.self) {
            try company.bench.send(
                AssignEngineer(workOrderId: uuid(100), engineerId: other(offer)), to: AssignByHand())
        }
        #expect(refusal?.problem.code == "no-free-time")
        #expect(company.status(offer) == .accepted)
    }

    @Test("a named window is where the visit begins; it takes as long as it takes, and no longer")
    func duration() throws {
        var company = try Company(engineers: 1)
        try company.open(opened(need: need(minutes: 120)))
        try company.bench.send(
            AssignEngineer(workOrderId: uuid(100), engineerId: uuid(1), window: window(1, 5)), to: AssignByHand())
        #expect(company.calendar(1).map(\.span.window) == [window(1, 3)])
        try company.open(opened(101, need: need(minutes: 120)))
        let minute = TimeWindow(start: hours(4), end: hours(4).addingTimeInterval(60))
        try company.bench.send(
            AssignEngineer(workOrderId: uuid(101), engineerId: uuid(1), window: minute), to: AssignByHand())
        #expect(company.calendar(1).map(\.span.window) == [window(1, 3), window(4, 6)])
    }

    @Test("after an absence the promise binds, however dear: a substitute keeps it rather than come sooner")
    func absent() throws {
        var (company, offer) = try promised(minutes: 120)
        // He has time from a quarter past two on, which lets him begin within the window.
        try occupy(other(offer), window(28, 30.25), 500, &company)
        try company.bench.send(
            SetLeave(engineerId: offer.engineerId, absences: [Absence(window: window(0, 48), kind: .sick)]),
            to: ReplaceLeave())
        try company.dispatch()
        let next = try company.lastOffer()
        #expect(next.engineerId == other(offer) && next.agreedWindow == window(30, 32))
        #expect(next.proposedWindow == window(30.25, 32.25))
        try company.accept(next)
        #expect(company.bench.last(AssignmentBooked.self)?.window == window(30, 32))
        #expect(broken(company).isEmpty)
    }

    @Test("where nobody can keep it another time is offered, the supervisor hears of it, and it counts as a miss")
    func nobody() throws {
        var (company, offer) = try promised()
        try occupy(other(offer), window(29, 33), 500, &company)
        try company.bench.send(
            SetLeave(engineerId: offer.engineerId, absences: [Absence(window: window(0, 48), kind: .sick)]),
            to: ReplaceLeave())
        try company.dispatch()
        let next = try company.lastOffer()
        #expect(next.agreedWindow == nil && !Span(window(30, 32)).contains(next.proposedWindow.start.epoch))
        #expect(broken(company).count == 1)
        try company.accept(next)
        try company.bench.send(
            BookSlot(assignmentId: next.assignmentId, window: window(52, 54)), to: BookAgreedSlot())
        #expect(company.bench.last(AssignmentBooked.self)?.originalWindow == window(30, 32))
    }

    @Test("declined by the substitute it binds the third; when its time has passed without anybody it is told once")
    func declined() throws {
        var (company, offer) = try promised(engineers: 3)
        try company.bench.send(
            AssignEngineer(workOrderId: uuid(100), engineerId: other(offer)), to: AssignByHand())
        try company.decline(company.lastOffer())
        try company.dispatch()
        #expect(try company.lastOffer().agreedWindow == window(30, 32))
        var (alone, only) = try promised(engineers: 1)
        try alone.bench.send(
            SetLeave(engineerId: only.engineerId, absences: [Absence(window: window(0, 24 * 20), kind: .sick)]),
            to: ReplaceLeave())
        try alone.dispatch()
        #expect(broken(alone).isEmpty && alone.job()?.agreedWindow == window(30, 32))
        alone.bench.now = hours(32)
        #expect(try alone.bench.fire(RetryDispatch(), for: uuid(100)))
        try alone.dispatch()
        try alone.dispatch()
        #expect(broken(alone).count == 1 && alone.job()?.agreedWindow == nil)
    }

    @Test("a visit that is over, or an order that is held, leaves no promise behind")
    func over() throws {
        var (company, offer) = try promised()
        #expect(company.job()?.agreedWindow == window(30, 32))
        company.bench.now = hours(31)
        try company.bench.receive(ended(offer, .noAccess, at: hours(31)), by: EndVisitedAssignment())
        #expect(company.job()?.agreedWindow == nil && company.job()?.originalWindow == nil)
        var (held, _) = try promised()
        try held.change(changed(.onHold, from: .scheduled))
        #expect(held.job()?.agreedWindow == nil)
    }
}
