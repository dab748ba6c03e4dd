import DomainContracts

extension AssignmentRules {
    /// Which rule emptied the list, and the smallest change that would let somebody go.
    static func deadlock(
        _ job: JobRequest, _ roster: Roster, _ board: inout Board, _ excluded: [Int], now: Int
    ) -> AssignmentDecision.Deadlock {
        guard let last = excluded.lastIndex(where: { $0 > 0 }) else {
            return .init(
                emptiedBy: "no_engineers", nearestRelaxation: CodedReason(code: "register-engineer"), candidates: 0)
        }
        var nearest: (rules: [HardRule], effort: Int, member: Int)?
        for member in roster.members.indices {
            var rules = broken(job, member, roster)
            if !rules.contains(.shift), slot(for: job, board.timeline(of: member, roster), now: now) == nil {
                rules.append(.noFreeTime)
            }
            let effort = rules.reduce(0) { $0 + self.effort(of: $1, job, member, roster) }
            if nearest.map({ effort < $0.effort }) ?? true { nearest = (rules, effort, member) }
        }
        return .init(
            emptiedBy: HardRule.allCases[last].rawValue,
            nearestRelaxation: nearest.map { relaxation(of: $0.rules, job, $0.member, roster) },
            candidates: roster.members.count)
    }

    /// What it takes to lift a rule for somebody, from asking him again to teaching him.
    private static func effort(of rule: HardRule, _ job: JobRequest, _ member: Int, _ roster: Roster) -> Int {
        switch rule {
        case .tried: 1
        case .noFreeTime: 2
        case .shift: 3
        case .territory: 4
        case .skill: 10 * job.required.reduce(0) { $0 + max(0, $1.level - roster.level(member, $1.number)) }
        case .excluded: 100
        }
    }

    private static func relaxation(
        of rules: [HardRule], _ job: JobRequest, _ member: Int, _ roster: Roster
    ) -> CodedReason {
        var parameters = ["engineerId": roster.members[member].id.text]
        if rules.contains(.skill), let gap = job.required.first(where: { roster.level(member, $0.number) < $0.level }) {
            parameters["skill"] = gap.name
            parameters["required"] = String(gap.level)
            parameters["has"] = String(roster.level(member, gap.number))
        }
        if rules.contains(.territory) { parameters["regionCode"] = String(decoding: job.site.region, as: UTF8.self) }
        parameters["rules"] = rules.map(\.rawValue).joined(separator: ",")
        let code = rules.count == 1 ? "relax_\(rules[0].rawValue)" : "relax_several"
        return CodedReason(code: code, parameters: parameters)
    }
}
