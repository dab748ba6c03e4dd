import DomainContracts
import Foundation
import ServiceKit

/// One visit as the engineer lives it: depart, check in, find, repair, end.
struct Visit: Sendable {
    let world: World
    let order: KnownOrder
    let id: UUID
    let engineer: UUID
    /// The order's how manieth, 1 the first.
    let number: Int
    /// When he is to be there.
    let start: Date
    let travelMinutes: Int

    /// What a customer or approver said to an estimate.
    enum Clearance: Sendable { case go, refused, rejected, waits(EstimateDecision) }

    func work(_ plan: VisitPlan) async throws {
        try await say(DepartForVisit(visitId: id, engineerId: engineer, position: place, occurredAt: now))
        let isLate = fate.happens(step("late"), 0.08)
        let arrival = start.addingTimeInterval(
            Double(fate.number(step("arrival"), isLate ? 30...50 : 1...12)) * 60)
        try await world.wait(until: arrival)
        try await say(CheckIn(visitId: id, engineerId: engineer, position: place, occurredAt: now))
        if plan == .nobodyHome {
            try await world.wait(minutes: 10)
            return try await end(.noAccess, work: 0)
        }
        try await say(StartWork(visitId: id, engineerId: engineer, occurredAt: now))
        if plan == .unsafe {
            return try await end(.unsafe, work: 5, resumeOn: now.addingTimeInterval(86_400))
        }
        try await diagnose(plan)
    }

    /// Ends a visit in which something was refused, so that the order goes on some other way.
    func leave() async throws {
        _ = try await world.client.perform(
            EndVisit(
                visitId: id, engineerId: engineer, reason: .noAccess, workMinutes: 0, travelMinutes: travelMinutes,
                note: "left early", occurredAt: now),
            as: speaker, story: order.id, attempts: 4)
    }

    private func diagnose(_ plan: VisitPlan) async throws {
        try await world.wait(minutes: fate.number(step("diagnosis"), 8...20))
        let finding = UUID.v7()
        let minutes = fate.number(step("minutes"), 20...50)
        let part = plan == .tooExpensive || fate.happens("takes-part", 0.35) ? self.part : nil
        try await say(
            RecordFinding(
                findingId: finding, visitId: id, engineerId: engineer,
                problemCode: "P-\(PartsCatalog.slug(order.repaired.category).prefix(20))",
                causeCode: fate.pick("cause", ["wear", "seal", "electronics", "installation", "dirt"]),
                remedyCode: fate.pick("remedy", ["replace", "clean", "adjust", "solder"]),
                misuse: fate.happens("misuse", world.shares.misuse), estimatedMinutes: minutes,
                plannedParts: part.map { [PlannedPart(partCode: $0.code, quantity: 1)] } ?? [], occurredAt: now))
        guard try await proceed(await clearance(of: finding), plan) else { return }
        switch plan {
        case .noShow, .nobodyHome, .unsafe:
            break
        case .fixed:
            try await repair(minutes, part)
        case .noFaultFound:
            try await conclude(.workDone, .noFaultFound, work: 15)
        case .partMissing:
            try await requestForNextVisit(self.part.code)
        case .partUnavailable:
            try await requestForNextVisit(PartsCatalog.discontinued(order.repaired.category))
        case .skillShort:
            world.order(order.id) { $0.isDiagnosed = true }
            let skill = SkillLevel(skill: PartsCatalog.slug(order.repaired.category), level: 3)
            try await end(.skillShort, work: 20, skills: [skill])
        case .tooExpensive:
            // Under cover there was nothing to refuse; it is not worth repairing all the same.
            try await conclude(.cannotBeDone, .unrepairable, reason: "spare_parts_too_expensive", work: 20)
        case .unrepairable(let barrier):
            try await conclude(.cannotBeDone, .unrepairable, reason: Self.code(barrier), work: 25)
        }
    }

    /// Ends the visit where the estimate was refused or waits for somebody's word; true when work may go on.
    private func proceed(_ clearance: Clearance, _ plan: VisitPlan) async throws -> Bool {
        switch clearance {
        case .go:
            return true
        case .refused:
            try await end(.quoteRefused, work: 15)
        case .rejected:
            try await conclude(.cannotBeDone, .cannotComplete, reason: "estimate_rejected", work: 15)
        case .waits(let decision):
            if plan == .partMissing || plan == .fixed { world.order(order.id) { $0.isDiagnosed = true } }
            try await end(decision == .approval ? .needsApproval : .needsQuote, work: 15)
        }
        return false
    }

    /// What billing, the approver and the customer say. The engineer waits forty minutes for a word, not longer.
    func clearance(of subject: UUID) async throws -> Clearance {
        guard let estimate = await world.estimates.value(subject) else { throw CancellationError() }
        if estimate.decision == .none { return .go }
        // A word takes half a dozen messages: on a fast clock the machine needs more than the forty minutes.
        let patience = max(.seconds(6), world.real(minutes: 40))
        switch await world.verdicts.value(estimate.estimateId, within: patience) {
        case .accepted:
            world.order(order.id) { $0.agreedTotal = max($0.agreedTotal, estimate.total.amount) }
            return .go
        case .refused: return .refused
        case .rejected: return .rejected
        case nil:
            try Task.checkCancellation()
            return .waits(estimate.decision)
        }
    }

    func conclude(_ reason: VisitEndReason, _ outcome: Outcome, reason text: String? = nil, work: Int) async throws {
        try await end(reason, outcome: outcome, outcomeReason: text, work: work)
    }

    func end(
        _ reason: VisitEndReason, outcome: Outcome? = nil, outcomeReason: String? = nil, work: Int,
        skills: [SkillLevel] = [], resumeOn: Date? = nil
    ) async throws {
        try await say(
            EndVisit(
                visitId: id, engineerId: engineer, reason: reason, outcome: outcome, outcomeReason: outcomeReason,
                workMinutes: work, travelMinutes: travelMinutes, requiredSkills: skills, resumeOn: resumeOn,
                occurredAt: now))
    }

    @discardableResult
    func say<C: Command>(_ command: C) async throws -> C.Reply {
        try await world.client.require(command, as: speaker, story: order.id)
    }

    /// `Item too worn out` → `item_too_worn_out`
    private static func code(_ barrier: String) -> String {
        barrier.lowercased().split { !$0.isLetter }.joined(separator: "_")
    }

    var now: Date { world.clock.now() }
    var fate: Fate { order.fate }
    var speaker: Speaker { .engineer(engineer) }
    func step(_ name: String) -> String { "\(name)-\(number)" }
    /// The part this repair takes.
    var part: PartsCatalog.Part { fate.pick("part", PartsCatalog.stocked(order.repaired.category)) }
    private var place: Coordinates { City.place(in: fate.pick("district", City.districts), fate) }
}
