import DomainContracts
import Foundation
import ServiceKit

/// A track of settlement moved; it is shown on the order.
struct NoteSettlement: WorkOrderFactHandler {
    typealias E = SettlementChanged

    func workOrderId(_ event: SettlementChanged) -> UUID { event.workOrderId }
    func occurredAt(_ event: SettlementChanged) -> Date { event.changedAt }

    func apply(_ event: SettlementChanged, to order: inout WorkOrder, _ turn: Turn) {
        let sequence = turn.envelope.sequence ?? ""
        if let known = order.settlement, known.sequence >= sequence { return }
        order.settlement = SettlementFacts(
            charge: event.charge, payment: event.payment, invoice: event.invoice, total: event.total,
            balance: event.balance, sequence: sequence)
    }
}
