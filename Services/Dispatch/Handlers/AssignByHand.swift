import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// A dispatcher's own decision: it wins over the rules'. Only what cannot be is refused; which hard rules it breaks
/// stands in the explanation.
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
                return turn.acknowledgement(current, active)
            }
            turn.withdraw(active, because: .reassigned)
        }
        guard let need = job.need, job.status != .idle || job.lastVisitEnd == .noAccess else {
            throw .conflict("nobody-needed", "The work order needs nobody now")
        }
        let tried = job.tried
        job.open(for: need, now: turn.now)
        job.tried = tried
        turn.set(job, command.workOrderId)
        let rules = try turn.rulesInForce()
        guard let choice = choose(command, span, rules, job, engineer, &turn) else {
            throw .conflict("no-free-time", "He has no free time in the next days; name a window")
        }
        let id = UUID(
            derivedFrom: "assign:\(turn.envelope.source)|\(turn.envelope.id)", in: command.workOrderId)
        guard turn.offer(command.workOrderId, to: choice, as: id) else { throw .slotTaken }
        guard let assignment = turn.get(Assignment.self, id) else { throw .slotTaken }
        return turn.acknowledgement(assignment, id)
    }

    private func choose(
        _ command: AssignEngineer, _ span: Span?, _ rules: RuleSet, _ job: Job, _ engineer: Engineer, _ turn: inout Turn
    ) -> Decision.Choice? {
        let now = turn.now.epoch
        guard var request = job.request(command.workOrderId, now: now) else { return nil }
        request.vans = partsInVan(of: command.engineerId, for: job, &turn)
        let person = engineer.person(command.engineerId, at: turn.now)
        var decider = Decider(CompiledRules(rules, Roster([person])))
        let stops = (turn.get(EngineerCalendar.self, command.engineerId) ?? EngineerCalendar()).stops
        let range = Board.range(for: [request], now: now)
        let travel = travel.times
        let inShift = engineer.timeline(in: range, stops: stops)
        let anyTime = Timeline(base: TravelPoint(engineer.base), shifts: [range], stops: stops)
        var broken = decider.broken(by: 0, request)
        let slot: Slot
        if let span {
            let minutes = anyTime.travel(to: TravelPoint(job.place), for: span, by: travel)
            slot = Slot(span: span, travelMinutes: minutes, detourMinutes: minutes)
            let isInShift = inShift.shifts.contains { $0.contains(span) }
            if !isInShift, !broken.contains("shift") { broken.append("shift") }
        } else if let found = decider.slot(for: request, of: 0, in: inShift, now: now, travel: travel) {
            slot = found
        } else if let found = decider.slot(for: request, of: 0, in: anyTime, now: now, travel: travel) {
            slot = found
            if !broken.contains("shift") { broken.append("no_free_time") }
        } else {
            return nil
        }
        return .init(
            engineerId: command.engineerId, slot: slot, onDutyAt: engineer.duty?.onDuty(from: now) ?? now,
            explanation: AssignmentExplanation(
                ruleSetVersion: rules.version, considered: 1,
                excluded: broken.map { RuleExclusion(rule: $0, count: 1) },
                ranking: [
                    CandidateScore(
                        engineerId: command.engineerId, total: slot.detourMinutes,
                        terms: [ScoreTerm(rule: "travel", cost: slot.detourMinutes)])
                ], manual: true, crew: decider.crew(for: request)))
    }
}

extension AssignByHand {
    private func partsInVan(of engineerId: UUID, for job: Job, _ turn: inout Turn) -> PartsInVans? {
        guard let parts = job.need?.parts else { return nil }
        var van: [String: Int] = [:]
        for code in Set(parts.map(\.partCode)) {
            van[code] = turn.get(VanPart.self, VanPart.id(of: code, in: engineerId))?.onHand
        }
        return PartsInVans(parts, in: [engineerId: van])
    }
}

extension Turn {
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
