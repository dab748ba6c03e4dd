import DomainContracts
import FoundationEssentials

/// How long each waiting status may last before something happens; docs/state-machines/work-order.md lists the same.
enum WaitRule {
    static let customer: TimeInterval = 72 * 3_600
    static let parts: TimeInterval = 7 * 86_400
    static let partsAgain: TimeInterval = 86_400
    /// Feedback's own deadline is shorter; this one only makes sure that nothing waits for ever.
    static let followUp: TimeInterval = 14 * 86_400

    /// When the order's present wait runs out; nil when another service watches it, or nobody waits.
    static func deadline(of order: WorkOrder) -> Date? {
        switch order.status {
        case .awaitingCustomer: order.statusSince + customer
        case .awaitingParts: order.statusSince + parts
        case .onHold:
            if let hold = order.facts.hold { hold.resumeOn } else { order.facts.verdict?.unsafeUntil }
        case .awaitingFollowUp: order.statusSince + followUp
        case .qualified, .pendingDispatch, .assigned, .accepted, .scheduled, .enRoute, .onSite, .inProgress,
            .awaitingQuote, .awaitingApproval, .awaitingConfirmation, .closed, .cancelled, .merged:
            nil
        }
    }
}

extension Verdict {
    var unsafeUntil: Date? {
        if case .unsafe(let until) = self { until } else { nil }
    }
}

extension WorkOrderFacts {
    /// Settled from afar, and not taken up again since.
    var isSettledRemotely: Bool { remoteResolution.map { $0.round >= round } ?? false }

    /// When that was done about which the customer is asked; nil while he has confirmed nothing.
    var doneAt: Date? { isSettledRemotely ? remoteResolution?.at : trips.compactMap(\.confirmedAt).max() }
}
