import DomainContracts
import Foundation
import ServiceKit

/// What the customer disputed is decided: he is told how, why, and what is free by that. What he took back himself he knows.
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
                    parameters: parameters(of: event),
                    workOrderId: event.workOrderId, workOrderNumber: notice.workOrderNumber))
            return .applied
        }
    }

    private func parameters(of event: EntitlementDisputeChanged) -> [String: String] {
        var parameters = ["decision": event.status.rawValue, "reason": event.decisionReason ?? ""]
        parameters["free"] = event.free?.names.joined(separator: " ")
        return parameters
    }
}

extension EntitlementDisputeChanged {
    fileprivate var isDecided: Bool { DisputeStatus.decisions.contains(status) }

    /// Nil where the decision frees nothing, or misuse stands, which no cover does anything about.
    fileprivate var free: Cover? {
        if status == .rejected { return nil }
        return coverDespiteMisuse ?? (misuseFound == true ? nil : entitlement.cover)
    }
}

extension Cover {
    fileprivate var names: [String] {
        [labour ? "labour" : nil, parts ? "parts" : nil, travel ? "travel" : nil].compactMap { $0 }
    }
}
