import DomainContracts
import Foundation
import ServiceKit

/// A visit is over; its reason decides where the order goes.
struct NoteVisitEnd: WorkOrderFactHandler {
    typealias E = VisitEnded

    func workOrderId(_ event: VisitEnded) -> UUID { event.workOrderId }
    func occurredAt(_ event: VisitEnded) -> Date { event.endedAt }
    func reason(_ event: VisitEnded) -> String? { event.reason.rawValue }

    func apply(_ event: VisitEnded, to order: inout WorkOrder, _ turn: Turn) {
        order.hear(of: event.visitId, by: event.engineerId, now: turn.now) { $0.end = TripEnd(event) }
    }
}
