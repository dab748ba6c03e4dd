/// What will come of one visit, once the engineer is there.
enum VisitPlan: Sendable, Hashable {
    /// The engineer forgets it altogether.
    case noShow
    case nobodyHome
    case unsafe
    case fixed
    case noFaultFound
    case partMissing
    case skillShort
    /// The part is asked for and cannot be had; the order is cancelled for it.
    case partUnavailable
    /// It could be repaired for more than it is worth.
    case tooExpensive
    case unrepairable(barrier: String)
}

extension Fate {
    /// - Parameters:
    ///   - visit: the order's how manieth, 1 the first.
    ///   - diagnosed: an earlier visit found what it takes.
    func plan(_ repaired: RepairCase, visit: Int, diagnosed: Bool, _ shares: FateShares) -> VisitPlan {
        if visit <= 3 {
            if happens("no-show-\(visit)", shares.noShow) { return .noShow }
            if happens("nobody-home-\(visit)", shares.nobodyHome) { return .nobodyHome }
            if happens("unsafe-\(visit)", shares.unsafe) { return .unsafe }
        }
        if diagnosed || visit > 3 { return .fixed }
        switch repaired.result {
        case .fixed:
            return .fixed
        case .repairable:
            return happens("wants-part", 0.6) ? .partMissing : .skillShort
        case .endOfLife:
            switch repaired.barrier {
            case "Spare parts not available": return .partUnavailable
            case "Spare parts too expensive": return .tooExpensive
            case let barrier: return .unrepairable(barrier: barrier ?? "unknown")
            }
        case .unknown:
            let drawn = draw("anything")
            if drawn < 0.4 { return .fixed }
            if drawn < 0.6 { return .noFaultFound }
            if drawn < 0.75 { return .partMissing }
            if drawn < 0.85 { return .skillShort }
            return .unrepairable(barrier: "unknown")
        }
    }
}
