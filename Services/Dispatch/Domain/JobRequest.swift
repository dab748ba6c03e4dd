import DomainContracts
import FoundationEssentials

/// A job in the form the rules compute with, for one roster.
struct JobRequest: Sendable {
    let workOrderId: UUID
    let site: TravelPoint
    let seconds: Int
    /// Where in time it may lie.
    let range: Span
    let preferredSpans: [Span]
    let dueAt: Int?
    /// How much a minute counts, by priority.
    let urgency: Int
    let required: [(name: String, number: Int?, level: Int)]
    let excluded: Set<Int>
    let tried: Set<Int>
    let preferred: Int?
    let previous: Int?

    /// Nil when the job needs nobody.
    init?(_ id: UUID, _ job: Job, _ roster: Roster, now: Int) {
        guard let need = job.need else { return nil }
        workOrderId = id
        site = TravelPoint(job.place)
        seconds = job.durationMinutes * 60
        range = Self.range(of: job, now: now)
        preferredSpans = need.preferredWindows.map { Span($0) }.sorted { $0.start < $1.start }
        dueAt = need.arrivalDueAt?.epoch
        urgency = Self.urgency(of: job.priority)
        required = need.requiredSkills.map { ($0.skill, roster.number(of: $0.skill), $0.level) }
        excluded = Set(need.excludedEngineerIds.compactMap { roster.position(of: $0) })
        tried = Set(job.tried.compactMap { roster.position(of: $0) })
        preferred = need.preferredEngineerId.flatMap { roster.position(of: $0) }
        previous = job.lastEngineerId.flatMap { roster.position(of: $0) }
    }

    /// From when he can be there at the earliest, leaving time to accept, to the end of the horizon.
    static func range(of job: Job, now: Int) -> Span {
        let lead = job.priority == .p1 ? 15 * 60 : 3600
        let start = max(now + lead, job.need?.notBefore?.epoch ?? 0)
        return Span(start: start, end: start + RuleSet.horizonSeconds)
    }

    private static func urgency(of priority: Priority) -> Int {
        switch priority {
        case .p1: 8
        case .p2: 4
        case .p3: 2
        default: 1
        }
    }
}

/// The rules' constants, version 1: costs are minutes of travel, or what is worth as much.
enum RuleSet {
    static let version = 1
    static let horizonSeconds = 7 * 86_400
    /// Windows begin on it.
    static let gridSeconds = 15 * 60
    static let notPreferredCost = 10_000
    static let missedWishCost = 500
    static let newFaceCost = 15
    static let bookedMinutesPerCost = 15
    static let latenessCap = 20_000
}
