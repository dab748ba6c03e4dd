import DomainContracts
import FoundationEssentials

extension Visit {
    /// Forgets what was said and where it was: times, codes, parts and labour stay.
    mutating func forget() {
        steps = steps.map { VisitStep(act: $0.act, at: $0.at, by: $0.by, place: nil) }
        pauseReason = nil
        for index in findings.indices { findings[index].note = nil }
        end?.note = nil
        end?.outcomeReason = nil
        for index in waits.indices { waits[index].refusal = waits[index].refusal?.withoutReason }
        for index in earlyAnswers.indices { earlyAnswers[index].refusal = earlyAnswers[index].refusal?.withoutReason }
    }
}

extension EstimateRefusal {
    fileprivate var withoutReason: EstimateRefusal { EstimateRefusal(outcome: outcome, reason: "", at: at) }
}
