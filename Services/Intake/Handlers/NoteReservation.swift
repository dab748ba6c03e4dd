import DomainContracts
import Foundation
import ServiceKit

/// Parts are set aside; when all of them are, the engineer can go again.
struct NoteReservation: WorkOrderFactHandler {
    typealias E = PartsReserved

    func workOrderId(_ event: PartsReserved) -> UUID { event.request.workOrderId }
    func occurredAt(_ event: PartsReserved) -> Date { event.occurredAt }

    func apply(_ event: PartsReserved, to order: inout WorkOrder, _ turn: Turn) {
        order.hear(of: event.request, sequence: turn.envelope.sequence ?? "")
    }
}
