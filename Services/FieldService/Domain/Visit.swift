import DomainContracts
import FoundationEssentials

/// One piece of work towards a work order; its id is that of the assignment it follows.
struct Visit: Codable, Sendable, Equatable {
    private(set) var status: VisitState
    let visitId: UUID
    let workOrderId: UUID
    let workOrderNumber: String
    let engineerId: UUID
    let round: Int
    /// The time that is agreed; nil while the visit is only planned.
    private(set) var window: TimeWindow?
    /// The first time that was agreed: the figures go by it.
    private(set) var originalWindow: TimeWindow?
    /// Sequence of the newest booking that was applied.
    private(set) var bookingSequence = 0
    /// When within the window he is to be there; nil: when it begins.
    private(set) var planned: TimeWindow?
    /// Sequence of the plan that says so; nil as none.
    private var planSequence: Int?
    /// Who goes with him; nil as nobody.
    private(set) var helperIds: [UUID]?
    /// Sequence of the news that says so; nil as none.
    private var crewSequence: Int?
    var steps: [VisitStep] = []
    /// Why the engineer himself paused; nil while only estimates hold the visit up.
    var pauseReason: String?
    var findings: [Finding] = []
    var partRequests: [PartRequest] = []
    var partUses: [FittedPart] = []
    var waits: [EstimateWait] = []
    /// Answers that came before the estimate they answer.
    var earlyAnswers: [EarlyAnswer] = []
    var checkedInAt: Date?
    /// Checked in inside the original window.
    var arrivedOnTime: Bool?
    var startedAt: Date?
    var end: VisitEnd?
    var report: ServiceReportReference?

    init(
        visitId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID, round: Int,
        status: VisitState = .planned
    ) {
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.round = round
        self.status = status
    }

    /// Takes what was agreed on last; false when a newer booking was applied before, or nobody goes any more.
    mutating func book(_ event: AssignmentBooked, sequence: Int) -> Bool {
        guard sequence > bookingSequence, take(.book, at: event.bookedAt, by: "dispatch") else { return false }
        bookingSequence = sequence
        window = event.window
        originalWindow = event.originalWindow
        if sequence > planSequence ?? 0 { planned = nil }
        return true
    }

    /// Takes when he is to be there; false when that is old news, or he is there.
    mutating func plan(_ planned: TimeWindow, sequence: Int) -> Bool {
        guard sequence >= bookingSequence, sequence > planSequence ?? 0, !status.isFinal, !status.isOnSite else {
            return false
        }
        self.planned = planned
        planSequence = sequence
        return true
    }

    /// Takes who goes with him; false when that is old news, or the visit is over.
    mutating func take(_ helperIds: [UUID], sequence: Int) -> Bool {
        guard sequence > crewSequence ?? 0, !status.isFinal else { return false }
        crewSequence = sequence
        self.helperIds = helperIds
        return true
    }

    /// Takes an act and notes it; false, and unchanged, when it cannot happen in this state.
    @discardableResult
    mutating func take(_ act: VisitAct, at: Date, by: String, place: Coordinates? = nil) -> Bool {
        guard let next = VisitStateMachine.next(status, act) else { return false }
        status = next
        steps.append(VisitStep(act: act, at: at, by: by, place: place))
        return true
    }

    /// When the last thing happened: the next cannot have happened before.
    var lastStepAt: Date? { steps.last?.at }
    /// Estimates that nobody has answered for good.
    var openWaits: [EstimateWait] { waits.filter { !$0.standing.isAnswer } }
    /// The refusal that came last.
    var refusal: EstimateRefusal? { waits.compactMap(\.refusal).max { $0.at < $1.at } }
}

/// Who did what, when and where.
struct VisitStep: Codable, Sendable, Equatable {
    let act: VisitAct
    let at: Date
    /// `engineer/<id>`, `user/<name>`, or the service whose news it was.
    let by: String
    let place: Coordinates?
}

/// How a visit ended.
struct VisitEnd: Codable, Sendable, Equatable {
    var reason: VisitEndReason
    /// What the engineer said, where the answer to an estimate made something else of it.
    var saidReason: VisitEndReason?
    var outcome: Outcome?
    var outcomeReason: String?
    var workMinutes: Int
    var travelMinutes: Int
    var note: String?
    var requiredSkills: [SkillLevel]
    var resumeOn: Date?
    var endedAt: Date
}
