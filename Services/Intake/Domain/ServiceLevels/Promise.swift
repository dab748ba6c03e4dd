import DomainContracts
import FoundationEssentials

/// What one work order is promised: the targets of its clocks, and by which clause.
struct Promise: Sendable, Equatable {
    let terms: SLATerms
    let calendar: CalendarRef
    let target: ServiceLevelTarget
    /// JSON pointer to the target in the service levels.
    let clause: String

    /// Seconds of the calendar.
    func seconds(_ kind: ClockKind) -> Int { target.minutes(kind) * 60 }

    /// The clocks of a new order: those of a visit only when somebody must go.
    func clocks(from start: Date, visit: Bool) -> [SLAClock] {
        let kinds: [ClockKind] = visit ? ClockKind.known : [.response, .resolution]
        return kinds.map { kind in
            SLAClock(
                kind, calendar: calendar, targetSeconds: seconds(kind), startedAt: start,
                policyVersion: terms.policyVersion, clause: clause)
        }
    }
}

/// How a work order's clocks are treated while they run; kept with it, so that other service levels touch it only when
/// they are meant to.
struct SLATerms: Codable, Sendable, Equatable {
    var policyVersion: Int
    /// Share of the target at which a warning is given.
    var warnAtPercent: Int
    /// Waits that take their time out, by clock.
    var pauses: [String: [String]]
    var escalation: [EscalationStep]

    func pauses(_ kind: ClockKind, during reason: String?) -> Bool {
        reason.map { pauses[kind.rawValue]?.contains($0) == true } ?? false
    }
}

extension PolicyVersion {
    /// The promise for a level, priority and service type: the target that names the service type, or else the one for
    /// all. A level that is not listed has the standard one's targets, an unknown priority p4's.
    func promise(
        _ level: ResponseLevel, _ priority: Priority, _ serviceType: ServiceType, calendars: [String: CalendarVersion]
    ) -> Promise? {
        let levels = rules.levels
        guard
            let index = levels.firstIndex(where: { $0.level == level })
                ?? levels.firstIndex(where: { $0.level == .standard })
        else { return nil }
        let terms = levels[index]
        let row = priority.isKnown ? priority : .p4
        let rows = terms.targets.indices.filter { terms.targets[$0].priority == row }
        guard
            let place = rows.first(where: { terms.targets[$0].serviceType == serviceType })
                ?? rows.first(where: { terms.targets[$0].serviceType == nil }),
            let calendar = calendars[terms.calendar]
        else { return nil }
        return Promise(
            terms: SLATerms(
                policyVersion: policyVersion, warnAtPercent: rules.warnAtPercent,
                pauses: Dictionary(rules.pauses.map { ($0.clock.rawValue, $0.reasons) }, uniquingKeysWith: { $1 }),
                escalation: terms.escalation),
            calendar: calendar.ref, target: terms.targets[place], clause: "/levels/\(index)/targets/\(place)")
    }
}

extension SLABook {
    /// What a new order is promised.
    func promise(_ level: ResponseLevel, _ priority: Priority, _ serviceType: ServiceType) -> Promise {
        policy.promise(level, priority, serviceType, calendars: calendars) ?? .lastResort
    }
}

extension Promise {
    /// Where the document is of a newer Mendloop and lacks what this one reads: the slowest standard promise.
    static let lastResort = Promise(
        terms: SLATerms(policyVersion: 0, warnAtPercent: 75, pauses: [:], escalation: []),
        calendar: CalendarRef(name: CalendarVersion.workingHours, version: 1),
        target: ServiceLevelTarget(priority: .p4, response: 450, acceptance: 900, arrival: 2_250, resolution: 4_500),
        clause: "")
}
