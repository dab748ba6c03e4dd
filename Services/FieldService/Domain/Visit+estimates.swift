import DomainContracts
import FoundationEssentials

/// What an estimate's news means to the visit.
enum EstimateEffect: Sendable, Equatable {
    /// Noted; nothing moves.
    case noted
    /// The last wait was settled: work goes on.
    case resumes
    /// Nobody will go again: the report must be made now.
    case endsOrder(EstimateRefusal)
}

extension Visit {
    /// Takes news of an estimate.
    ///
    /// - Parameters:
    ///   - cause: the finding or part request, where the news names it.
    ///   - preparedAt: when the estimate was made, where the news is of that.
    mutating func hear(
        of estimateId: UUID, cause: UUID?, preparedAt: Date? = nil, _ standing: EstimateStanding,
        refusal: EstimateRefusal? = nil
    ) -> EstimateEffect {
        guard let index = waits.firstIndex(where: { $0.estimateId == estimateId || $0.cause == cause }) else {
            remember(EarlyAnswer(estimateId: estimateId, standing: standing, refusal: refusal))
            return .noted
        }
        waits[index].estimateId = estimateId
        if let preparedAt { waits[index].preparedAt = min(waits[index].preparedAt ?? preparedAt, preparedAt) }
        var newest = (standing, refusal)
        if let early = earlyAnswers.firstIndex(where: { $0.estimateId == estimateId }) {
            let answer = earlyAnswers.remove(at: early)
            if answer.standing.rank > standing.rank { newest = (answer.standing, answer.refusal) }
        }
        guard newest.0.rank > waits[index].standing.rank else { return .noted }
        waits[index].standing = newest.0
        waits[index].refusal = newest.1
        return effect(of: newest.0, newest.1)
    }

    /// The no after which nobody goes again, while no report says so: the engineer had left, or had left for its answer.
    var unreportedRefusal: EstimateRefusal? {
        guard let end, !end.concludes, report == nil else { return nil }
        if end.waitsForAnswer { return newestRefusal }
        return refusal.flatMap { $0.at >= end.endedAt ? $0 : nil }
    }

    /// The no to the newest estimate; nil where that is unanswered or settled, whatever became of those before it: a dear repair
    /// was refused, and a cheaper one is before the customer. Intake's `newestEstimates` says the same.
    var newestRefusal: EstimateRefusal? {
        let newest = waits.map(\.askedAt).max()
        return waits.filter { $0.askedAt == newest }.compactMap(\.refusal).max { $0.at < $1.at }
    }

    private mutating func remember(_ answer: EarlyAnswer) {
        if let known = earlyAnswers.firstIndex(where: { $0.estimateId == answer.estimateId }) {
            if answer.standing.rank > earlyAnswers[known].standing.rank { earlyAnswers[known] = answer }
        } else {
            earlyAnswers.append(answer)
        }
    }

    /// A yes that settles the last wait resumes; a no leaves it to the engineer what to do, unless he has left.
    private func effect(of standing: EstimateStanding, _ refusal: EstimateRefusal?) -> EstimateEffect {
        // He left for the newest answer: each one may make it known which that is.
        if let end, end.waitsForAnswer { return unreportedRefusal.map(EstimateEffect.endsOrder) ?? .noted }
        return switch standing {
        case .asked, .approval, .quote: .noted
        case .settled: status == .paused && pauseReason == nil && openWaits.isEmpty ? .resumes : .noted
        case .refused:
            if let refusal, status == .ended, report == nil { .endsOrder(refusal) } else { .noted }
        }
    }
}
