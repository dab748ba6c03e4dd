import DomainContracts
import Foundation
import ServiceKit

/// The customer says that it is not done: the order goes on.
struct NoteDispute: WorkOrderFactHandler {
    typealias E = CompletionDisputed

    func workOrderId(_ event: CompletionDisputed) -> UUID { event.workOrderId }
    func occurredAt(_ event: CompletionDisputed) -> Date { event.disputedAt }
    func reason(_ event: CompletionDisputed) -> String? { "disputed" }

    func apply(_ event: CompletionDisputed, to order: inout WorkOrder, _ turn: Turn) {
        order.facts[trip: event.visitId].disputedAt = event.disputedAt
    }
}
