import DomainContracts
import Foundation
import ServiceKit

/// Our approver allowed it; the customer may still be asked.
struct NoteApproval: WorkOrderFactHandler {
    typealias E = EstimateApproved

    func workOrderId(_ event: EstimateApproved) -> UUID { event.workOrderId }
    func occurredAt(_ event: EstimateApproved) -> Date { event.approvedAt }
    func reason(_ event: EstimateApproved) -> String? { "approved" }

    func apply(_ event: EstimateApproved, to order: inout WorkOrder, _ turn: Turn) {
        var estimate = order.facts[estimate: event.estimateId, of: event.visitId]
        estimate.approvedAt = event.approvedAt
        estimate.decisionAfterApproval = event.decision
        order.facts[estimate: event.estimateId, of: event.visitId] = estimate
    }
}
