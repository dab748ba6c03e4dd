import DomainContracts
import Foundation
import ServiceKit

/// The order's charge is final.
struct NoteFinalCharge: WorkOrderFactHandler {
    typealias E = ChargeFinal

    func workOrderId(_ event: ChargeFinal) -> UUID { event.workOrderId }
    func occurredAt(_ event: ChargeFinal) -> Date { event.finalAt }

    func apply(_ event: ChargeFinal, to order: inout WorkOrder, _ turn: Turn) {
        order.chargeFinalAt = event.finalAt
    }
}
