import DomainContracts
import FoundationEssentials

extension Visit {
    /// Ends the visit. What the engineer says meets what is known of the estimates: when the answer he leaves to wait
    /// for is there already, and is no, the visit ends for that instead, so that nobody waits for it.
    mutating func finish(_ said: VisitEnd, by: String) throws(VisitRefusal) {
        guard status.isOnSite else { throw .notOnSite(status) }
        var end = said
        switch said.reason {
        case .workDone:
            guard startedAt != nil else { throw .notInProgress(status) }
            guard openWaits.isEmpty else { throw .waits }
        case .needsQuote, .needsApproval:
            if openWaits.isEmpty {
                guard let refusal = newestRefusal else { throw .notWaiting }
                end.conclude(with: refusal)
            }
        case .partMissing, .partWrong:
            if partRequests.isEmpty { throw .noPartsRequested }
            if let refusal = refusalOfParts { end.conclude(with: refusal) }
        case .quoteRefused:
            end.outcome = .quoteRefused
        default: break
        }
        take(.end, at: end.endedAt, by: by)
        self.end = end
        pauseReason = nil
    }
}

extension Visit {
    /// The end comes after the last thing that happened, and after a no that was known by then, whatever a phone says:
    /// intake tells by the times whether the no left it to the engineer how to end.
    var earliestEnd: Date? {
        [lastStepAt, refusal.map { $0.at.addingTimeInterval(0.001) }].compactMap { $0 }.max()
    }

    /// Set when every part that was asked for was refused: then nobody waits for parts either.
    private var refusalOfParts: EstimateRefusal? {
        let asked = waits.filter { wait in partRequests.contains { $0.partRequestId == wait.cause } }
        guard !asked.isEmpty, asked.allSatisfy({ $0.standing == .refused }) else { return nil }
        return refusal
    }
}

extension VisitEnd {
    /// Makes the refusal the reason of the end, and keeps what the engineer said.
    fileprivate mutating func conclude(with refusal: EstimateRefusal) {
        saidReason = reason
        reason = refusal.outcome == .quoteRefused ? .quoteRefused : .cannotBeDone
        outcome = refusal.outcome
        outcomeReason = refusal.reason
    }

    /// He left for somebody's word on an estimate.
    var waitsForAnswer: Bool { reason == .needsQuote || reason == .needsApproval }

    /// Nobody goes again, as far as the engineer knows: the customer gets a report to confirm.
    var concludes: Bool {
        reason == .workDone || reason == .cannotBeDone || reason == .quoteRefused
    }
}
