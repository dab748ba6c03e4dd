import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// What every window that people name must be: some time long, not over, and not begun long ago.
func checkedSpan(_ window: TimeWindow, now: Date, pointer: String = "/data/window") throws(Refusal) -> Span {
    let seconds = window.end.timeIntervalSince(window.start)
    guard seconds >= 60 else { throw .invalid("\(pointer)/end", "range", "expected at least a minute after start") }
    guard seconds <= 7 * 86_400 else {
        throw .invalid("\(pointer)/end", "range", "expected at most 7 days after start")
    }
    let earliest = now.addingTimeInterval(-Double(EngineerCalendar.graceForPast))
    guard window.end > now, window.start >= earliest else {
        throw .conflict("window-past", "The window lies in the past")
    }
    guard window.end < now.addingTimeInterval(366 * 86_400) else {
        throw .invalid("\(pointer)/end", "range", "expected within a year")
    }
    return Span(window)
}

extension Refusal {
    static let engineerAway = Refusal.conflict(
        "engineer-away", "The engineer is away then", detail: "dispatch.offer-slots names free times")
    static let visitBegun = Refusal.conflict("visit-begun", "The visit has begun")
    static let slotTaken = Refusal.conflict(
        "slot-taken", "The engineer has another booking then", detail: "dispatch.offer-slots names free times")
}

extension Turn {
    /// Moves an accepted assignment to a window and tells it; the first window agreed stays the original. The visit is put
    /// where in the window the engineer has room for it: what a customer asks for is what `offer-slots` could have named,
    /// while our own people may agree on evenings too.
    mutating func agree(
        _ window: TimeWindow, _ span: Span, on assignment: Assignment, _ id: UUID, by initiator: Initiator,
        occurredAt: Date?, travel: TravelTimes
    ) throws(Refusal) -> Acknowledgement {
        var assignment = assignment
        if assignment.window == window { return acknowledgement(assignment, id) }
        if assignment.hasBegun { throw .visitBegun }
        guard assignment.apply(.book) else { throw offerIsOver(assignment.status) }
        if get(Engineer.self, assignment.engineerId)?.isAway(span) ?? false { throw .engineerAway }
        let arrivals = Arrivals(within: span)
        let ahead = Arrivals(earliest: min(max(now.epoch, arrivals.earliest), arrivals.latest), latest: arrivals.latest)
        var job = get(Job.self, assignment.workOrderId)
        let place = job?.place ?? Place()
        let seconds = 60 * (job?.durationMinutes ?? Job.usualMinutes)
        let onDuty = job.flatMap { roomOnDuty(for: assignment, id, $0, ahead, by: travel) }
        if onDuty == nil, !isStaffs { throw .engineerAway }
        guard let visit = onDuty ?? room(for: assignment, id, seconds: seconds, at: place, ahead, by: travel) else {
            throw .slotTaken
        }
        let entry = CalendarEntry(
            assignmentId: id, workOrderId: assignment.workOrderId, span: visit, place: place, arrivals: arrivals,
            fetches: job.map { fetches(assignment.engineerId, for: $0) } ?? false ? true : nil)
        guard book(entry, of: assignment.engineerId) else { throw .slotTaken }
        let hasLost = moveHelpers(of: &assignment, to: entry)
        let isMove = assignment.window != nil
        assignment.window = window
        assignment.originalWindow = assignment.originalWindow ?? window
        assignment.planned = nil
        // He turns round, if he was on his way.
        assignment.departedAt = nil
        if job != nil {
            job?.promise(window, first: assignment.originalWindow ?? window)
            job.map { set($0, assignment.workOrderId) }
            note("time-agreed", about: Job.self, assignment.workOrderId)
        }
        cancel(AppointmentDue.self, for: id)
        tellBooking(
            &assignment, id, visit, rebooked: isMove, by: initiator,
            at: occurred(occurredAt, notBefore: assignment.offeredAt))
        if hasLost { tellCrew(assignment, id, booked: visit) }
        return acknowledgement(assignment, id)
    }

    /// Stores an assignment that has its window and tells it, with the time within it at which the engineer is to be there
    /// where that is not its beginning.
    mutating func tellBooking(
        _ assignment: inout Assignment, _ id: UUID, _ visit: Span, rebooked: Bool, by initiator: Initiator,
        at moment: Date
    ) {
        guard let window = assignment.window else { return }
        let isLater = DayPlanning.isWorthTelling(visit.start - Span(window).start)
        if isLater { assignment.planned = visit.window }
        set(assignment, id)
        emit(
            assignment.booked(
                id, window, original: assignment.originalWindow ?? window, rebooked: rebooked, by: initiator,
                at: moment),
            about: Assignment.self, id, story: assignment.workOrderId)
        if isLater { tellPlan(assignment, id) }
    }

    /// Tells when an engineer is to be there.
    mutating func tellPlan(_ assignment: Assignment, _ id: UUID) {
        guard let event = assignment.planned(id, at: now) else { return }
        emit(event, about: Assignment.self, id, story: assignment.workOrderId)
    }
}
