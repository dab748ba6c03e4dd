import DomainContracts
import FoundationEssentials

/// When what is reported is probably the fault of another order or request that is still open; docs/triage.md has the table.
enum DuplicateRule {
    /// The two were reported within this time of each other.
    static let window: TimeInterval = 7 * 86_400
    /// From how much of their words in common on two problems read alike, per cent.
    static let alike = 45
    /// Two that are less sure than this, per cent, are not shown.
    static let least = 50
    /// Most orders of a site, and most incomplete requests of a customer or about a device, that a new one is compared with:
    /// the latest.
    static let compared = 5

    struct Verdict: Sendable, Equatable {
        /// Per cent.
        let confidence: Int
        let signs: [DuplicateSign]
    }

    /// Nil where too little speaks for it.
    ///
    /// - Parameter records: every record of the first one's customer and device.
    static func judge(_ one: SaidFault, against other: SaidFault, records: Set<UUID> = []) -> Verdict? {
        guard abs(one.receivedAt.timeIntervalSince(other.receivedAt)) <= window else { return nil }
        // What an incomplete request is to be may not have been said yet.
        if let type = one.serviceType, let otherType = other.serviceType, type != otherType { return nil }
        let words = Likeness.percent(one.problem, other.problem)
        let sameCode = one.faultCode != nil && one.faultCode == other.faultCode
        var signs: [DuplicateSign] = []
        var confidence = 0
        if let device = other.deviceId, device == one.deviceId || records.contains(device) {
            signs.append(.sameDevice)
            confidence = 60
        } else if let site = one.siteId, site == other.siteId {
            let isUnlabelled = one.deviceLabel == nil || other.deviceLabel == nil
            // Two labels at one place are two devices, but people read a label wrong, or off the one beside it.
            guard isUnlabelled || one.isOfSameKind(as: other) else { return nil }
            signs.append(.sameSite)
            confidence = isUnlabelled ? 35 : 15
        } else if one.isAnywhere || other.isAnywhere,
            other.customerId == one.customerId || records.contains(other.customerId)
        {
            signs.append(.sameCustomer)
            confidence = 25
        } else {
            return nil
        }
        if sameCode { signs.append(.sameFaultCode) }
        if words >= alike { signs.append(.similarWords) }
        confidence += 35 * max(words, sameCode ? 80 : 0) / 100
        return confidence >= least ? Verdict(confidence: confidence, signs: signs) : nil
    }
}
