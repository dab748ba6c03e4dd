import DomainContracts
import Foundation
import ServiceKit

/// Inventory has given parts up. It does where an order was closed, and cannot know that a check-in had reinstated it: who
/// waited for them must not wait for ever.
struct NoteRelease: WorkOrderFactHandler {
    typealias E = PartsReleased

    func workOrderId(_ event: PartsReleased) -> UUID { event.request.workOrderId }
    func occurredAt(_ event: PartsReleased) -> Date { event.occurredAt }
    func reason(_ event: PartsReleased) -> String? { "released" }

    func apply(_ event: PartsReleased, to order: inout WorkOrder, _ turn: Turn) {
        order.hear(of: event.request, sequence: turn.envelope.sequence ?? "")
    }
}
