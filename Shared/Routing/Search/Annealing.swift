import Foundation

/// One search from hot to cold, over a part of a budget.
struct Annealing {
    private let cooling: Cooling
    private var temperature: Double
    /// Shares of the budget.
    let begin: Double
    var end = 1.0

    /// Shares of a budget: from the first to the second the speed of a search is measured. Before, it still gets to know
    /// who is near whom.
    private static let probe = (0.01, 0.02)

    init(_ cooling: Cooling, from begin: Double) {
        self.cooling = cooling
        self.begin = begin
        temperature = cooling.temperature(0)
    }

    /// How much of it is over, 0…1.
    func share(_ spent: SpentBudget) -> Double { min(1, (spent.share - begin) / (end - begin)) }

    /// One round; false when there is no time for more.
    mutating func round(_ search: inout RuinAndRecreate, _ spent: inout SpentBudget) -> Bool {
        guard spent.share < end else { return false }
        _ = search.round(temperature: temperature)
        spent.countRound()
        if spent.rounds & 15 == 0 { temperature = cooling.temperature(share(spent)) }
        return true
    }

    /// How many rounds the whole budget has, by the first ones.
    mutating func expectedRounds(_ search: inout RuinAndRecreate, _ spent: inout SpentBudget) -> Double {
        while spent.share < begin + Self.probe.0, round(&search, &spent) {}
        let (rounds, share) = (spent.rounds, spent.share)
        while spent.share < begin + Self.probe.1, round(&search, &spent) {}
        return spent.share > share ? Double(spent.rounds - rounds) / (spent.share - share) : 0
    }
}

/// From a temperature at which several legs' detour is accepted to one at which hardly any is, by equal factors.
struct Cooling {
    /// In average legs of the first plan: from nothing; from a plan that a hot search would only undo; of a part of a plan
    /// that is good already.
    static let fromNothing = 2.0
    static let fromPlan = 0.2
    static let ofPart = 0.1
    private static let coldest = 0.03

    /// Travel from one stop to the next, on average.
    let leg: Double
    var hottest = fromNothing

    func temperature(_ share: Double) -> Double { leg * hottest * pow(Self.coldest / hottest, share) }
}

extension RuinAndRecreate {
    /// So many rounds from hot to cold, or as many as the budget has left.
    mutating func anneal(_ cooling: Cooling, rounds: Int, _ spent: inout SpentBudget) {
        var temperature = 0.0
        for round in 0..<rounds where !spent.isSpent {
            if round & 15 == 0 { temperature = cooling.temperature(Double(round) / Double(rounds)) }
            _ = self.round(temperature: temperature)
            spent.countRound()
        }
    }
}
