import DomainContracts
import Foundation
import ServiceKit

/// Our approver refused it.
struct NoteRejection: WorkOrderFactHandler {
    typealias E = EstimateRejected

    func workOrderId(_ event: EstimateRejected) -> UUID { event.workOrderId }
    func occurredAt(_ event: EstimateRejected) -> Date { event.rejectedAt }
    func reason(_ event: EstimateRejected) -> String? { "rejected" }

    func apply(_ event: EstimateRejected, to order: inout WorkOrder, _ turn: Turn) {
        order.facts[estimate: event.estimateId, of: event.visitId].rejectedAt = event.rejectedAt
    }
}
