import DomainContracts
import Foundation
import ServiceKit

/// Work began.
struct NoteStart: WorkOrderFactHandler {
    typealias E = VisitStarted

    func workOrderId(_ event: VisitStarted) -> UUID { event.workOrderId }
    func occurredAt(_ event: VisitStarted) -> Date { event.startedAt }

    func apply(_ event: VisitStarted, to order: inout WorkOrder, _ turn: Turn) {
        order.hear(of: event.visitId, by: event.engineerId, now: turn.now) { $0.startedAt = event.startedAt }
    }
}
