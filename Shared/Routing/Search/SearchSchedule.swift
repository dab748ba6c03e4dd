/// How many searches there are in a budget.
struct SearchSchedule {
    /// Searches from nothing, and then from the best choice of pooled routes where there is a good one.
    let starts: Int
    let returns: Int
    /// Rounds from one look at the board's routes to the next.
    let pooling: Int
    /// Of the budget, for searches of the whole; the rest goes into parts of the best plan. 1 where all of it does.
    let whole: Double

    var count: Int { starts + returns }

    /// Routes are kept from this share of a search on, when it no longer changes all of them all the time.
    static let pooledFrom = 0.4
    /// Of the budget, at most, for one choice.
    static let choosing = 0.08
    /// With so many rounds a job there is one search, with four times as many there are two: as many more as each is longer.
    private static let roundsOfOne = 100.0
    /// Of more routes than these the best choice is found too seldom: there the fewer searches, the more routes.
    private static let fewRoutes = 15.0
    /// And of more jobs than these, each search has too few rounds to bring one that is worth choosing.
    private static let fewJobs = 400.0

    /// So many rounds a job the searches of the whole have before parts begin, and so much of the budget at least.
    private static let roundsOfWhole = 1800.0
    private static let leastWhole = 0.5

    /// - Parameter servesAll: where that cannot be, one long search leaves out less.
    init(rounds: Double, jobs: Int, routes: Int, servesAll: Bool) {
        let roundsOfJob = rounds / Double(max(1, jobs))
        let hasParts = servesAll && jobs > 2 * PlanPart.mostJobs
        whole = hasParts ? min(1, max(Self.leastWhole, Self.roundsOfWhole / max(1, roundsOfJob))) : 1
        let long = (roundsOfJob * whole / Self.roundsOfOne).squareRoot()
        let few = min(1, Self.fewRoutes / Double(max(1, routes))) * min(1, Self.fewJobs / Double(max(1, jobs)))
        starts = servesAll ? max(1, Int(long * few)) : 1
        returns = starts == 1 ? 0 : 1 + starts / 2
        pooling = max(1, jobs / 4)
    }
}
