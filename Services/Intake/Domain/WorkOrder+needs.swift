import DomainContracts
import FoundationEssentials

extension WorkOrder {
    /// The first need of an order; nil when an agent settles it from afar.
    static func firstNeed(
        _ brief: WorkOrderBrief, windows: [TimeWindow], reason: DispatchReason = .initial, prefer: UUID? = nil,
        notBefore: Date? = nil, arrivalDueAt: Date? = nil
    ) -> DispatchNeed? {
        guard brief.needsVisit else { return nil }
        return DispatchNeed(
            round: 1, reason: reason,
            requiredSkills: RequiredSkills.of(category: brief.category, serviceType: brief.serviceType),
            preferredEngineerId: prefer, notBefore: notBefore, preferredWindows: windows,
            durationMinutes: RequiredSkills.durationMinutes(brief.serviceType), arrivalDueAt: arrivalDueAt)
    }

    /// Says that somebody is needed (again): a new round, which the visits before do not decide any more.
    mutating func need(_ reason: DispatchReason, at date: Date, windows: [TimeWindow] = []) {
        let last = facts.decidingTrip
        var need =
            facts.need
            ?? DispatchNeed(
                round: 0, reason: reason,
                requiredSkills: RequiredSkills.of(category: brief.category, serviceType: brief.serviceType),
                durationMinutes: RequiredSkills.durationMinutes(brief.serviceType))
        need.round += 1
        need.reason = reason
        need.preferredEngineerId = nil
        need.excludedEngineerIds = []
        if !windows.isEmpty { need.preferredWindows = windows }
        need.preferredWindows = need.preferredWindows.filter { $0.end > date }
        let parts = facts.partRequests.flatMap { $0.open ?? [] }
        need.parts = parts.isEmpty ? nil : parts
        switch reason {
        case .missed: need.excludedEngineerIds = last?.engineerId.map { [$0] } ?? []
        case .skillShort:
            let lacking = last?.end?.requiredSkills ?? []
            // Without a word on what is lacking, the level he had was not enough.
            need.requiredSkills =
                lacking.isEmpty
                ? need.requiredSkills.map { SkillLevel(skill: $0.skill, level: min(5, $0.level + 1)) }
                : RequiredSkills.raised(need.requiredSkills, by: lacking)
        default: need.preferredEngineerId = last?.engineerId ?? engineerId
        }
        facts.need = need
        facts.hold = nil
        outcome = nil
        resolvedAt = nil
        dispatchImpasse = nil
    }
}

extension PartRequestLineState {
    /// Pieces that are neither used nor given back.
    var open: Int { requested - consumed - returned - released }
}

extension WorkOrderBrief {
    /// Whether somebody has to go, or the device to come.
    var needsVisit: Bool { serviceMode != .remote && serviceType != .consultation }
}
