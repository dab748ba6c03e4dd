import DomainContracts
import Foundation
import ServiceKit

/// A time is agreed with the customer, or moved.
struct NoteBooking: WorkOrderFactHandler {
    typealias E = AssignmentBooked

    func workOrderId(_ event: AssignmentBooked) -> UUID { event.workOrderId }
    func occurredAt(_ event: AssignmentBooked) -> Date { event.bookedAt }

    func apply(_ event: AssignmentBooked, to order: inout WorkOrder, _ turn: Turn) {
        var trip = order.facts[trip: event.assignmentId]
        trip.engineerId = event.engineerId
        trip.round = event.round
        // Of two bookings that crossed on their way the later one holds.
        if trip.bookedAt.map({ $0 <= event.bookedAt }) ?? true {
            trip.bookedAt = event.bookedAt
            trip.window = event.window
        }
        order.facts[trip: event.assignmentId] = trip
    }
}
