import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// A dispatcher's own decision: it wins over the rules'. Only what cannot be is refused; which hard rules it breaks
/// stands in the explanation. What was agreed with the customer goes with the job, unless he names another window.
struct AssignByHand: CommandHandler {
    var travel = TravelProvider.estimate

    func keys(_ command: AssignEngineer, _ keys: inout Keys) {
        keys.need(Job.self, command.workOrderId)
        keys.need(Engineer.self, command.engineerId)
        keys.need(EngineerCalendar.self, command.engineerId)
        keys.need(RuleBook.self, RuleBook.id)
    }

    func decide(_ command: AssignEngineer, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard var job = turn.get(Job.self, command.workOrderId) else {
            throw .notFound("/data/workOrderId", "work order")
        }
        guard let engineer = turn.get(Engineer.self, command.engineerId) else {
            throw .notFound("/data/engineerId", "engineer")
        }
        if job.status == .done { throw .conflict("work-order-closed", "The work order has ended") }
        if job.isOnHold { throw .conflict("work-order-on-hold", "The work order is on hold") }
        var span: Span?
        if let window = command.window { span = try checkedSpan(window, now: turn.now) }
        if let active = job.activeAssignmentId, let current = turn.get(Assignment.self, active) {
            if current.engineerId == command.engineerId {
                guard span == nil || span == Span(current.window ?? current.proposedWindow) else {
                    throw .conflict("already-assigned", "He has the job; book-slot moves its time")
                }
                return turn.affirm(current, active)
            }
            if current.hasBegun { throw .visitBegun }
            job.keepPromise(of: current)
            turn.withdraw(active, because: .reassigned)
        }
        guard let need = job.need, job.needsSomebody else {
            throw .conflict("nobody-needed", "The work order needs nobody now")
        }
        let tried = job.tried
        job.open(for: need, now: turn.now)
        job.tried = tried
        turn.set(job, command.workOrderId)
        let choice = try HandPicked(command, job, engineer, travel.times, &turn).choice(within: span, &turn)
        let id = UUID(
            derivedFrom: "assign:\(turn.envelope.source)|\(turn.envelope.id)", in: command.workOrderId)
        guard turn.offer(command.workOrderId, to: choice, as: id) else { throw .slotTaken }
        guard let assignment = turn.get(Assignment.self, id) else { throw .slotTaken }
        return turn.acknowledgement(assignment, id)
    }
}

/// One engineer, chosen by a person: when he can come, and what that breaks.
private struct HandPicked {
    private let command: AssignEngineer
    private let job: Job
    private let engineer: Engineer
    private let travel: TravelTimes
    private let request: JobRequest
    private let calendar: EngineerCalendar
    private let rules: RuleSet
    private var decider: Decider

    init(
        _ command: AssignEngineer, _ job: Job, _ engineer: Engineer, _ travel: TravelTimes, _ turn: inout Turn
    ) throws(Refusal) {
        self.command = command
        self.job = job
        self.engineer = engineer
        self.travel = travel
        rules = try turn.rulesInForce()
        guard var request = job.request(command.workOrderId, now: turn.now.epoch) else {
            throw .conflict("nobody-needed", "The work order needs nobody now")
        }
        request.vans = turn.partsInVan(of: command.engineerId, for: job)
        request.consider(turn.knownPeople(of: job))
        self.request = request
        calendar = turn.get(EngineerCalendar.self, command.engineerId) ?? EngineerCalendar()
        decider = Decider(CompiledRules(rules, Roster([engineer.person(command.engineerId, at: turn.now)])))
    }

    /// - Parameter named: when the dispatcher wants him to come; nil: when it was agreed, else when he can.
    func choice(within named: Span?, _ turn: inout Turn) throws(Refusal) -> Decision.Choice {
        let now = turn.now.epoch
        if let named {
            let arrivals = Arrivals(within: named)
            let ahead = Arrivals(earliest: min(max(now, named.start), arrivals.latest), latest: arrivals.latest)
            guard let found = slot(beginning: ahead, now) else { throw .slotTaken }
            return choice(found, request.beginning(ahead), now)
        }
        if let promised = job.promisedArrivals(from: now) {
            guard let found = slot(beginning: promised, now) else {
                throw .conflict(
                    "no-free-time", "He has no time within what was agreed with the customer; name a window")
            }
            return choice(found, request.beginning(promised), now)
        }
        guard let found = slot(now) else {
            throw .conflict("no-free-time", "He has no free time in the next days; name a window")
        }
        return choice(found, request, now)
    }

    private typealias Found = (slot: Slot, isOnDuty: Bool)

    private func timeline(_ range: Span) -> Timeline {
        engineer.timeline(in: range, stops: calendar.stops)
            .fetching(request.missing(command.engineerId))
    }

    /// The first time that lies well for him, in overtime if need be; else the first that he has at all.
    private func slot(beginning arrivals: Arrivals, _ now: Int) -> Found? {
        let range = Span(start: arrivals.earliest - 86_400, end: arrivals.latest + 86_400)
        let end = engineer.end(of: job.need?.requiredSkills ?? [])
        let timeline = timeline(range)
        for overtime in [false, true] {
            let found = timeline.first(
                for: request, arrivals, until: end, overtime: overtime, now: now, travel: travel)
            if let found { return (found, true) }
        }
        let seconds = 60 * job.durationMinutes
        guard let span = calendar.room(for: seconds, at: job.place, arrivals, by: travel) else { return nil }
        let anyTime = Timeline(base: TravelPoint(engineer.base), shifts: [range], stops: calendar.stops)
        let minutes = anyTime.travel(to: TravelPoint(job.place), for: span, by: travel)
        let fetches = engineer.depot != nil && request.missing(command.engineerId) > 0
        return (Slot(span: span, travelMinutes: minutes, detourMinutes: minutes, fetches: fetches), false)
    }

    /// The cheapest time on his shifts; else at any time.
    private func slot(_ now: Int) -> Found? {
        var decider = decider
        let range = Board.range(for: [request], now: now)
        let end = engineer.end(of: job.need?.requiredSkills ?? [])
        if let found = decider.slot(for: request, of: 0, in: timeline(range), until: end, now: now, travel: travel) {
            return (found, true)
        }
        let anyTime = Timeline(base: TravelPoint(engineer.base), shifts: [range], stops: calendar.stops)
        return decider.slot(for: request, of: 0, in: anyTime, now: now, travel: travel).map { ($0, false) }
    }

    private func choice(_ found: Found, _ request: JobRequest, _ now: Int) -> Decision.Choice {
        var decider = decider
        var broken = decider.broken(by: 0, request)
        if !found.isOnDuty, !broken.contains("shift") {
            let day = Span(start: found.slot.span.start - 86_400, end: found.slot.span.end + 86_400)
            let isInShift = timeline(day).shifts.contains { $0.contains(found.slot.span) }
            broken.append(isInShift ? "no_free_time" : "shift")
        }
        return .init(
            engineerId: command.engineerId, slot: found.slot, onDutyAt: engineer.duty?.onDuty(from: now) ?? now,
            explanation: AssignmentExplanation(
                ruleSetVersion: rules.version, considered: 1,
                excluded: broken.map { RuleExclusion(rule: $0, count: 1) },
                ranking: [
                    CandidateScore(
                        engineerId: command.engineerId, total: found.slot.detourMinutes,
                        terms: [ScoreTerm(rule: "travel", cost: found.slot.detourMinutes)])
                ], manual: true, crew: decider.crew(for: request)))
    }
}

extension Turn {
    /// The rules' choice is the dispatcher's too: from now on no plan takes the job from him.
    fileprivate mutating func affirm(_ assignment: Assignment, _ id: UUID) -> Acknowledgement {
        var affirmed = assignment
        affirmed.explanation.manual = true
        affirmed.isPinned = true
        if affirmed != assignment {
            set(affirmed, id)
            note("assigned-by-hand", about: Assignment.self, id)
        }
        return acknowledgement(assignment, id)
    }

    /// The rules by which people's own choices are weighed too.
    mutating func rulesInForce() throws(Refusal) -> RuleSet {
        let book = get(RuleBook.self, RuleBook.id) ?? .standard
        guard let rules = try? book.ruleSet() else {
            throw .conflict(
                "rules-unreadable", "The rules in force are of a newer Mendloop",
                detail: "upgrade dispatch, or put readable rules in force with dispatch.set-rules")
        }
        return rules
    }
}
