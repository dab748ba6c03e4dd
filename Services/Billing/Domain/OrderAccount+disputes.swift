import DomainContracts
import FoundationEssentials

extension OrderAccount {
    /// What intake told last of one dispute about what the order is entitled to.
    struct DisputeNews: Codable, Sendable, Equatable {
        var isOpen: Bool
        /// Of the newest news; older news changes nothing.
        var sequence: Int
    }

    /// What was posted as our own expense, because it was charged when it was posted; minor units.
    struct Expensed: Codable, Sendable, Equatable {
        var parts = 0
        var labour = 0
    }

    /// A correction that stands beside the bill.
    struct CreditNote: Codable, Sendable, Equatable {
        let number: String
        let amount: Int
        let issuedAt: Date
    }

    /// Why nothing is billed, and no quote lapses; nil while nothing holds it up.
    var hold: CodedReason? {
        let open = (disputes ?? [:]).filter(\.value.isOpen).keys.min()
        return open.map { CodedReason(code: "entitlement-disputed", parameters: ["disputeId": $0]) }
    }

    /// Takes news of a dispute, in whatever order it comes: what disputes give adds up, so it does not matter which was
    /// heard first.
    ///
    /// - Returns: whether it is news.
    mutating func hear(_ event: EntitlementDisputeChanged, _ sequence: Int) -> Bool {
        let id = event.disputeId.text
        if let known = disputes?[id], known.sequence >= sequence { return false }
        disputes = disputes ?? [:]
        disputes?[id] = DisputeNews(isOpen: event.status == .open, sequence: sequence)
        guard event.status == .upheld || event.status == .partlyUpheld else { return true }
        let wider = cover.union(event.entitlement.cover)
        if wider != cover {
            widen(
                to: wider, by: event.entitlement.contractNumber ?? Self.clause(event.entitlement.kind),
                clauses: event.entitlement.clauses)
        }
        if let despite = event.coverDespiteMisuse {
            coverDespiteMisuse = (coverDespiteMisuse ?? .nothing).union(despite)
        }
        return true
    }

    /// What people read as the reason of a free line; nothing that we granted without a clause.
    private static func clause(_ kind: EntitlementKind) -> String {
        kind == .none ? "dispute" : kind.rawValue
    }

    /// What is expensed so far. Accounts of before disputes keep no sum: what is not covered was.
    var expensedSoFar: Expensed { expensed ?? expensedByCover }

    /// What of all that was posted is our own expense, by the cover that counts now.
    var expensedByCover: Expensed {
        Expensed(
            parts: effectiveCover.parts ? 0 : usageCosts.values.reduce(0, +),
            labour: effectiveCover.labour ? 0 : visits.filter(\.isPosted).reduce(0) { $0 + $1.cost })
    }

    /// What is credited by all notes together, and what they correct.
    mutating func take(_ note: CreditNote) {
        creditNotes = (creditNotes ?? []) + [note]
        credited = (credited ?? 0) + note.amount
    }
}
