import DomainContracts
import Foundation
import ServiceKit

/// Parts are needed.
struct NotePartsNeed: WorkOrderFactHandler {
    typealias E = PartsNeeded

    func workOrderId(_ event: PartsNeeded) -> UUID { event.workOrderId }
    func occurredAt(_ event: PartsNeeded) -> Date { event.neededAt }

    func apply(_ event: PartsNeeded, to order: inout WorkOrder, _ turn: Turn) {
        order.facts[partRequest: event.partRequestId, of: event.visitId].neededAt = event.neededAt
    }
}
