import DomainContracts
import FoundationEssentials

/// One assignment and the visit that follows it under the same id: what dispatch and field service told of it.
struct TripFacts: Codable, Sendable, Equatable {
    let id: UUID
    var engineerId: UUID?
    /// The round of need it serves; the order's round at the time when a visit was heard of before its assignment.
    var round: Int
    /// Set when this trip's work showed that an ended order was not over: dispatch had taken everybody else back, so
    /// the trip counts for the round of that time.
    var reinstatedRound: Int?
    var offeredAt: Date?
    /// A dispatcher chose the engineer himself.
    var assignedByHandAt: Date?
    var acceptedAt: Date?
    var bookedAt: Date?
    var window: TimeWindow?
    /// Declined, expired or withdrawn.
    var lostAt: Date?
    var departedAt: Date?
    var checkedInAt: Date?
    var startedAt: Date?
    var pausedAt: Date?
    var resumedAt: Date?
    var missedAt: Date?
    var end: TripEnd?
    var confirmedAt: Date?
    var disputedAt: Date?

    init(id: UUID, round: Int) {
        self.id = id
        self.round = round
    }

    /// The round that the trip counts for.
    var servedRound: Int { max(round, reinstatedRound ?? 0) }

    /// The engineer was there. What withdraws an assignment cannot undo that.
    var isOnSite: Bool { checkedInAt != nil || startedAt != nil || end?.startedAt != nil }
    var isOver: Bool {
        end != nil || missedAt != nil || confirmedAt != nil || disputedAt != nil || (lostAt != nil && !isOnSite)
    }

    /// How far it got, while it is not over; nil when it is, or is not known to exist yet.
    var stage: Stage? {
        if isOver { return nil }
        if startedAt != nil { return .inProgress }
        if checkedInAt != nil { return .onSite }
        if departedAt != nil { return .enRoute }
        if bookedAt != nil { return .scheduled }
        if acceptedAt != nil { return .accepted }
        return offeredAt != nil ? .assigned : nil
    }

    /// In rising rank: the furthest open trip sets the order's status.
    enum Stage: Int, Comparable, CaseIterable, Sendable {
        case assigned, accepted, scheduled, enRoute, onSite, inProgress

        var isOnSite: Bool { self >= .onSite }

        var state: WorkOrderState {
            switch self {
            case .assigned: .assigned
            case .accepted: .accepted
            case .scheduled: .scheduled
            case .enRoute: .enRoute
            case .onSite: .onSite
            case .inProgress: .inProgress
            }
        }

        static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    }

    /// A message that somebody chose him, or that he accepted, booked or moved, implies that a human acted.
    var firstHumanAct: Date? {
        [assignedByHandAt, acceptedAt, bookedAt, departedAt, checkedInAt, startedAt].compactMap { $0 }.min()
    }
}

/// How a visit ended.
struct TripEnd: Codable, Sendable, Equatable {
    var reason: VisitEndReason
    var at: Date
    var startedAt: Date?
    var outcome: Outcome?
    var outcomeReason: String?
    var partRequestIds: [UUID]
    var requiredSkills: [SkillLevel]
    var resumeOn: Date?

    init(_ ended: VisitEnded) {
        reason = ended.reason
        at = ended.endedAt
        startedAt = ended.startedAt
        outcome = ended.outcome
        outcomeReason = ended.outcomeReason
        partRequestIds = ended.partRequestIds
        requiredSkills = ended.requiredSkills
        resumeOn = ended.resumeOn
    }

    /// After these nobody has to go again.
    var isFinished: Bool { reason == .workDone || reason == .cannotBeDone || reason == .quoteRefused }
}
