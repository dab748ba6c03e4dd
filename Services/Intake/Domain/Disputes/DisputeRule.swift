import DomainContracts
import FoundationEssentials

/// What a dispute that is upheld gives an order.
struct DisputeOutcome: Sendable, Equatable {
    var entitlement: Entitlement
    /// What is free although misuse was found; nil while that finding stands.
    var coverDespiteMisuse: Cover?
}

/// What an order is entitled to after a dispute: never less than before, and nothing that the decision does not give.
enum DisputeRule {
    /// Of a dispute that is upheld.
    ///
    /// - Parameters:
    ///   - present: what the order is entitled to until now.
    ///   - resolved: what the accepted facts give by `EntitlementRule`.
    ///   - setsMisuseAside: whether the decision does.
    ///   - isMisuseAside: whether an earlier one did, for good: what is given now is free in spite of it too.
    /// - Returns: nil when nothing comes of it: upholding it would be an empty word.
    static func upheld(
        present: Entitlement, resolved: Entitlement, setsMisuseAside: Bool, isMisuseAside: Bool = false
    ) -> DisputeOutcome? {
        let cover = present.cover.union(resolved.cover)
        let isFaster = resolved.responseLevel.speed > present.responseLevel.speed
        var entitlement = present
        if cover != present.cover || isFaster {
            entitlement = resolved
            entitlement.cover = cover
            if !isFaster { entitlement.responseLevel = present.responseLevel }
        } else if !setsMisuseAside || cover == .nothing {
            return nil
        }
        return DisputeOutcome(
            entitlement: entitlement, coverDespiteMisuse: setsMisuseAside || isMisuseAside ? cover : nil)
    }

    /// Of one that is upheld in part: what is named becomes free, whatever the clauses say.
    ///
    /// - Returns: nil when what is named is free already.
    static func partlyUpheld(
        present: Entitlement, resolved: Entitlement, gives granted: Cover, setsMisuseAside: Bool,
        isMisuseAside: Bool = false
    ) -> DisputeOutcome? {
        let cover = present.cover.union(granted)
        guard cover != present.cover || (setsMisuseAside && granted != .nothing) else { return nil }
        var entitlement = present
        if cover != present.cover {
            if resolved.kind != .none { entitlement = resolved }
            entitlement.cover = cover
            entitlement.responseLevel = present.responseLevel
            // What is granted is no clause's doing.
            entitlement.clauses = present.clauses
            entitlement.reason = CodedReason(
                code: "dispute_partly_upheld",
                parameters: resolved.reason.parameters.merging(["clause": resolved.reason.code]) { $1 })
        }
        return DisputeOutcome(
            entitlement: entitlement, coverDespiteMisuse: setsMisuseAside || isMisuseAside ? granted : nil)
    }
}
