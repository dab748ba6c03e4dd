import DomainContracts
import FoundationEssentials

/// How an estimate stands, as far as a visit cares. It only moves forward, so news may come in any order.
enum EstimateStanding: String, CaseIterable, Codable, Sendable {
    /// Billing has not said yet what it costs.
    case asked
    case approval
    case quote
    /// Work may go on.
    case settled
    case refused

    var isAnswer: Bool { rank == 3 }

    /// An answer is final: the first one wins.
    var rank: Int {
        switch self {
        case .asked: 0
        case .approval: 1
        case .quote: 2
        case .settled, .refused: 3
        }
    }

    /// What a decision leaves to be waited for. One that a newer billing invented is waited for, too.
    init(_ decision: EstimateDecision) {
        self =
            switch decision {
            case .none: .settled
            case .quote: .quote
            default: .approval
            }
    }
}

/// An estimate that a finding or part request asked for.
struct EstimateWait: Codable, Sendable, Equatable {
    /// Id of the finding or part request.
    let cause: UUID
    var estimateId: UUID?
    /// When billing answered; nil while it has not, and on those of before it was kept.
    var preparedAt: Date?
    var standing = EstimateStanding.asked
    var refusal: EstimateRefusal?

    init(cause: UUID) { self.cause = cause }

    /// By which the newest is told. What billing has not answered yet is the newest.
    var askedAt: Date { standing == .asked ? .distantFuture : preparedAt ?? .distantPast }
}

/// Somebody said no: the customer, or our own approver.
struct EstimateRefusal: Codable, Sendable, Equatable {
    /// `quote_refused` or `cannot_complete`.
    let outcome: Outcome
    let reason: String
    let at: Date
}

/// An answer that overtook its estimate.
struct EarlyAnswer: Codable, Sendable, Equatable {
    let estimateId: UUID
    var standing: EstimateStanding
    var refusal: EstimateRefusal?
}
