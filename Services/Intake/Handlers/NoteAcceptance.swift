import DomainContracts
import Foundation
import ServiceKit

/// An engineer took the job.
struct NoteAcceptance: WorkOrderFactHandler {
    typealias E = AssignmentAccepted

    func workOrderId(_ event: AssignmentAccepted) -> UUID { event.workOrderId }
    func occurredAt(_ event: AssignmentAccepted) -> Date { event.acceptedAt }

    func apply(_ event: AssignmentAccepted, to order: inout WorkOrder, _ turn: Turn) {
        var trip = order.facts[trip: event.assignmentId]
        trip.engineerId = event.engineerId
        trip.round = event.round
        trip.acceptedAt = event.acceptedAt
        order.facts[trip: event.assignmentId] = trip
        order.dispatchImpasse = nil
    }
}
