import DomainContracts
import FoundationEssentials

/// The status of a work order: a pure function of its facts. docs/state-machines/work-order.md publishes the ranks; the
/// first that applies wins.
enum WorkOrderStatusRule {
    static func status(of facts: WorkOrderFacts) -> WorkOrderState {
        if facts.merge != nil { return .merged }
        if facts.closedAt != nil { return .closed }
        if facts.cancellation != nil { return .cancelled }
        if let stage = facts.furthestStage, stage.isOnSite { return onSite(stage, facts) }
        if facts.isSettledRemotely { return .awaitingFollowUp }
        if facts.hold != nil { return .onHold }
        if let stage = facts.furthestStage { return stage.state }
        if let verdict = facts.verdict { return verdict.state }
        return facts.need == nil ? .qualified : .pendingDispatch
    }

    /// An estimate that waits for somebody's word stops the work on site.
    private static func onSite(_ stage: TripFacts.Stage, _ facts: WorkOrderFacts) -> WorkOrderState {
        let open = Set(facts.trips.filter { $0.stage?.isOnSite == true }.map(\.id))
        let standings = facts.estimates.filter { open.contains($0.visitId) }.map(facts.standing)
        if standings.contains(.awaitingApproval) { return .awaitingApproval }
        if standings.contains(.awaitingQuote) { return .awaitingQuote }
        return stage.state
    }
}

extension WorkOrderFacts {
    /// How far the furthest open trip got. One that serves an older round counts only once it is under way: dispatch
    /// takes the others back.
    var furthestStage: TripFacts.Stage? {
        trips.compactMap { trip in
            trip.stage.flatMap { trip.servedRound >= round || $0 >= .enRoute ? $0 : nil }
        }.max()
    }

    /// The trip whose end decides: the last of the newest round.
    var decidingTrip: TripFacts? {
        trips.filter { $0.servedRound >= round && $0.isDecided }.max { $0.overAt < $1.overAt }
    }

    /// What the ended visit of this round leaves.
    var verdict: Verdict? { decidingTrip.flatMap(verdict(of:)) }
}

extension TripFacts {
    fileprivate var isDecided: Bool { end != nil || missedAt != nil || confirmedAt != nil || disputedAt != nil }

    fileprivate var overAt: Date {
        [end?.at, missedAt, confirmedAt, disputedAt].compactMap { $0 }.max() ?? .distantPast
    }
}
