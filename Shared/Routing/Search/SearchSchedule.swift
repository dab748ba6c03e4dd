/// How many searches there are in a budget.
struct SearchSchedule {
    /// Searches from nothing, and then from the best choice of pooled routes where there is a good one.
    let starts: Int
    let returns: Int
    /// Rounds from one look at the board's routes to the next.
    let pooling: Int
    /// Of the budget, for searches of the whole; the rest goes into generated plans and parts of the best. 1 where all of
    /// it does.
    let whole: Double
    /// Whether the rest begins with plans of generated routes.
    let generates: Bool

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
    /// The same where routes are generated, which make better plans of any that is fair; but pooled searches that bring
    /// much keep their half.
    private static let roundsBeforeGenerating = 450.0
    private static let leastBeforeGenerating = 0.3
    private static let bringsMuch = 0.5
    /// Routes are generated where each job has so many rounds for each job of a route: the longer routes are, the longer
    /// it takes until those that are generated make a plan. With more where pooled searches bring much.
    private static let roundsOfGenerating = 100.0
    private static let roundsBesidePooling = 200.0

    /// - Parameters:
    ///   - servesAll: where that cannot be, one long search leaves out less.
    ///   - generates: whether routes can be generated.
    init(rounds: Double, jobs: Int, routes: Int, servesAll: Bool, generates: Bool = false) {
        let roundsOfJob = rounds / Double(max(1, jobs))
        let hasParts = servesAll && jobs > 2 * PlanPart.mostJobs
        let few = min(1, Self.fewRoutes / Double(max(1, routes))) * min(1, Self.fewJobs / Double(max(1, jobs)))
        let ofRoute = Double(jobs) / Double(max(1, routes))
        let isPooledWell = few >= Self.bringsMuch
        let least = ofRoute * (isPooledWell ? Self.roundsBesidePooling : Self.roundsOfGenerating)
        self.generates = generates && hasParts && roundsOfJob > max(2 * Self.roundsBeforeGenerating, least)
        let enough = self.generates ? Self.roundsBeforeGenerating : Self.roundsOfWhole
        let leastWhole = self.generates && !isPooledWell ? Self.leastBeforeGenerating : Self.leastWhole
        whole = hasParts ? min(1, max(leastWhole, enough / max(1, roundsOfJob))) : 1
        let long = (roundsOfJob * whole / Self.roundsOfOne).squareRoot()
        starts = servesAll ? max(1, Int(long * few)) : 1
        returns = starts == 1 ? 0 : 1 + starts / 2
        pooling = max(1, jobs / 4)
    }
}
