import DomainContracts
import FoundationEssentials

/// What billing said about one estimate, in whatever order it came.
struct EstimateFacts: Codable, Sendable, Equatable {
    let id: UUID
    let visitId: UUID
    var decision: EstimateDecision?
    /// When it was asked; nil while only answers were heard, and on those of before it was kept.
    var preparedAt: Date?
    var approvedAt: Date?
    /// What our approver left to be decided.
    var decisionAfterApproval: EstimateDecision?
    var rejectedAt: Date?
    var acceptedAt: Date?
    var refusedAt: Date?
    /// The newer one that took its place.
    var supersededBy: UUID?
    /// Of billing's newest word on the decision; an older one changes nothing.
    var sequence: String?

    init(id: UUID, visitId: UUID) {
        self.id = id
        self.visitId = visitId
    }

    /// By which the newest is told. What was answered before we heard the question is the newest until we hear it.
    var askedAt: Date { preparedAt ?? (decision == nil ? .distantFuture : .distantPast) }

    enum Standing: Sendable, Equatable {
        case awaitingApproval, awaitingQuote, settled
        /// `refused` by the customer, `rejected` by us.
        case refused(at: Date), rejected(at: Date)

        var isOpen: Bool { self == .awaitingApproval || self == .awaitingQuote }
    }

    /// An answer stands whether or not the question was heard; a decision a newer billing invented is waited for.
    var standing: Standing {
        if let refusedAt { return .refused(at: refusedAt) }
        if let rejectedAt { return .rejected(at: rejectedAt) }
        if acceptedAt != nil { return .settled }
        // Nobody's word is needed any more, whoever was asked before: what was approved is covered now.
        if decision == EstimateDecision.none { return .settled }
        if approvedAt != nil { return decisionAfterApproval == .quote ? .awaitingQuote : .settled }
        switch decision {
        case .some(.quote): return .awaitingQuote
        default: return .awaitingApproval
        }
    }
}

/// What inventory said about one part request.
struct PartRequestFacts: Codable, Sendable, Equatable {
    let id: UUID
    let visitId: UUID
    var neededAt: Date?
    var complete = false
    /// Inventory has given it up: nobody waits for it any more. Nil as no.
    var isReleased: Bool?
    /// What of it is neither used nor given back; nil as none.
    var open: [PlannedPart]?
    /// Of inventory's newest event; an older one changes nothing.
    var sequence = ""

    init(id: UUID, visitId: UUID) {
        self.id = id
        self.visitId = visitId
    }
}
