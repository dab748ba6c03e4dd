import DomainContracts
import Foundation
import ServiceKit

/// An offer was not answered in time; dispatch goes on within the round.
struct NoteExpiry: WorkOrderFactHandler {
    typealias E = AssignmentExpired

    func workOrderId(_ event: AssignmentExpired) -> UUID { event.workOrderId }
    func occurredAt(_ event: AssignmentExpired) -> Date { event.expiredAt }
    func reason(_ event: AssignmentExpired) -> String? { "expired" }

    func apply(_ event: AssignmentExpired, to order: inout WorkOrder, _ turn: Turn) {
        var trip = order.facts[trip: event.assignmentId]
        trip.engineerId = event.engineerId
        trip.round = event.round
        trip.lostAt = event.expiredAt
        order.facts[trip: event.assignmentId] = trip
    }
}
