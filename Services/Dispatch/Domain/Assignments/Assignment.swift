import DomainContracts
import FoundationEssentials

/// One offer of a job to one engineer, and what became of it 派工记录.
struct Assignment: Codable, Sendable, Equatable {
    var workOrderId: UUID
    var workOrderNumber: String
    var engineerId: UUID
    var round: Int
    private(set) var status: AssignmentState
    /// Held for the visit from the offer on.
    var proposedWindow: TimeWindow
    /// Agreed with the customer: the visit begins within it.
    var window: TimeWindow?
    /// When the engineer was told to be there; nil: when the window begins.
    var planned: TimeWindow?
    /// The first ever agreed: the figures go by it.
    var originalWindow: TimeWindow?
    var offeredAt: Date
    var leaseExpiresAt: Date
    var acceptedAt: Date?
    /// When he set out.
    var departedAt: Date?
    /// When he was there: from then on the visit is his.
    var arrivedAt: Date?
    /// Whether a person has said that no plan is to touch it; nil in what was stored before anybody could.
    private var pinned: Bool?
    /// The window of which the supervisor has heard that it will be missed.
    var riskToldFor: TimeWindow?
    var endedAt: Date?
    var declineReason: DeclineReason?
    var declineNote: String?
    var withdrawReason: WithdrawReason?
    /// From the stop before, or from home.
    var travelMinutes: Int
    var explanation: AssignmentExplanation
    /// Who goes with him; nil as nobody.
    var helpers: [AssignmentHelper]?
    /// Who of them is there by a dispatcher's word, whoever had found him; nil as nobody.
    var namedHelpers: [UUID]?
    /// How many are looked for; nil as none.
    var helpersMissing: Int?
    /// Nobody was found: when it is tried again.
    var helpersSoughtAfter: Date?

    init(
        workOrderId: UUID, workOrderNumber: String, engineerId: UUID, round: Int, proposedWindow: TimeWindow,
        offeredAt: Date, leaseExpiresAt: Date, travelMinutes: Int, explanation: AssignmentExplanation
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.round = round
        self.status = .offered
        self.proposedWindow = proposedWindow
        self.offeredAt = offeredAt
        self.leaseExpiresAt = leaseExpiresAt
        self.travelMinutes = travelMinutes
        self.explanation = explanation
        pinned = explanation.manual
    }

    /// Pinned 锁定: no plan moves the visit or gives it to another. Whoever assigns by hand pins by that.
    var isPinned: Bool {
        get { pinned ?? explanation.manual }
        set { pinned = newValue }
    }

    /// Whether its visit may be planned anew: it is promised for some time, and neither begun nor pinned. For one that lacks somebody
    /// others are looked for at the time that it has.
    var isFree: Bool {
        window != nil && departedAt == nil && !hasBegun && !isPinned && helpersMissing ?? 0 == 0
    }

    /// Whether his supervisor has heard that the window which is promised now will be missed, and nobody is there yet.
    var isAtRisk: Bool { window != nil && riskToldFor == window && !hasBegun }

    /// Nobody moves it any more, gives it to another or agrees on another time.
    var hasBegun: Bool { arrivedAt != nil }

    /// When he believes to have to be there.
    var toldStart: Date { (planned ?? window ?? proposedWindow).start }

    /// Moves the state machine; false, and unchanged, when the event changes nothing here.
    mutating func apply(_ event: AssignmentEvent) -> Bool {
        guard let next = AssignmentStateMachine.next(status, event) else { return false }
        status = next
        return true
    }
}
