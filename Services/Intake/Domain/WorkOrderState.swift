import DomainContracts

/// States of a work order. The raw values are those of the wire and of the table's check.
enum WorkOrderState: String, Codable, Sendable, CaseIterable {
    case qualified
    case pendingDispatch = "pending_dispatch"
    case assigned, accepted, scheduled
    case enRoute = "en_route"
    case onSite = "on_site"
    case inProgress = "in_progress"
    case awaitingParts = "awaiting_parts"
    case awaitingCustomer = "awaiting_customer"
    case awaitingQuote = "awaiting_quote"
    case awaitingApproval = "awaiting_approval"
    case onHold = "on_hold"
    case awaitingConfirmation = "awaiting_confirmation"
    case awaitingFollowUp = "awaiting_follow_up"
    case closed, cancelled, merged

    var wire: WorkOrderStatus { WorkOrderStatus(rawValue: rawValue) }

    /// Nothing is to be done any more.
    var isFinal: Bool {
        switch self {
        case .closed, .cancelled, .merged: true
        case .qualified, .pendingDispatch, .assigned, .accepted, .scheduled, .enRoute, .onSite, .inProgress,
            .awaitingParts, .awaitingCustomer, .awaitingQuote, .awaitingApproval, .onHold, .awaitingConfirmation,
            .awaitingFollowUp:
            false
        }
    }

    /// Who acts next.
    var responsible: ResponsibleParty {
        switch self {
        case .qualified, .onHold, .awaitingFollowUp: .agent
        case .pendingDispatch: .dispatcher
        case .assigned, .accepted, .scheduled, .enRoute, .onSite, .inProgress: .engineer
        case .awaitingParts: .storekeeper
        case .awaitingCustomer, .awaitingQuote, .awaitingConfirmation: .customer
        case .awaitingApproval: .approver
        case .closed, .cancelled, .merged: .nobody
        }
    }
}
