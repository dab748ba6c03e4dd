import FoundationEssentials
import Routing

/// What the rules say of giving one visit to others, in seconds of travel.
struct PlanPrices {
    private let scales: Scales
    private let roster: Roster
    /// What a minute of travel costs by the rules.
    private let perMinute: Int
    /// Columns of the skills that it takes.
    private let skills: [Int]

    /// - Parameter engineer: the member who has it now.
    init(_ job: JobRequest, _ rules: inout CompiledRules, engineer: Int, now: Int, travel: TravelTimes) {
        roster = rules.roster
        scales = Scales(job: job, rules: rules.apply(to: job), soft: rules.ruleSet.soft, now: now, travel: travel)
        skills = roster.columns(of: job.required)
        perMinute = max(1, scales.price(of: .travel, engineer))
    }

    /// Whether no hard rule keeps somebody out, his calendar apart, and his skills last until a moment.
    func allows(_ member: Int, until moment: Int) -> Bool {
        scales.rules.broken(by: member).isEmpty && roster.end(member, columns: skills) >= moment
    }

    /// What each of these members costs more than the cheapest of them, by what does not depend on the way.
    func surcharges(_ members: [Int]) -> [Int32] {
        let costs = members.map { scales.standing($0, roster.members[$0].base) }
        let least = costs.min() ?? 0
        return costs.map { Int32(clamping: min(($0 - least) * 60 / perMinute, Self.most)) }
    }

    /// What it costs to begin after the promised arrival; nil where none is promised.
    func lateness(from origin: Int, engineer: Int) -> TimePrice? {
        guard let dueAt = scales.job.dueAt else { return nil }
        let price = scales.price(of: .slaSlack, engineer) * scales.job.urgency * 1_000 / perMinute
        guard price > 0 else { return nil }
        return TimePrice(from: Int32(clamping: max(0, dueAt - origin)), price: Int32(clamping: min(price, Self.most)))
    }

    /// Thirty days of the road: more than any plan saves.
    private static let most = 30 * 86_400
}
