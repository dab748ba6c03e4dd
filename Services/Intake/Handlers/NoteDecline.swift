import DomainContracts
import Foundation
import ServiceKit

/// An engineer did not take the job; dispatch goes on within the round.
struct NoteDecline: WorkOrderFactHandler {
    typealias E = AssignmentDeclined

    func workOrderId(_ event: AssignmentDeclined) -> UUID { event.workOrderId }
    func occurredAt(_ event: AssignmentDeclined) -> Date { event.declinedAt }
    func reason(_ event: AssignmentDeclined) -> String? { event.reason.rawValue }

    func apply(_ event: AssignmentDeclined, to order: inout WorkOrder, _ turn: Turn) {
        var trip = order.facts[trip: event.assignmentId]
        trip.engineerId = event.engineerId
        trip.round = event.round
        trip.lostAt = event.declinedAt
        order.facts[trip: event.assignmentId] = trip
    }
}
