import Foundation

/// The present plan of a search, and its rounds.
struct RuinAndRecreate {
    /// Of jobs that found no place nearby, how many are tried everywhere.
    private static let everywhere: UInt64 = 8
    /// How often a first plan tries to place a job.
    private static let firstTries = 3
    /// Where some jobs are worth more than others, one round in so many makes room for one that is left out.
    private static let roomMaking: UInt64 = 20

    let problem: RoutingProblem
    let board: RouteBoard
    var random: SearchRandom
    private let order: InsertionOrder

    /// Jobs in no route.
    private(set) var unserved: OutOfRoutes
    private(set) var cost: Int
    private(set) var best: BestRoutes
    private(set) var rounds = 0

    /// Jobs that the round took out of their routes, and jobs of no route that it tries to place besides.
    var taken: [Int] = []
    var tried: [Int] = []

    /// - Parameter goesOn: asked before each job that the plan lacks is placed; what is not placed in time is left out.
    init(_ problem: RoutingProblem, from plan: RoutingPlan?, seed: UInt64, while goesOn: () -> Bool = { true }) {
        self.problem = problem
        board = RouteBoard(problem)
        random = SearchRandom(seed: seed)
        order = InsertionOrder(problem)
        // Of a fleet that lost a vehicle, whom that one helped is left out, and what went with that.
        let known = problem.hasHelpers ? plan?.fitting(problem) : plan
        for (job, start) in known?.starts ?? [:] { board.crews.settle(job, at: start) }
        for (vehicle, jobs) in (known?.routes ?? []).enumerated() {
            var before = board.start(of: vehicle)
            for job in jobs {
                board.insert(job, after: before)
                before = job
            }
        }
        var missing = problem.asked.filter { [board] in !board.isServed($0) }
        order.sortForFirstPlan(&missing)
        unserved = OutOfRoutes([], of: problem.jobs.count)
        cost = 0
        best = BestRoutes(board, unserved, cost)
        for job in missing where goesOn() {
            // The only place may have been overlooked.
            for _ in 0..<Self.firstTries where !board.isServed(job) {
                put(job, below: board.prizes[job], isThorough: true)
            }
        }
        let left = problem.asked.filter { [board] in !board.isServed($0) }
        unserved = OutOfRoutes(left, of: problem.jobs.count)
        cost = board.change + left.reduce(0) { $0 + problem.jobs[$1].prize }
        best = BestRoutes(board, unserved, cost)
    }

    var bestPlan: RoutingPlan { best.plan(board, unserved) }

    /// The plan as it stands.
    var present: RoutingPlan { board.plan(unserved: unserved.jobs) }

    /// Travel from one stop to the next.
    var averageLeg: Double {
        let served = problem.asked.count - unserved.jobs.count
        return Double(board.travel) / Double(max(1, served + board.vehiclesInUse))
    }

    /// One round; true when it found the best plan so far.
    ///
    /// - Parameter absences: how hard each job has been to place so far. When given, a plan is kept for leaving out what
    ///   is easier to place, whatever else it costs.
    mutating func round(temperature: Double, absences: [Int]? = nil) -> Bool {
        guard board.jobCount > 0 else { return false }
        rounds += 1
        board.beginRound()
        taken.removeAll(keepingCapacity: true)
        tried.removeAll(keepingCapacity: true)
        ruin()
        // Not above the present cost by more than T · −ln U.
        let most = Int(min(1e15, -temperature * log(1 - random.unit())))
        let isKept =
            absences == nil && tried.isEmpty ? recreate(below: most) : recreate(all: taken + tried, most, absences)
        guard isKept, board.isOnTime else {
            board.takeBack()
            return false
        }
        let change = board.change + prizesChange
        if cost + change > best.cost { best.leave(board, unserved) }
        for job in taken where !board.isServed(job) { unserved.insert(job) }
        for job in tried where board.isServed(job) { unserved.remove(job) }
        cost += change
        guard cost < best.cost else { return false }
        best.reach(cost)
        return true
    }

    private mutating func ruin() {
        if order.prizesDiffer, !unserved.jobs.isEmpty, random.happens(oneIn: Self.roomMaking), makeRoom() { return }
        takeStrings()
    }

    private var prizesChange: Int {
        taken.reduce(0) { $0 + (board.isServed($1) ? 0 : board.prizes[$1]) }
            - tried.reduce(0) { $0 + (board.isServed($1) ? board.prizes[$1] : 0) }
    }

    /// Puts back what was taken and gives up as soon as that costs too much.
    private mutating func recreate(below most: Int) -> Bool {
        order.sort(&taken, &random)
        var prizes = 0
        for job in taken {
            let left = most &- board.change &- prizes
            let prize = board.prizes[job]
            if !put(job, below: min(left, prize)) {
                prizes += prize
                if prize > left { return false }
            }
        }
        return board.change + prizes <= most
    }

    /// Puts back whatever finds a place, at any cost below its prize, and has none yet: what room was made for may have one.
    private mutating func recreate(all jobs: [Int], _ most: Int, _ absences: [Int]?) -> Bool {
        var jobs = jobs
        order.sort(&jobs, &random)
        for job in jobs where !board.isServed(job) { put(job, below: board.prizes[job]) }
        var hardship = 0
        if let absences {
            for job in taken where !board.isServed(job) { hardship += absences[job] }
            for job in tried where board.isServed(job) { hardship -= absences[job] }
        }
        return hardship < 0 || hardship == 0 && board.change + prizesChange <= most
    }

    /// Puts a job where it costs least, if that is less than a limit: somewhere near, and where there is nothing, now and then
    /// anywhere.
    ///
    /// - Parameter isThorough: anywhere at once.
    @discardableResult
    mutating func put(_ job: Int, below most: Int, isThorough: Bool = false) -> Bool {
        if problem.hasHelpers, !problem.helpers(of: job).isEmpty {
            return putTogether(job, below: most, isThorough || random.happens(oneIn: Self.everywhere))
        }
        let limit = Self.limit(most)
        var place = Place(cost: limit)
        if !isThorough { place = board.placeNearby(for: job, below: limit, &random) }
        if isThorough || !place.isSomewhere && random.happens(oneIn: Self.everywhere) {
            place = board.placeAnywhere(for: job, below: limit, &random)
        }
        if place.isSomewhere { board.insert(job, at: place) }
        return place.isSomewhere
    }

    /// No place costs as much as the longest detour.
    static func limit(_ cost: Int) -> Int32 { Int32(clamping: max(cost, -Int(Int32.max))) }
}
