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
                guard let refusal else { throw .notWaiting }
                end.saidReason = said.reason
                end.reason = refusal.outcome == .quoteRefused ? .quoteRefused : .cannotBeDone
                end.outcome = refusal.outcome
                end.outcomeReason = refusal.reason
            }
        case .quoteRefused:
            end.outcome = .quoteRefused
        default: break
        }
        take(.end, at: end.endedAt, by: by)
        self.end = end
        pauseReason = nil
    }
}

extension VisitEnd {
    /// Nobody goes again, as far as the engineer knows: the customer gets a report to confirm.
    var concludes: Bool {
        reason == .workDone || reason == .cannotBeDone || reason == .quoteRefused
    }
}
