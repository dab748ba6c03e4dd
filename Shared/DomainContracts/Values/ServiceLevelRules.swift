/// The service levels as people write them: what is promised, in whose hours, what takes time out, and who is told when.
/// docs/sla.md explains each part.
public struct ServiceLevelRules: Codable, Sendable, Hashable {
    public var name: String
    /// Share of a target at which a warning is given, 1…99.
    public var warnAtPercent: Int
    /// `standard` must be there; it holds for levels that are not.
    public var levels: [ServiceLevelTerms]
    /// Waits that take their time out of a clock. All others count.
    public var pauses: [PauseRule]

    public init(name: String, warnAtPercent: Int, levels: [ServiceLevelTerms], pauses: [PauseRule] = []) {
        self.name = name
        self.warnAtPercent = warnAtPercent
        self.levels = levels
        self.pauses = pauses
    }
}

/// One response level.
public struct ServiceLevelTerms: Codable, Sendable, Hashable {
    public var level: ResponseLevel
    /// Name of the business calendar in which its time runs.
    public var calendar: String
    /// One for each priority, and others for service types that are promised something else.
    public var targets: [ServiceLevelTarget]
    /// Who is told of a clock that is not met, in order; each once.
    public var escalation: [EscalationStep]

    public init(
        level: ResponseLevel, calendar: String, targets: [ServiceLevelTarget], escalation: [EscalationStep] = []
    ) {
        self.level = level
        self.calendar = calendar
        self.targets = targets
        self.escalation = escalation
    }
}

/// Minutes of the calendar within which each clock is to be met.
public struct ServiceLevelTarget: Codable, Sendable, Hashable {
    public var priority: Priority
    /// Absent: all service types that have no target of their own.
    public var serviceType: ServiceType?
    public var response: Int
    public var acceptance: Int
    public var arrival: Int
    public var resolution: Int

    public init(
        priority: Priority, serviceType: ServiceType? = nil, response: Int, acceptance: Int, arrival: Int,
        resolution: Int
    ) {
        self.priority = priority
        self.serviceType = serviceType
        self.response = response
        self.acceptance = acceptance
        self.arrival = arrival
        self.resolution = resolution
    }
}

/// The waits that pause a clock.
public struct PauseRule: Codable, Sendable, Hashable {
    public var clock: ClockKind
    /// `awaiting_customer`, `awaiting_quote`, `awaiting_approval`, `awaiting_parts`, or the reason of a hold.
    public var reasons: [String]

    public init(clock: ClockKind, reasons: [String]) {
        self.clock = clock
        self.reasons = reasons
    }
}

/// When somebody is told: at a share of the target and so many minutes of the calendar after it.
public struct EscalationStep: Codable, Sendable, Hashable {
    /// `engineer`, `supervisor`, `manager`. Where nobody is on the job the engineer's goes to the supervisor.
    public var toRole: String
    /// 1…1000
    public var atPercent: Int
    /// 0 when absent.
    public var afterMinutes: Int?

    public init(toRole: String, atPercent: Int, afterMinutes: Int? = nil) {
        self.toRole = toRole
        self.atPercent = atPercent
        self.afterMinutes = afterMinutes
    }
}
