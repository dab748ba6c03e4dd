import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// The time of a visit is over and its engineer is still at it: he is booked for longer, so that nobody counts on him before and
/// the day plan gives to others what he cannot make.
struct VisitOverrun: TimerHandler {
    static let kind = "visit-overrun"
    /// Nobody works for longer: that the visit has ended was never said, and until somebody says it the order stands still.
    private static let longest: TimeInterval = 12 * 3600

    func keys(_ timer: FiredTimer, _ keys: inout Keys) {
        keys.need(Assignment.self, timer.id)
        keys.need(Booking.self, timer.id)
    }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard let assignment = turn.get(Assignment.self, timer.id), assignment.status == .accepted,
            let arrivedAt = assignment.arrivedAt
        else { return }
        let taken = turn.now.timeIntervalSince(arrivedAt)
        guard taken < Self.longest else {
            turn.escalate(
                assignment.workOrderId, assignment.workOrderNumber, engineerId: assignment.engineerId,
                CodedReason(
                    code: "visit_not_ended",
                    parameters: ["visitId": timer.id.text, "arrivedAt": RFC3339.format(arrivedAt)]))
            return
        }
        let until = min(
            turn.now.addingTimeInterval(Self.more(after: taken)), arrivedAt.addingTimeInterval(Self.longest))
        turn.prolong(timer.id, of: assignment.engineerId, until: until.epoch)
        for helper in assignment.helpers ?? [] {
            turn.prolong(helper.bookingId, of: helper.engineerId, until: until.epoch)
        }
        turn.schedule(VisitOverrun.self, for: timer.id, at: until)
    }

    /// How much longer it is thought to take: the longer it took, the longer it takes, and half an hour at least.
    static func more(after taken: TimeInterval) -> TimeInterval { max(30 * 60, taken / 2) }
}

extension Turn {
    fileprivate mutating func prolong(_ bookingId: UUID, of engineerId: UUID, until moment: Int) {
        var calendar = get(EngineerCalendar.self, engineerId) ?? EngineerCalendar()
        guard let entry = calendar.prolong(bookingId, until: moment) else { return }
        set(calendar, engineerId)
        guard var booking = get(Booking.self, bookingId), booking.endsAtEpoch != entry.span.end else { return }
        booking.endsAtEpoch = entry.span.end
        set(booking, bookingId)
    }
}
