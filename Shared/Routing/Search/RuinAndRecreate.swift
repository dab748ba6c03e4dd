import Foundation

/// The present plan of a search, and its rounds.
struct RuinAndRecreate {
    /// Jobs that a round removes, on average.
    private static let removed = 10.0
    /// The longest string.
    private static let longest = 10.0
    /// How often a string keeps some jobs in its middle, and how often it then keeps no further one.
    private static let split = 0.5
    private static let enough = 0.01
    /// Jobs in no route that a round tries besides those that it removed.
    private static let mostTried = 10

    let problem: RoutingProblem
    private let board: RouteBoard
    private var random: SearchRandom
    private var neighbours: Neighbours
    private let order: InsertionOrder

    /// Jobs in no route.
    private(set) var unserved: Set<Int>
    private(set) var cost: Int
    private(set) var best: (plan: RoutingPlan, cost: Int)

    // What a round has changed, to be put back when it is not kept.
    private var touched: [Int] = []
    private var isTouched: [Bool]
    private var routeBefore: [[Int32]]
    private var costBefore: [Int]
    /// Jobs that the round took out of their routes, and jobs of no route that it tries to place besides.
    private var taken: [Int] = []
    private var tried: [Int] = []

    init(_ problem: RoutingProblem, from plan: RoutingPlan?, seed: UInt64) {
        self.problem = problem
        board = RouteBoard(problem)
        random = SearchRandom(seed: seed)
        neighbours = Neighbours(problem)
        order = InsertionOrder(problem)
        isTouched = Array(repeating: false, count: problem.vehicles.count)
        routeBefore = Array(repeating: [], count: problem.vehicles.count)
        costBefore = Array(repeating: 0, count: problem.vehicles.count)
        for (vehicle, jobs) in (plan?.routes ?? []).enumerated() { board.set(vehicle, jobs.map { Int32($0) }) }
        unserved = []
        cost = 0
        best = (RoutingPlan(routes: [], unserved: []), .max)
        recreate(problem.jobs.indices.filter { board.routeOf[$0] < 0 })
        forgetRound()
        unserved = Set(problem.jobs.indices.filter { board.routeOf[$0] < 0 })
        cost = board.cost + unserved.reduce(0) { $0 + problem.jobs[$1].prize }
        keepBest()
    }

    /// Travel from one stop to the next in the best plan.
    var averageLeg: Double {
        let stops = best.plan.routes.reduce(0) { $0 + $1.count } + best.plan.vehiclesInUse
        return Double(board.cost) / Double(max(1, stops))
    }

    /// One round; true when it found the best plan so far.
    ///
    /// - Parameter absences: how hard each job has been to place so far. When given, a plan is kept for leaving out what
    ///   is easier to place, whatever else it costs.
    mutating func round(temperature: Double, absences: [Int]? = nil) -> Bool {
        guard !problem.jobs.isEmpty else { return false }
        ruin()
        recreate(taken + tried)
        var change = unservedChange { problem.jobs[$0].prize }
        for vehicle in touched { change += board.cost(of: vehicle) - costBefore[vehicle] }
        defer { forgetRound() }
        let hardship = absences.map { absences in unservedChange { absences[$0] } } ?? 0
        // Not above the present cost by more than T · −ln U.
        let isKept = hardship < 0 || hardship == 0 && Double(change) < -temperature * log(random.unit())
        guard isKept, touched.allSatisfy(board.isOnTime) else {
            takeBack()
            return false
        }
        for job in taken where board.routeOf[job] < 0 { unserved.insert(job) }
        for job in tried where board.routeOf[job] >= 0 { unserved.remove(job) }
        cost += change
        guard cost < best.cost else { return false }
        keepBest()
        return true
    }

    /// How much more of something the jobs in no route have than before the round.
    private func unservedChange(_ of: (Int) -> Int) -> Int {
        taken.reduce(0) { $0 + (board.routeOf[$1] < 0 ? of($1) : 0) }
            - tried.reduce(0) { $0 + (board.routeOf[$1] >= 0 ? of($1) : 0) }
    }

    private mutating func touch(_ vehicle: Int) {
        guard !isTouched[vehicle] else { return }
        isTouched[vehicle] = true
        touched.append(vehicle)
        routeBefore[vehicle] = Array(board.jobs(of: vehicle))
        costBefore[vehicle] = board.cost(of: vehicle)
    }

    private mutating func takeBack() {
        for vehicle in touched {
            for job in board.jobs(of: vehicle) { board.routeOf[Int(job)] = -1 }
        }
        for vehicle in touched { board.set(vehicle, routeBefore[vehicle]) }
    }

    private mutating func forgetRound() {
        for vehicle in touched { isTouched[vehicle] = false }
        touched.removeAll(keepingCapacity: true)
        taken.removeAll(keepingCapacity: true)
        tried.removeAll(keepingCapacity: true)
    }

    /// The plan as it stands.
    var present: RoutingPlan {
        RoutingPlan(
            routes: problem.vehicles.indices.map { board.jobs(of: $0).map { Int($0) } }, unserved: unserved.sorted())
    }

    private mutating func keepBest() { best = (present, cost) }
}

// MARK: Ruin

extension RuinAndRecreate {
    private mutating func ruin() {
        let served = problem.jobs.count - unserved.count
        let inUse = max(1, board.vehiclesInUse)
        let longest = max(1, min(Self.longest, Double(served) / Double(inUse)))
        let most = 4 * Self.removed / (1 + longest) - 1
        let strings = max(1, Int(random.unit() * most + 1))
        for job in neighbours.row(of: random.below(problem.jobs.count)) {
            let vehicle = Int(board.routeOf[Int(job)])
            if vehicle < 0 {
                if tried.count < Self.mostTried, unserved.contains(Int(job)) { tried.append(Int(job)) }
                continue
            }
            if isTouched[vehicle] { continue }
            if touched.count == strings { break }
            touch(vehicle)
            takeString(around: Int(board.positionOf[Int(job)]), of: vehicle, longest)
        }
    }

    private mutating func takeString(around position: Int, of vehicle: Int, _ longest: Double) {
        let count = board.routes[vehicle].count
        let length = min(count, Int(random.unit() * min(Double(count), longest) + 1))
        var kept = 0
        if length > 1, length < count, random.unit() < Self.split {
            kept = 1
            while length + kept < count, random.unit() > Self.enough { kept += 1 }
        }
        let span = length + kept
        let lowest = max(1, position - span + 1)
        let highest = min(position, count - span + 1)
        let first = lowest + random.below(highest - lowest + 1)
        let keptFrom = first + (kept > 0 ? random.below(length + 1) : span)
        for place in first..<first + span where place < keptFrom || place >= keptFrom + kept {
            let job = Int(board.routes[vehicle].job[place])
            board.routeOf[job] = -1
            taken.append(job)
        }
        board.close(vehicle)
    }
}

// MARK: Recreate

extension RuinAndRecreate {
    private mutating func recreate(_ jobs: [Int]) {
        var jobs = jobs
        order.sort(&jobs, &random)
        for job in jobs {
            guard let place = board.bestPlace(for: job, &random), place.cost < problem.jobs[job].prize else { continue }
            touch(place.route)
            board.insert(job, at: place)
        }
    }
}
