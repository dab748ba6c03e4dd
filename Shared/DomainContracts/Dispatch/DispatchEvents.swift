import FoundationEssentials

/// An engineer is known. Subject `engineer/<id>`.
public struct EngineerRegistered: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "engineer-registered"

    public var engineerId: UUID
    public var employeeNumber: String
    public var name: String
    public var grade: String
    public var branch: String
    public var team: String
    public var supervisorId: UUID?
    public var hourlyRate: Money
    public var skills: [SkillLevel]
    public var regionCodes: [String]

    public init(
        engineerId: UUID, employeeNumber: String, name: String, grade: String, branch: String, team: String,
        supervisorId: UUID? = nil, hourlyRate: Money, skills: [SkillLevel] = [], regionCodes: [String] = []
    ) {
        self.engineerId = engineerId
        self.employeeNumber = employeeNumber
        self.name = name
        self.grade = grade
        self.branch = branch
        self.team = team
        self.supervisorId = supervisorId
        self.hourlyRate = hourlyRate
        self.skills = skills
        self.regionCodes = regionCodes
    }
}

/// Nobody may go: which rule emptied the list, and what the nearest relaxation would be. Subject `job/<work order id>`.
public struct DispatchImpossible: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "dispatch-impossible"

    public var workOrderId: UUID
    public var workOrderNumber: String
    public var round: Int
    /// The hard rule that excluded the last candidates.
    public var emptiedBy: String
    /// The smallest change that would let somebody go, as code and parameters.
    public var nearestRelaxation: CodedReason?
    public var candidates: Int
    /// When that was found; nil in what earlier versions told.
    public var decidedAt: Date?
    public var retryAt: Date

    public init(
        workOrderId: UUID, workOrderNumber: String, round: Int, emptiedBy: String,
        nearestRelaxation: CodedReason? = nil, candidates: Int, decidedAt: Date? = nil, retryAt: Date
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.round = round
        self.emptiedBy = emptiedBy
        self.nearestRelaxation = nearestRelaxation
        self.candidates = candidates
        self.decidedAt = decidedAt
        self.retryAt = retryAt
    }

    public var impasse: DispatchImpasse {
        DispatchImpasse(
            round: round, emptiedBy: emptiedBy, nearestRelaxation: nearestRelaxation, candidates: candidates,
            decidedAt: decidedAt, retryAt: retryAt)
    }
}

/// Dispatch tells somebody higher up: an offer ran out, nobody may go, a visit is not ended. Subject `job/<work order id>`.
public struct DispatchEscalationRaised: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "escalation-raised"

    public var workOrderId: UUID
    public var workOrderNumber: String
    public var escalation: Escalation

    public init(workOrderId: UUID, workOrderNumber: String, escalation: Escalation) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.escalation = escalation
    }
}
