import FoundationEssentials

/// What the rules say of one visit, whoever may get it.
struct VisitTerms {
    let scales: Scales
    let roster: Roster
    /// Columns of the skills that it takes.
    private let skills: [Int]

    init(_ job: JobRequest, _ rules: inout CompiledRules, now: Int, travel: TravelTimes) {
        roster = rules.roster
        scales = Scales(job: job, rules: rules.apply(to: job), soft: rules.ruleSet.soft, now: now, travel: travel)
        skills = roster.columns(of: job.required)
    }

    /// Whether no hard rule keeps somebody out, his calendar apart, and his skills last until a moment.
    func allows(_ member: Int, until moment: Int) -> Bool {
        scales.rules.broken(by: member).isEmpty && end(of: member) >= moment
    }

    /// Until when his skills let somebody do it.
    func end(of member: Int) -> Int { roster.end(member, columns: skills) }

    /// - Parameter booked: minutes that he is booked for.
    func cost(of member: Int, _ booked: Int, coming at: Slot) -> Int {
        let prices = scales.prices(of: member, roster.members[member].base, booked)
        return prices.fixed + prices.slot.cost(of: at)
    }
}
