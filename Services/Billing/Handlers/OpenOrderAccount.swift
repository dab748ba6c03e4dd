import DomainContracts
import Foundation
import ServiceKit

/// A work order exists: its account opens, with what the customer is entitled to.
struct OpenOrderAccount: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: WorkOrderOpened, _ keys: inout Keys) { keys.need(OrderAccount.self, event.workOrderId) }

    func decide(_ event: WorkOrderOpened, _ turn: inout Turn) -> EventOutcome {
        guard turn.get(OrderAccount.self, event.workOrderId) == nil else { return .applied }
        // What we did badly we do again for nothing.
        let isRework = event.reworkOf != nil || event.entitlement.kind == .rework
        let account = OrderAccount(
            workOrderId: event.workOrderId, workOrderNumber: event.workOrderNumber, currency: policy.currency,
            cover: isRework ? Cover(labour: true, parts: true, travel: true) : event.entitlement.cover,
            coveredBy: isRework ? "rework" : event.entitlement.contractNumber ?? event.entitlement.kind.rawValue,
            clauses: isRework ? nil : event.entitlement.clauses)
        turn.set(account, event.workOrderId)
        turn.note("account-opened", about: OrderAccount.self, event.workOrderId)
        return .applied
    }
}
