import DomainContracts
import FoundationEssentials

/// Checks service levels, collecting what is wrong with them.
struct ServiceLevelReader {
    private(set) var problems: [FieldProblem] = []
    private let calendars: Set<String>

    static let mostLevels = 50
    /// A year of minutes.
    static let longest = 366 * 24 * 60

    /// - Throws: all that is wrong with the document, with pointers below `pointer`.
    static func check(
        _ rules: ServiceLevelRules, calendars: some Sequence<String>, at pointer: String = "/data/serviceLevels"
    ) throws(DocumentProblems) {
        var reader = ServiceLevelReader(calendars: calendars)
        reader.check(rules, at: pointer)
        guard reader.problems.isEmpty else { throw DocumentProblems(list: reader.problems) }
    }

    private init(calendars: some Sequence<String>) { self.calendars = Set(calendars) }

    private mutating func check(_ rules: ServiceLevelRules, at pointer: String) {
        if rules.name.isEmpty || rules.name.count > 100 {
            complain("\(pointer)/name", "length", "expected 1 to 100 characters")
        }
        if !(1...99).contains(rules.warnAtPercent) {
            complain("\(pointer)/warnAtPercent", "out-of-range", "expected 1 to 99")
        }
        if rules.levels.count > Self.mostLevels {
            complain("\(pointer)/levels", "length", "expected at most \(Self.mostLevels) levels")
        }
        if !rules.levels.contains(where: { $0.level == .standard }) {
            complain("\(pointer)/levels", "required", "expected the level standard, which holds where no other does")
        }
        var levels: Set<ResponseLevel> = []
        for (index, terms) in rules.levels.enumerated() {
            let place = "\(pointer)/levels/\(index)"
            if !levels.insert(terms.level).inserted {
                complain("\(place)/level", "duplicate", "\(terms.level) is there already")
            }
            check(terms, at: place)
        }
        check(rules.pauses, at: "\(pointer)/pauses")
    }

    private mutating func check(_ terms: ServiceLevelTerms, at pointer: String) {
        if terms.level.rawValue.wholeMatch(of: /[a-z][a-z0-9_]{0,39}/) == nil {
            complain("\(pointer)/level", "format", "expected up to 40 of a-z, 0-9, _, a letter first")
        }
        if !calendars.contains(terms.calendar) {
            let known = calendars.sorted().joined(separator: ", ")
            complain("\(pointer)/calendar", "unknown-value", "expected one of: \(known)")
        }
        var seen: Set<[String]> = []
        for (index, target) in terms.targets.enumerated() {
            let place = "\(pointer)/targets/\(index)"
            check(target, at: place)
            if !seen.insert([target.priority.rawValue, target.serviceType?.rawValue ?? ""]).inserted {
                complain(place, "duplicate", "expected one target for a priority and service type")
            }
        }
        for priority in Priority.known where !seen.contains([priority.rawValue, ""]) {
            complain("\(pointer)/targets", "required", "expected a target of \(priority) for all service types")
        }
        check(terms.escalation, at: "\(pointer)/escalation")
    }

    private mutating func check(_ target: ServiceLevelTarget, at pointer: String) {
        checkKnown(target.priority, at: "\(pointer)/priority")
        if let serviceType = target.serviceType { checkKnown(serviceType, at: "\(pointer)/serviceType") }
        for kind in ClockKind.known where !(1...Self.longest).contains(target.minutes(kind)) {
            complain("\(pointer)/\(kind)", "out-of-range", "expected 1 to \(Self.longest) minutes")
        }
    }

    private mutating func check(_ steps: [EscalationStep], at pointer: String) {
        var last = 0
        for (index, step) in steps.enumerated() {
            let place = "\(pointer)/\(index)"
            if let rank = EscalationRule.rank(of: step.toRole) {
                if rank <= last {
                    complain("\(place)/toRole", "order", "expected somebody above the step before, each once")
                }
                last = max(last, rank)
            } else {
                let known = EscalationRule.roles.joined(separator: ", ")
                complain("\(place)/toRole", "unknown-value", "expected one of: \(known)")
            }
            if !(1...1_000).contains(step.atPercent) {
                complain("\(place)/atPercent", "out-of-range", "expected 1 to 1000")
            }
            if let minutes = step.afterMinutes, !(0...Self.longest).contains(minutes) {
                complain("\(place)/afterMinutes", "out-of-range", "expected 0 to \(Self.longest)")
            }
        }
    }

    private mutating func check(_ pauses: [PauseRule], at pointer: String) {
        var clocks: Set<ClockKind> = []
        for (index, pause) in pauses.enumerated() {
            let place = "\(pointer)/\(index)"
            checkKnown(pause.clock, at: "\(place)/clock")
            if !clocks.insert(pause.clock).inserted {
                complain("\(place)/clock", "duplicate", "\(pause.clock) is there already")
            }
            for (number, reason) in pause.reasons.enumerated() where !WorkOrder.waitReasons.contains(reason) {
                let known = WorkOrder.waitReasons.joined(separator: ", ")
                complain("\(place)/reasons/\(number)", "unknown-value", "expected one of: \(known)")
            }
        }
    }

    private mutating func checkKnown<E: OpenEnum>(_ value: E, at pointer: String) {
        if !value.isKnown {
            let known = E.known.map(\.rawValue).joined(separator: ", ")
            complain(pointer, "unknown-value", "expected one of: \(known)")
        }
    }

    private mutating func complain(_ pointer: String, _ code: String, _ detail: String) {
        problems.append(FieldProblem(pointer, code, detail))
    }
}

extension ServiceLevelTarget {
    /// Minutes of the calendar within which the clock is to be met; 0 for a clock that nobody knows.
    func minutes(_ kind: ClockKind) -> Int {
        switch kind {
        case .response: response
        case .acceptance: acceptance
        case .arrival: arrival
        case .resolution: resolution
        default: 0
        }
    }
}
