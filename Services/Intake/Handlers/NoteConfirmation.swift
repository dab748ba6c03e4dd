import DomainContracts
import Foundation
import ServiceKit

/// The customer confirmed the work, or his time to dispute ran out.
struct NoteConfirmation: WorkOrderFactHandler {
    typealias E = CompletionConfirmed

    func workOrderId(_ event: CompletionConfirmed) -> UUID { event.workOrderId }
    func occurredAt(_ event: CompletionConfirmed) -> Date { event.confirmedAt }
    func reason(_ event: CompletionConfirmed) -> String? { event.how.rawValue }

    func apply(_ event: CompletionConfirmed, to order: inout WorkOrder, _ turn: Turn) {
        order.facts[trip: event.visitId].confirmedAt = event.confirmedAt
    }
}
