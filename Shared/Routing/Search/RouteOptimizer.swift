/// Improves plans for as long as it is given.
public protocol RouteOptimizer: Sendable {
    /// Tells plans that are better by what it is after, the first one at once, now and then another, at last the best,
    /// and returns that.
    ///
    /// - Parameters:
    ///   - plan: where to begin, one that `PlanEvaluator` accepts, or nil. The search stays nearer to it than to a first
    ///     plan of its own: what was good yesterday is good still.
    ///   - budget: how long to search. With a number of rounds the same seed finds the same plans on every machine.
    ///   - found: told of better plans, with their cost: prizes left out, travel, and what moved and later jobs cost.
    ///     False ends the search.
    func improve(
        _ problem: RoutingProblem, from plan: RoutingPlan?, budget: SearchBudget, seed: UInt64,
        found: (RoutingPlan, Int) -> Bool
    ) -> RoutingPlan
}

/// How long a search may go on.
public enum SearchBudget: Sendable, Hashable {
    case rounds(Int)
    case time(Duration)

    /// A share of it, 0…1, and the rest.
    public func split(_ share: Double) -> (SearchBudget, SearchBudget) {
        switch self {
        case .rounds(let rounds):
            let first = Int(Double(rounds) * share)
            return (.rounds(first), .rounds(rounds - first))
        case .time(let time): return (.time(time * share), .time(time * (1 - share)))
        }
    }
}

/// How much of a budget is spent.
struct SpentBudget {
    private let budget: SearchBudget
    private let began = ContinuousClock.now
    private(set) var rounds = 0
    private var placed = 0
    /// 0…1; the clock is looked at once in a while.
    private(set) var share = 0.0

    init(_ budget: SearchBudget) {
        self.budget = budget
        switch budget {
        case .rounds(let most): if most <= 0 { share = 1 }
        case .time(let limit): if limit <= .zero { share = 1 }
        }
    }

    var isSpent: Bool { share >= 1 }

    /// Looks at the clock now.
    mutating func lookAtClock() {
        if case .time(let limit) = budget { share = (ContinuousClock.now - began) / limit }
    }

    /// Whether there is time to place one more job of a first plan. Rounds do not count what that takes.
    mutating func goesOnPlacing() -> Bool {
        placed += 1
        if placed & 15 == 0 { lookAtClock() }
        if case .time = budget { return !isSpent }
        return true
    }

    /// Whether there is time for a little more of what counts no rounds.
    mutating func goesOn() -> Bool {
        lookAtClock()
        return !isSpent
    }

    /// Counts what takes about as long as so many rounds, and looks at the clock.
    mutating func count(rounds more: Int) {
        rounds += more
        if case .rounds(let most) = budget { share = Double(rounds) / Double(most) }
        lookAtClock()
    }

    mutating func countRound() {
        rounds += 1
        switch budget {
        case .rounds(let most): share = Double(rounds) / Double(most)
        case .time: if rounds & 7 == 0 { lookAtClock() }
        }
    }
}
