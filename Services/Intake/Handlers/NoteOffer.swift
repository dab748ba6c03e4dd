import DomainContracts
import Foundation
import ServiceKit

/// An engineer was offered the job.
struct NoteOffer: WorkOrderFactHandler {
    typealias E = AssignmentOffered

    func workOrderId(_ event: AssignmentOffered) -> UUID { event.workOrderId }
    func occurredAt(_ event: AssignmentOffered) -> Date { event.offeredAt }

    func apply(_ event: AssignmentOffered, to order: inout WorkOrder, _ turn: Turn) {
        var trip = order.facts[trip: event.assignmentId]
        trip.engineerId = event.engineerId
        trip.round = event.round
        trip.offeredAt = event.offeredAt
        if event.explanation.manual { trip.assignedByHandAt = event.offeredAt }
        order.facts[trip: event.assignmentId] = trip
        order.dispatchImpasse = nil
    }
}
