import DomainContracts
import Foundation
import ServiceKit

/// The engineer is on site: the visit has begun.
struct NoteArrival: EventHandler {
    func keys(_ event: VisitCheckedIn, _ keys: inout Keys) {
        keys.need(Assignment.self, event.visitId)
        keys.need(Booking.self, event.visitId)
        keys.need(EngineerCalendar.self, event.engineerId)
    }

    func decide(_ event: VisitCheckedIn, _ turn: inout Turn) -> EventOutcome {
        turn.begin(event.visitId, at: event.checkedInAt)
        return .applied
    }
}
