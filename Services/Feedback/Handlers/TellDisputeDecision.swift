import DomainContracts
import Foundation
import ServiceKit

/// What the customer disputed is decided: he is told how, why, and what is free now. What he took back himself he knows.
struct TellDisputeDecision: EventHandler {
    func keys(_ event: EntitlementDisputeChanged, _ keys: inout Keys) {
        if event.isDecided { keys.need(OrderNotice.self, event.workOrderId) }
    }

    func decide(_ event: EntitlementDisputeChanged, _ turn: inout Turn) -> EventOutcome {
        guard event.isDecided else { return .applied }
        switch turn.addressee(of: event.workOrderId) {
        case .notYet(let subject): return .notYet(waitingFor: subject)
        case .known(let notice, let contact):
            turn.notify(
                contact, UUID(derivedFrom: DerivedNames.notification(.disputeDecided), in: event.disputeId),
                News(
                    template: .disputeDecided,
                    parameters: [
                        "decision": event.status.rawValue, "reason": event.decisionReason ?? "",
                        "free": (event.coverDespiteMisuse ?? event.entitlement.cover).names.joined(separator: " "),
                    ],
                    workOrderId: event.workOrderId, workOrderNumber: notice.workOrderNumber))
            return .applied
        }
    }
}

extension EntitlementDisputeChanged {
    fileprivate var isDecided: Bool { DisputeStatus.decisions.contains(status) }
}

extension Cover {
    fileprivate var names: [String] {
        [labour ? "labour" : nil, parts ? "parts" : nil, travel ? "travel" : nil].compactMap { $0 }
    }
}
