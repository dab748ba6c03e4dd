import FoundationEssentials
import Routing

/// What the rules say of giving one visit to others, in seconds of travel.
struct PlanPrices {
    private let terms: VisitTerms
    private var scales: Scales { terms.scales }
    private var roster: Roster { terms.roster }
    /// What it costs who has it now to come at a time.
    private let slot: SlotPrice
    /// What a minute of travel costs by the rules.
    private var perMinute: Int { max(1, slot.perDetourMinute) }

    /// - Parameter engineer: the member who has it now.
    init(_ job: JobRequest, _ rules: inout CompiledRules, engineer: Int, now: Int, travel: TravelTimes) {
        terms = VisitTerms(job, &rules, now: now, travel: travel)
        slot = terms.scales.prices(of: engineer, terms.roster.members[engineer].base, 0).slot
    }

    func allows(_ member: Int, until moment: Int) -> Bool { terms.allows(member, until: moment) }

    /// What it is worth giving an hour of work to somebody who has an hour less to do.
    func balance(of member: Int) -> Double { Double(scales.loadPrice(of: member) * 60) / Double(perMinute) }

    /// What each of these members costs more than the cheapest of them, by what depends on neither way nor load.
    func surcharges(_ members: [Int]) -> [Int32] {
        let costs = members.map { scales.prices(of: $0, roster.members[$0].base, 0).fixed }
        let least = costs.min() ?? 0
        return costs.map { Int32(clamping: min(($0 - least) * 60 / perMinute, Self.most)) }
    }

    /// What it costs to begin after the promised arrival; nil where none is promised.
    func lateness(from origin: Int) -> TimePrice? {
        let price = slot.perLateMinute * 1_000 / perMinute
        guard let dueAt = slot.dueAt, price > 0 else { return nil }
        return TimePrice(from: Int32(clamping: max(0, dueAt - origin)), price: Int32(clamping: min(price, Self.most)))
    }

    /// Thirty days of the road: more than any plan saves.
    private static let most = 30 * 86_400
}
