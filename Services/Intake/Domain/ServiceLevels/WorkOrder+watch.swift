import DomainContracts
import FoundationEssentials

/// What a look at the clocks found.
enum ClockFinding: Sendable, Equatable {
    case warned(ClockState)
    case breached(ClockState)
    /// Somebody is to be told about the clock. `step` is his rank, `percent` the share of the target.
    case escalates(ClockState, step: Int, percent: Int)
}

/// The next thing that is to be told of a clock.
struct ClockMark: Sendable, Equatable {
    enum What: Sendable, Equatable {
        case warning, breach
        case escalation(step: Int, percent: Int)
    }

    let what: What
    let at: Date
}

extension WorkOrder {
    /// Finds the first clock of which something is due to be told and was not yet, and says when to look again. One at a
    /// time, because one message tells one piece of news about an order.
    mutating func watchClocks(now: Date, _ calendars: Calendars) -> ClockFinding? {
        var finding: ClockFinding?
        for index in clocks.indices {
            guard let mark = nextMark(of: clocks[index], at: now, calendars), mark.at <= now else { continue }
            let state = clocks[index].state(at: now, calendars)
            switch mark.what {
            case .warning:
                clocks[index].warnedAt = now
                finding = .warned(state)
            case .breach:
                clocks[index].breachedAt = now
                finding = .breached(state)
            case .escalation(let step, let percent):
                escalations.append(EscalationFact(about: clocks[index].kind.rawValue, step: step, at: now))
                finding = .escalates(state, step: step, percent: percent)
            }
            break
        }
        readClocks(at: now, calendars)
        return finding
    }

    /// What is to be told of the clock next, and when; nil when it does not run or everything was told.
    func nextMark(of clock: SLAClock, at now: Date, _ calendars: Calendars) -> ClockMark? {
        let reading = clock.reading(at: now, calendars)
        guard reading.phase == .running else {
            // It was late already when it stopped or paused, and nobody has looked since.
            let isUntold = clock.breachedAt == nil && reading.isLate && reading.phase != .void
            return isUntold ? ClockMark(what: .breach, at: now) : nil
        }
        let target = Double(reading.targetSeconds)
        var marks: [ClockMark] = []
        func add(_ what: ClockMark.What, _ seconds: Double) {
            if let at = reading.moment(afterSeconds: seconds) { marks.append(ClockMark(what: what, at: at)) }
        }
        if clock.breachedAt == nil { add(.breach, target) }
        // Of what is late already nobody is warned.
        if clock.warnedAt == nil, clock.breachedAt == nil, !reading.isLate {
            add(.warning, target * Double(terms.warnAtPercent) / 100)
        }
        if let step = nextEscalation(about: clock.kind) {
            add(
                .escalation(step: rank(of: step), percent: step.atPercent),
                target * Double(step.atPercent) / 100 + Double((step.afterMinutes ?? 0) * 60))
        }
        // A breach goes before the escalation that it causes.
        return marks.enumerated().min { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }?.element
    }

    private func nextEscalation(about kind: ClockKind) -> EscalationStep? {
        let told = highestTold(kind.rawValue) ?? 0
        return terms.escalation.first { (EscalationRule.rank(of: $0.toRole) ?? 0) > told }
    }

    /// Whom a step tells: the supervisor instead of an engineer who is not there.
    private func rank(of step: EscalationStep) -> Int {
        let rank = EscalationRule.rank(of: step.toRole) ?? EscalationRule.lastStep
        return rank == 1 && engineerId == nil ? 2 : rank
    }
}
