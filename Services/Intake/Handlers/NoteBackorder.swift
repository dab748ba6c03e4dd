import DomainContracts
import Foundation
import ServiceKit

/// Some parts are not there.
struct NoteBackorder: WorkOrderFactHandler {
    typealias E = PartsBackordered

    func workOrderId(_ event: PartsBackordered) -> UUID { event.request.workOrderId }
    func occurredAt(_ event: PartsBackordered) -> Date { event.occurredAt }
    func reason(_ event: PartsBackordered) -> String? { "backordered" }

    func apply(_ event: PartsBackordered, to order: inout WorkOrder, _ turn: Turn) {
        order.hear(of: event.request, sequence: turn.envelope.sequence ?? "")
    }
}
