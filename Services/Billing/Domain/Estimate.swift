import DomainContracts
import FoundationEssentials

/// What a finding or part request will cost, and whose word it waits for.
struct Estimate: Codable, Sendable, Equatable {
    let estimateId: UUID
    let workOrderId: UUID
    let workOrderNumber: String
    let visitId: UUID
    private(set) var lines: [ChargeLine]
    private(set) var total: Money
    /// Our own cost, minor units.
    let cost: Int
    /// Whether the customer's word is needed at all.
    private(set) var needsQuote: Bool
    private(set) var status: State
    var validUntil: Date
    /// What it answers; both are nil on estimates of before it was kept.
    let findingId: UUID?
    let partRequestId: UUID?
    /// The one that waited for the same word before: the answer to this one is the answer to that one, too.
    let supersedes: UUID?

    init(
        estimateId: UUID, workOrderId: UUID, workOrderNumber: String, visitId: UUID, lines: [ChargeLine], total: Money,
        cost: Int, needsApproval: Bool, needsQuote: Bool, validUntil: Date, findingId: UUID? = nil,
        partRequestId: UUID? = nil, supersedes: UUID? = nil
    ) {
        self.estimateId = estimateId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.visitId = visitId
        self.lines = lines
        self.total = total
        self.cost = cost
        self.needsQuote = needsQuote
        self.validUntil = validUntil
        self.findingId = findingId
        self.partRequestId = partRequestId
        self.supersedes = supersedes
        status = needsApproval ? .approval : needsQuote ? .quote : .none
    }

    /// What `estimate-prepared` and `estimate-approved` say is needed.
    var decision: EstimateDecision {
        switch status {
        case .approval: .approval
        case .quote: .quote
        case .none, .approved, .rejected, .accepted, .refused, .lapsed, .superseded: .none
        }
    }

    /// Takes what the job costs the customer by another cover. The approver is asked for our own cost, which stays.
    ///
    /// - Parameter accepted: what the customer said yes to before, minor units.
    /// - Returns: whether that is news to whom it waits for.
    mutating func rate(_ lines: [ChargeLine], _ total: Money, accepted: Int) -> Bool {
        guard status == .approval || status == .quote, total != self.total else { return false }
        self.lines = lines
        self.total = total
        needsQuote = total.amount > accepted
        return true
    }

    mutating func move(_ event: Event) -> Verdict {
        let verdict = Self.verdict(on: event, in: status, needsQuote: needsQuote)
        if case .move(let next) = verdict { status = next }
        return verdict
    }
}
