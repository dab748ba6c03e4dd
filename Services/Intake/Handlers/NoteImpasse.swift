import DomainContracts
import Foundation
import ServiceKit

/// Nobody may go; the order shows why.
struct NoteImpasse: WorkOrderFactHandler {
    typealias E = DispatchImpossible

    func workOrderId(_ event: DispatchImpossible) -> UUID { event.workOrderId }
    func occurredAt(_ event: DispatchImpossible) -> Date { event.decidedAt ?? event.retryAt }

    func apply(_ event: DispatchImpossible, to order: inout WorkOrder, _ turn: Turn) {
        guard event.round >= order.facts.round else { return }
        order.dispatchImpasse = event.impasse
    }
}
