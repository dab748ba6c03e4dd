import Dispatching
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

/// A visit that has begun is its engineer's, whatever anybody plans, agrees on or orders.
struct BegunVisitTests {
    /// Engineers 1 and 2; one of them has a visit promised for 13:00 to 15:00, and comes at noon.
    private func begun(at moment: Date = hours(4)) throws -> (Company, AssignmentOffered) {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        company.bench.now = moment
        try company.bench.receive(checkedIn(offer, at: moment), by: NoteArrival())
        return (company, offer)
    }

    private func other(_ offer: AssignmentOffered) -> UUID { offer.engineerId == uuid(1) ? uuid(2) : uuid(1) }

    @Test("who is there is booked from then on, for as long as the visit takes or until his next one")
    func booked() throws {
        let (company, offer) = try begun()
        #expect(
            company.bench.state(EngineerCalendar.self, offer.engineerId)?.entries.map(\.span.window) == [window(4, 5)])
        #expect(company.bench.state(Booking.self, offer.assignmentId)?.span.window == window(4, 5))
        #expect(company.bench.state(Assignment.self, offer.assignmentId)?.isFree == false)
        let calendar = EngineerCalendar(entries: [
            entry(1, window(1, 2)), entry(2, window(3, 4)), entry(3, window(5, 6)),
        ])
        #expect(calendar.room(from: hours(2.5).epoch, seconds: 3600, except: uuid(3)) == Span(window(2.5, 3)))
        #expect(calendar.room(from: hours(1.5).epoch, seconds: 3600, except: uuid(3)) == nil)
        #expect(calendar.room(from: hours(4.5).epoch, seconds: 3600, except: uuid(3)) == Span(window(4.5, 5.5)))
    }

    private func entry(_ number: Int, _ window: TimeWindow) -> CalendarEntry {
        CalendarEntry(assignmentId: uuid(number), workOrderId: uuid(100), span: Span(window), place: Place())
    }

    @Test("that work began tells as much, should it be heard first; the earlier news counts")
    func started() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        company.bench.now = hours(5.5)
        try company.bench.receive(
            VisitStarted(
                visitId: offer.assignmentId, workOrderId: offer.workOrderId, engineerId: offer.engineerId,
                startedAt: hours(5.25)), by: NoteStart())
        #expect(company.bench.state(Assignment.self, offer.assignmentId)?.arrivedAt == hours(5.25))
        try company.bench.receive(checkedIn(offer, at: hours(5.1)), by: NoteArrival())
        #expect(company.bench.state(Assignment.self, offer.assignmentId)?.arrivedAt == hours(5.1))
        #expect(company.calendar(1).first?.span.start == hours(5.1).epoch)
    }

    @Test("nobody agrees on another time, gives it to another, or takes it away for his absence")
    func refused() throws {
        var (company, offer) = try begun()
        #expect(throws: Refusal.visitBegun) {
            try company.bench.send(
                BookSlot(assignmentId: offer.assignmentId, window: window(6, 8)), to: BookAgreedSlot())
        }
        #expect(throws: Refusal.visitBegun) {
            try company.bench.send(
                RebookSlot(workOrderId: uuid(100), window: window(26, 28), initiatedBy: .company),
                to: MoveSlot(links: LinkSigner(secret: String(repeating: "s", count: 32))))
        }
        #expect(throws: Refusal.visitBegun) {
            try company.bench.send(
                AssignEngineer(workOrderId: uuid(100), engineerId: other(offer)), to: AssignByHand())
        }
        try company.bench.send(
            SetLeave(engineerId: offer.engineerId, absences: [Absence(window: window(3, 48), kind: .sick)]),
            to: ReplaceLeave())
        #expect(company.status(offer) == .accepted)
        #expect(company.bench.last(EngineerAbsent.self)?.visitsGivenAway == 0)
        #expect(company.bench.all(AssignmentWithdrawn.self).isEmpty)
        // The customer is asked once whether it is good, and nobody else comes.
        try company.bench.receive(ended(offer, at: hours(5)), by: EndVisitedAssignment())
        #expect(company.status(offer) == .fulfilled && company.job()?.status == .idle)
    }

    @Test("given to another while he was arriving, it is his again: work wins, and the other is called off")
    func takenBackTooLate() throws {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        try company.bench.send(
            AssignEngineer(workOrderId: uuid(100), engineerId: other(offer)), to: AssignByHand())
        let second = try company.lastOffer()
        try company.accept(second)
        company.bench.now = hours(5)
        try company.bench.receive(checkedIn(offer, at: hours(4.9)), by: NoteArrival())
        #expect(company.status(offer) == .accepted && company.status(second) == .withdrawn)
        #expect(company.bench.last(AssignmentWithdrawn.self)?.assignmentId == second.assignmentId)
        #expect(company.job()?.activeAssignmentId == offer.assignmentId && company.job()?.status == .accepted)
        #expect(company.bench.state(EngineerCalendar.self, second.engineerId)?.entries.isEmpty == true)
        #expect(company.bench.state(Booking.self, offer.assignmentId)?.live == true)
        try company.bench.receive(ended(offer, at: hours(6)), by: EndVisitedAssignment())
        #expect(company.status(offer) == .fulfilled && company.job()?.status == .idle)
        // Of an order that has ended the news changes nothing.
        var held = try Company(engineers: 1)
        let once = try held.openAndAccept()
        try held.change(changed(.onHold, from: .accepted))
        try held.bench.receive(checkedIn(once, at: hours(1)), by: NoteArrival())
        #expect(held.status(once) == .withdrawn && held.job()?.status == .idle)
    }

    @Test("who is on his way and is given another time turns round: the plan may move him again")
    func turnedRound() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(1, 3)), to: BookAgreedSlot())
        try company.bench.receive(
            VisitDeparted(
                visitId: offer.assignmentId, workOrderId: offer.workOrderId, engineerId: offer.engineerId,
                departedAt: hours(0.5), window: window(1, 3)), by: NoteDeparture())
        #expect(company.bench.state(Assignment.self, offer.assignmentId)?.isFree == false)
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(26, 28)), to: BookAgreedSlot())
        #expect(company.bench.state(Assignment.self, offer.assignmentId)?.isFree == true)
        // The news that he had set out for the old time may come after that.
        try company.bench.receive(
            VisitDeparted(
                visitId: offer.assignmentId, workOrderId: offer.workOrderId, engineerId: offer.engineerId,
                departedAt: hours(0.75), window: window(1, 3)), by: NoteDeparture())
        #expect(company.bench.state(Assignment.self, offer.assignmentId)?.departedAt == nil)
    }

    @Test(
        "who is still at it when his time is over is booked for longer, up to his next visit; what comes after it knows"
    )
    func overrun() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(1, 3)), to: BookAgreedSlot())
        try company.open(opened(101))
        try company.bench.send(
            AssignEngineer(workOrderId: uuid(101), engineerId: uuid(1), window: window(4, 6)), to: AssignByHand())
        company.bench.now = hours(1)
        try company.bench.receive(checkedIn(offer, at: hours(1)), by: NoteArrival())
        #expect(company.bench.timers.contains { $0.kind == VisitOverrun.kind && $0.dueAt == hours(2) })
        company.bench.now = hours(2)
        #expect(try company.bench.fire(VisitOverrun(), for: offer.assignmentId))
        #expect(company.calendar(1).map(\.span.window) == [window(1, 2.5), window(4, 5)])
        #expect(company.bench.state(Booking.self, offer.assignmentId)?.span.window == window(1, 2.5))
        #expect(company.bench.timers.contains { $0.kind == VisitOverrun.kind && $0.dueAt == hours(2.5) })
        company.bench.now = hours(3.5)
        #expect(try company.bench.fire(VisitOverrun(), for: offer.assignmentId))
        // Two and a half hours took him so far: he is thought to need half as long again, and his next visit begins before.
        #expect(company.calendar(1).map(\.span.window) == [window(1, 4), window(4, 5)])
        #expect(company.calendar(1).first?.expected.window == window(1, 4.75))
        company.bench.now = hours(4.5)
        try company.bench.receive(ended(offer, at: hours(4.25)), by: EndVisitedAssignment())
        #expect(company.calendar(1).first?.expected.window == window(1, 4))
        #expect(!company.bench.timers.contains { $0.kind == VisitOverrun.kind })
    }

    @Test("a visit whose end nobody ever told keeps nobody booked for ever, and his supervisor hears of it, once")
    func forgotten() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        company.bench.now = hours(1)
        try company.bench.receive(checkedIn(offer, at: hours(1)), by: NoteArrival())
        company.bench.now = hours(14)
        #expect(try company.bench.fire(VisitOverrun(), for: offer.assignmentId))
        #expect(company.calendar(1).map(\.span.window) == [window(1, 2)])
        #expect(!company.bench.timers.contains { $0.kind == VisitOverrun.kind })
        let told = company.bench.all(DispatchEscalationRaised.self).map(\.escalation)
        #expect(told.map(\.reason.code) == ["visit_not_ended"] && told.first?.engineerId == offer.engineerId)
        #expect(told.first?.reason.parameters["visitId"] == offer.assignmentId.text)
    }

    @Test("that is twelve hours after he came, however often he was booked for longer on the way")
    func twelveHours() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        company.bench.now = hours(1)
        try company.bench.receive(checkedIn(offer, at: hours(1)), by: NoteArrival())
        for _ in 1...20 { try company.bench.fire(VisitOverrun(), for: offer.assignmentId) }
        #expect(company.bench.all(DispatchEscalationRaised.self).map(\.escalation.raisedAt) == [hours(13)])
    }
}
