import DomainContracts
import FoundationEssentials

/// What a change of facts came to.
struct WorkOrderNews: Sendable, Equatable {
    var previous: WorkOrderState
    var status: WorkOrderState
    /// A round that was raised by this change.
    var need: DispatchNeed?
    var isNewlyFinal: Bool { status.isFinal && previous != status }
    var isWorthTelling: Bool { previous != status || need != nil }
}

extension WorkOrder {
    /// Draws the consequences of changed facts: raises the round they ask for, closes what is over, moves the clocks,
    /// takes the status.
    ///
    /// - Parameters:
    ///   - before: the order as it was.
    ///   - occurred: when it happened, between the report and `now`.
    mutating func settle(
        from before: WorkOrder, occurred: Date, now: Date, _ calendars: Calendars
    ) -> WorkOrderNews {
        if !before.status.isFinal || WorkOrderStatusRule.status(of: facts) != before.status {
            cancelAfterThirdTry(occurred)
            raiseNeedThatFactsAskFor(occurred)
            closeWhenAnswered()
        }
        takeStatus()
        if status != before.status { statusSince = now }
        if status != before.status || facts.hold != before.facts.hold { waitUntil = WaitRule.deadline(of: self) }
        outcome = presentOutcome ?? (status.isFinal ? outcome : nil)
        moveClocks(occurred: occurred, now: now, calendars)
        let raised = facts.round > before.facts.round && !status.isFinal ? facts.need : nil
        return WorkOrderNews(previous: before.status, status: status, need: raised)
    }

    /// Tries to find somebody at home after which we give up.
    static let triesForAccess = 3

    private mutating func cancelAfterThirdTry(_ date: Date) {
        let tries = facts.trips.count { $0.end?.reason == .noAccess }
        if tries >= Self.triesForAccess, facts.verdict == .awaitingCustomer, facts.furthestStage == nil {
            facts.cancellation = Cancellation(at: date, reason: .customerUnreachable)
        }
    }

    private mutating func raiseNeedThatFactsAskFor(_ date: Date) {
        let isIdle = facts.furthestStage == nil && facts.hold == nil && facts.cancellation == nil
        guard isIdle, !facts.isSettledRemotely, facts.merge == nil, facts.closedAt == nil else { return }
        if case .again(let reason) = facts.verdict { need(reason, at: date) }
    }

    private mutating func closeWhenAnswered() {
        guard let answer = facts.followUp, WorkOrderStatusRule.status(of: facts) == .awaitingFollowUp else { return }
        // What was said before the order went on says nothing of the work that was done since.
        if let done = facts.doneAt, answer.at < done { return }
        facts.closedAt = max(answer.at, receivedAt)
    }

    /// What came of it, as far as that is known now.
    private var presentOutcome: Outcome? {
        if facts.isSettledRemotely { return .resolvedRemotely }
        switch facts.verdict {
        case .finished(let outcome, _), .confirmed(let outcome, _): return outcome
        case .again, .awaitingParts, .awaitingCustomer, .awaitingApproval, .awaitingQuote, .unsafe, nil: return nil
        }
    }
}
