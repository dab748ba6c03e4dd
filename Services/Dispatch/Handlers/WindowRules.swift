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
    static let slotTaken = Refusal.conflict(
        "slot-taken", "The engineer has another booking then", detail: "dispatch.offer-slots names free times")
}

extension Turn {
    /// Moves an accepted assignment to a window and tells it; the first window agreed stays the original.
    mutating func agree(
        _ window: TimeWindow, _ span: Span, on assignment: Assignment, _ id: UUID, by initiator: Initiator,
        occurredAt: Date?
    ) throws(Refusal) -> Acknowledgement {
        var assignment = assignment
        if assignment.window == window { return acknowledgement(assignment, id) }
        guard assignment.apply(.book) else { throw offerIsOver(assignment.status) }
        if get(Engineer.self, assignment.engineerId)?.isAway(span) ?? false { throw .engineerAway }
        let place = get(Job.self, assignment.workOrderId)?.place ?? Place()
        guard book(span, assignment.workOrderId, place, of: assignment.engineerId, for: id) else { throw .slotTaken }
        let isMove = assignment.window != nil
        assignment.window = window
        assignment.originalWindow = assignment.originalWindow ?? window
        set(assignment, id)
        cancel(AppointmentDue.self, for: id)
        emit(
            assignment.booked(
                id, window, original: assignment.originalWindow ?? window, rebooked: isMove, by: initiator,
                at: occurred(occurredAt, notBefore: assignment.offeredAt)),
            about: Assignment.self, id, story: assignment.workOrderId)
        return acknowledgement(assignment, id)
    }
}
