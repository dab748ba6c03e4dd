import DomainContracts
import FoundationEssentials

extension Decider {
    func deadlock(
        _ jobRules: JobRules, _ findings: Findings, _ board: inout Board, _ scales: Scales
    ) -> Decision.Deadlock {
        guard let last = findings.brokenBy.max() else {
            return .init(
                emptiedBy: HardRule.noEngineers, nearestRelaxation: CodedReason(code: "register-engineer"),
                candidates: 0)
        }
        return .init(
            emptiedBy: findings.hardRules[Int(last)],
            nearestRelaxation: nearest(jobRules, findings, &board, scales), candidates: roster.count)
    }

    /// The member for whom least has to be lifted. Calendars are looked into only where that may still decide.
    private func nearest(
        _ jobRules: JobRules, _ findings: Findings, _ board: inout Board, _ scales: Scales
    ) -> CodedReason? {
        var nearest: (member: Int, last: Int?)?
        var least = Int.max
        for member in 0..<roster.count {
            var effort = 0
            for (rule, allowed) in jobRules.allowed.enumerated() where !(allowed?.contains(member) ?? true) {
                effort += self.effort(of: rule, scales.job, member)
            }
            if effort >= least { continue }
            let last = lastBroken(by: member, findings, &board, scales)
            if let last { effort += self.effort(of: last, scales.job, member) }
            if effort < least { (nearest, least) = ((member, last), effort) }
        }
        return nearest.map { member, last in
            let broken = jobRules.broken(by: member) + (last.map { [$0] } ?? [])
            return relaxation(of: broken.map { findings.hardRules[$0] }, scales.job, member)
        }
    }

    /// Whether his own calendar keeps a member away, that of those who would have to go with him, or the end of his skills.
    private func lastBroken(
        by member: Int, _ findings: Findings, _ board: inout Board, _ scales: Scales
    ) -> Int? {
        let found = Int(findings.brokenBy[member])
        if found == noFreeTime || found == noFreeTime + 1 { return found }
        if scales.rules.allowed.indices.contains(found), scales.rules.allowed[found]?.contains(member) ?? true {
            return found
        }
        let isBusy = roster.members[member].hasShifts && scales.weigh(member, board.timeline(of: member)) == nil
        return isBusy ? noFreeTime : nil
    }

    /// What it takes to lift a rule for somebody, from asking him again to teaching him.
    private func effort(of rule: Int, _ job: JobRequest, _ member: Int) -> Int {
        guard rules.ruleSet.hard.indices.contains(rule) else { return 2 }
        return switch rules.ruleSet.hard[rule].test {
        case .tried: 1
        case .partsInVan: 2
        case .shift: 3
        case .territory: 4
        // The customer has to be asked.
        case .preferred: 5
        case .own: 8
        // What has ended is renewed by one more lesson.
        case .skill: 10 * max(1, job.required.reduce(0) { $0 + max(0, $1.level - roster.level(member, $1.skill)) })
        case .excluded: 100
        }
    }

    /// The first skill that somebody lacks, or that ends too soon.
    private func gap(_ job: JobRequest, _ member: Int) -> SkillLevel? {
        job.required.first { roster.level(member, $0.skill) < $0.level }
            ?? job.required.first { roster.end(member, $0.skill) < .max }
    }

    private func relaxation(of names: [String], _ job: JobRequest, _ member: Int) -> CodedReason {
        var parameters = ["engineerId": roster.id(of: member).text, "rules": names.joined(separator: ",")]
        if names.contains("skill"), let gap = gap(job, member) {
            parameters["skill"] = gap.skill
            parameters["required"] = String(gap.level)
            parameters["has"] = String(roster.level(member, gap.skill))
            let end = roster.end(member, gap.skill)
            if end < .max { parameters["validUntil"] = RFC3339.format(Date(epoch: end)) }
        }
        if names.contains("territory") { parameters["regionCode"] = job.region }
        return CodedReason(code: names.count == 1 ? "relax_\(names[0])" : "relax_several", parameters: parameters)
    }
}
