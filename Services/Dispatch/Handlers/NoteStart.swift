import DomainContracts
import Foundation
import ServiceKit

/// Work began: whoever works is there, should that news be on its way still.
struct NoteStart: EventHandler {
    func keys(_ event: VisitStarted, _ keys: inout Keys) {
        keys.need(Assignment.self, event.visitId)
        keys.need(Booking.self, event.visitId)
        keys.need(EngineerCalendar.self, event.engineerId)
    }

    func decide(_ event: VisitStarted, _ turn: inout Turn) -> EventOutcome {
        turn.begin(event.visitId, at: event.startedAt)
        return .applied
    }
}
