import DomainContracts
import FoundationEssentials

/// When a new work order is probably about the fault of another that is still open; docs/triage.md has the table.
enum DuplicateRule {
    /// The two were reported within this time of each other.
    static let window: TimeInterval = 7 * 86_400
    /// From how much of their words in common on two problems read alike, per cent.
    static let alike = 45
    /// Two that are less sure than this, per cent, are not shown.
    static let least = 50
    /// Most orders of a site that a new one is compared with: the latest.
    static let compared = 5

    /// Nil where too little speaks for it.
    ///
    /// - Parameter device: every record of the order's device.
    static func judge(
        _ order: WorkOrder, against earlier: WorkOrder, device records: Set<UUID> = []
    ) -> ProbableDuplicate? {
        guard earlier.id != order.id, !earlier.status.isFinal, earlier.brief.serviceType == order.brief.serviceType,
            abs(order.receivedAt.timeIntervalSince(earlier.receivedAt)) <= window
        else { return nil }
        let words = Likeness.percent(order.brief.problem, earlier.brief.problem)
        let sameCode = order.brief.faultCode != nil && order.brief.faultCode == earlier.brief.faultCode
        var signs: [DuplicateSign] = []
        var confidence = 0
        if let device = earlier.deviceId, device == order.deviceId || records.contains(device) {
            signs.append(.sameDevice)
            confidence = 60
        } else if let site = order.siteId, site == earlier.siteId {
            let isUnlabelled = order.brief.deviceLabel == nil || earlier.brief.deviceLabel == nil
            // Two labels at one place are two devices, but people read a label wrong, or off the one beside it.
            guard isUnlabelled || order.isOfSameKind(as: earlier) else { return nil }
            signs.append(.sameSite)
            confidence = isUnlabelled ? 35 : 15
        } else {
            return nil
        }
        if sameCode { signs.append(.sameFaultCode) }
        if words >= alike { signs.append(.similarWords) }
        confidence += 35 * max(words, sameCode ? 80 : 0) / 100
        guard confidence >= least else { return nil }
        return ProbableDuplicate(
            workOrderId: earlier.id, workOrderNumber: earlier.number, confidence: confidence, signs: signs)
    }
}

extension WorkOrder {
    fileprivate func isOfSameKind(as other: WorkOrder) -> Bool {
        brief.model != nil && brief.model == other.brief.model && brief.brand == other.brief.brand
    }
}
