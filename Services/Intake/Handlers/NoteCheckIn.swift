import DomainContracts
import Foundation
import ServiceKit

/// The engineer is on site. On an order that was cancelled meanwhile, work wins: it is reinstated.
struct NoteCheckIn: WorkOrderFactHandler {
    typealias E = VisitCheckedIn

    func workOrderId(_ event: VisitCheckedIn) -> UUID { event.workOrderId }
    func occurredAt(_ event: VisitCheckedIn) -> Date { event.checkedInAt }

    func apply(_ event: VisitCheckedIn, to order: inout WorkOrder, _ turn: Turn) {
        order.hear(of: event.visitId, by: event.engineerId, now: turn.now) { $0.checkedInAt = event.checkedInAt }
    }
}
