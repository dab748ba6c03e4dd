import DomainContracts
import Foundation
import ServiceKit

/// Dispatch took a job back. An engineer who is on site already stays.
struct NoteWithdrawal: WorkOrderFactHandler {
    typealias E = AssignmentWithdrawn

    func workOrderId(_ event: AssignmentWithdrawn) -> UUID { event.workOrderId }
    func occurredAt(_ event: AssignmentWithdrawn) -> Date { event.withdrawnAt }
    func reason(_ event: AssignmentWithdrawn) -> String? { event.reason.rawValue }

    func apply(_ event: AssignmentWithdrawn, to order: inout WorkOrder, _ turn: Turn) {
        var trip = order.facts[trip: event.assignmentId]
        trip.engineerId = event.engineerId
        trip.round = event.round
        trip.lostAt = event.withdrawnAt
        order.facts[trip: event.assignmentId] = trip
    }
}
