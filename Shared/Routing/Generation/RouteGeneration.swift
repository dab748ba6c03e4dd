/// Routes that no search has come upon: the cheapest below their prices, again and again, until prices hardly let any be
/// cheaper (column generation; Desrochers, Desrosiers and Solomon, *Operations Research* 40, 1992). What all together say
/// is where a plan should begin that no exchange of some neighbouring jobs leads to.
struct RouteGeneration {
    private let problem: RoutingProblem
    private let labels: RouteLabels
    private(set) var prices: RoutePrices
    private let pace: Pace
    private var random: SearchRandom

    /// Of the jobs, so many are left to a search.
    private static let leftOpen = 0.45
    /// Share from which on a route is fixed along with the largest.
    private static let certain = 0.9
    /// Prices are right when new routes cost less by no more than this share of the best plan.
    private static let tolerance = 0.0002
    /// Share of what is left of a budget that prices may take. Of wide windows they take longer, and are worth less.
    private static let mostOfBudget = 0.4
    /// Jobs that are fixed until routes are generated once more.
    private static let fixedOfGeneration = 6
    /// All jobs would be fixed in no more steps than these.
    private static let steps = 150
    /// Rounds of prices after each generation, and after routes were fixed.
    private static let rounds = 50
    private static let roundsAfterFixing = 60
    /// Routes to begin with, and those that parts begin with.
    private static let firstRoutes = 2000
    private static let mostRoutes = 5000
    /// Rounds of a search for each job that generating routes and finding prices for them take about as long as.
    private static let roundsOfGeneration = 4
    /// Rounds of a search for each job that a plan of routes leaves to it.
    private static let roundsOfJob = 400

    private struct Pace {
        /// Rounds of the first prices.
        let firstRounds: Int
        let mostGenerations: Int
        /// By how much a smaller share may come before a larger one.
        let disorder: Double

        static let ofWhole = Pace(firstRounds: 300, mostGenerations: 100, disorder: 0)
        /// Whose prices are nearly right already, and which may be begun more than once: not each time with the same.
        static let ofPart = Pace(firstRounds: 50, mostGenerations: 8, disorder: 0.3)
    }

    /// Whether a problem's routes can be generated: any vehicle may as well have any job, nobody minds who has it, and each
    /// has one window.
    static func suits(_ problem: RoutingProblem) -> Bool {
        guard let first = problem.vehicles.first, !problem.hasTimeCosts else { return false }
        return problem.namedVehicles.isEmpty && first.pause == nil && (first.load?.price ?? 0) == 0
            && problem.vehicles.allSatisfy { $0 == first }
            && problem.jobs.allSatisfy { $0.windows.count == 1 && $0.skills.isSubset(of: first.skills) }
    }

    /// - Parameters:
    ///   - board: of the problem, whatever is on it.
    ///   - pool: routes to begin with.
    ///   - best: the best plan so far; all jobs are served.
    init(_ board: RouteBoard, _ pool: RoutePool, best: RoutingPlan, seed: UInt64) {
        let problem = board.problem
        self.problem = problem
        labels = RouteLabels(board)
        random = SearchRandom(seed: seed)
        // Nobody pays more for a job than for a vehicle that has no other.
        let prizes = problem.jobs.indices.map { min(problem.jobs[$0].prize, problem.cost(of: [$0], 0)) }
        var few = pool
        few.keepOfBestPlans(Self.firstRoutes)
        prices = RoutePrices(few, problem, around: best, prizes: prizes)
        pace = .ofWhole
    }

    /// For a part of a plan, from the prices that its jobs have among all.
    init(_ whole: RouteGeneration, of part: PlanPart, seed: UInt64) {
        problem = part.problem
        labels = RouteLabels(RouteBoard(part.problem))
        random = SearchRandom(seed: seed)
        prices = whole.prices.of(part.jobs, part.problem, seed: seed)
        pace = .ofPart
    }

    /// Lets the routes of a plan be chosen.
    mutating func add(_ plan: RoutingPlan, cost: Int) {
        for route in plan.routes where !route.isEmpty {
            _ = prices.add(route.map(Int32.init), kind: 0, cost: problem.cost(of: route, 0), planCost: cost)
        }
    }

    /// Generates routes until prices are right, or as often as they may be; false when that takes too long.
    ///
    /// - Parameter upper: what the best plan costs.
    mutating func converge(towards upper: Int, _ spent: inout SpentBudget) -> Bool {
        let end = spent.share + (1 - spent.share) * Self.mostOfBudget
        improve(&prices, upper, rounds: pace.firstRounds, &spent)
        for _ in 0..<pace.mostGenerations {
            let saved = generate(&prices, upper, &spent)
            if labels.isFull || spent.share > end { return false }
            if saved < Self.tolerance * Double(upper) { break }
            improve(&prices, upper, rounds: Self.rounds, &spent)
        }
        prices.thin(to: Self.mostRoutes)
        return true
    }

    /// Part of a plan: routes that the prices are most for, one after another, and those that are the best after these; nil
    /// when by the routes that there are what is left cannot be served for less than in the best plan.
    mutating func begunPlan(towards upper: Int, _ spent: inout SpentBudget) -> (routes: [[Int]], open: [Int])? {
        var rest = prices
        var routes: [[Int]] = []
        let least = Int(Self.leftOpen * Double(problem.jobs.count))
        var open = problem.jobs.count
        while open > least, !spent.isSpent, routes.count < problem.vehicles.count {
            let before = routes.count
            fixLargest(&rest, &routes)
            if routes.count == before { break }
            let fixed = routes[before...].reduce(0) { $0 + $1.count }
            open -= fixed
            for _ in 0..<1 + fixed / Self.fixedOfGeneration where !spent.isSpent {
                improve(&rest, upper, rounds: Self.roundsAfterFixing, &spent)
                if generate(&rest, upper, &spent) < Self.tolerance * Double(upper) { break }
            }
            improve(&rest, upper, rounds: Self.roundsAfterFixing, &spent)
            if rest.bound > Double(upper) - 1 { return nil }
        }
        return (routes, problem.jobs.indices.filter { rest.isOpen[$0] })
    }

    /// A plan of generated routes, and of those that a search makes of what they leave; nil when there is no time or no
    /// vehicle for it, or when none that is begun so seems to be better than the best.
    mutating func plan(towards upper: Int, _ spent: inout SpentBudget) -> (plan: RoutingPlan, cost: Int)? {
        guard let (routes, open) = begunPlan(towards: upper, &spent), !spent.isSpent,
            open.isEmpty || routes.count < problem.vehicles.count
        else { return nil }
        let rest = problem.with(Array(routes.count..<problem.vehicles.count), jobs: open)
        var search = RuinAndRecreate(rest, from: nil, seed: random.next()) { spent.goesOnPlacing() }
        search.anneal(Cooling(leg: search.averageLeg), rounds: Self.roundsOfJob * open.count, &spent)
        let found = search.bestPlan
        let plan = RoutingPlan(
            routes: routes + found.routes.map { $0.map { open[$0] } }, unserved: found.unserved.map { open[$0] })
        return (plan, routes.reduce(search.best.cost) { $0 + problem.cost(of: $1, 0) })
    }

    private mutating func fixLargest(_ rest: inout RoutePrices, _ routes: inout [[Int]]) {
        var ranked: [(worth: Double, route: Int)] = []
        for route in rest.live where rest.shares[route] > RoutePrices.smallestShare {
            ranked.append((rest.shares[route] + pace.disorder * random.unit(), route))
        }
        ranked.sort { $0 > $1 }
        var fixed = 0
        for candidate in ranked {
            let jobs = rest.pool.routes[candidate.route].jobs
            let isEnough = fixed * Self.steps >= problem.jobs.count
            guard !isEnough || rest.shares[candidate.route] >= Self.certain else { continue }
            guard routes.count < problem.vehicles.count, jobs.allSatisfy({ rest.isOpen[Int($0)] }) else { continue }
            routes.append(jobs.map(Int.init))
            rest.fix(candidate.route)
            fixed += jobs.count
        }
    }

    /// Adds routes that cost less than their prices; how much less all of them do, those that are known too: then it is
    /// the prices that are not right yet.
    private func generate(_ prices: inout RoutePrices, _ upper: Int, _ spent: inout SpentBudget) -> Double {
        let found = labels.routes(below: prices.ofJob, of: prices.isOpen) { spent.goesOn() }
        var saved = 0.0
        for route in found {
            let cost = problem.cost(of: route.map(Int.init), 0)
            _ = prices.add(route, kind: 0, cost: cost, planCost: upper)
            saved += route.reduce(-Double(cost)) { $0 + prices.ofJob[Int($1)] }
        }
        spent.count(rounds: Self.roundsOfGeneration * problem.jobs.count)
        return saved
    }

    private func improve(_ prices: inout RoutePrices, _ upper: Int, rounds: Int, _ spent: inout SpentBudget) {
        prices.improve(towards: upper, rounds: rounds, .goingOn) { spent.goesOn() }
    }
}
