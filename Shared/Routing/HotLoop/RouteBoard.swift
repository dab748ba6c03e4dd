/// The routes while they are searched, so that an insertion is checked in constant time. With `RouteCells` the one place
/// of unsafe memory; sizes are fixed by the problem, indexes come from the search alone, and sums of times stay below
/// 2³¹ because every time lies in a shift.
final class RouteBoard {
    /// Where a job would go, and what it would add.
    struct Place {
        var route: Int
        var position: Int
        var cost: Int
    }

    let problem: RoutingProblem
    let vehicleCount: Int
    private(set) var routes: [RouteCells]
    /// Of a job: its route or -1, and its position.
    let routeOf: Cells
    let positionOf: Cells

    private let size: Int
    private let outward: Cells
    private let inward: Cells
    private let ready: Cells
    private let due: Cells
    private let service: Cells
    private let demand: Cells
    private let jobLocation: Cells
    private let hasGaps: [Bool]
    /// Vehicles that are alike: an empty one of a kind stands for all of them.
    private let kindOf: [Int]
    private var kindTried: [UInt32]
    private var look: UInt32 = 0
    /// Bits of the vehicles that may have a job, job by job; nil when all may have all.
    private let allowed: UnsafeMutablePointer<UInt64>?
    private let words: Int
    private let capacity: Cells

    init(_ problem: RoutingProblem) {
        self.problem = problem
        vehicleCount = problem.vehicles.count
        size = problem.travel.size
        outward = Cells.holding(problem.travel.values)
        inward = Cells.holding(problem.travel.transposed)
        ready = Cells.holding(problem.jobs.map { $0.windows[0].lowerBound })
        due = Cells.holding(problem.jobs.map { $0.windows[$0.windows.count - 1].upperBound })
        service = Cells.holding(problem.jobs.map(\.service))
        demand = Cells.holding(problem.jobs.map(\.demand))
        jobLocation = Cells.holding(problem.jobs.map { Int32($0.location) })
        hasGaps = problem.jobs.map { $0.windows.count > 1 }
        capacity = Cells.holding(problem.vehicles.map(\.capacity))
        words = (problem.vehicles.count + 63) / 64
        allowed = problem.jobs.contains { !$0.skills.isEmpty } ? Self.allowedVehicles(problem, words) : nil
        routeOf = Cells.holding([Int32](repeating: -1, count: problem.jobs.count))
        positionOf = Cells.holding([Int32](repeating: 0, count: problem.jobs.count))
        var kinds: [RoutingProblem.Vehicle: Int] = [:]
        kindOf = problem.vehicles.map { vehicle in
            if let kind = kinds[vehicle] { return kind }
            kinds[vehicle] = kinds.count
            return kinds.count - 1
        }
        kindTried = [UInt32](repeating: 0, count: kinds.count)
        routes = problem.vehicles.map { _ in RouteCells(room: 16) }
        for vehicle in 0..<vehicleCount { set(vehicle, []) }
    }

    deinit {
        for route in routes { route.deallocate() }
        for cells in [routeOf, positionOf, outward, inward, ready, due, service, demand, jobLocation, capacity] {
            cells.deallocate()
        }
        allowed?.deallocate()
    }

    // MARK: Reading

    func jobs(of route: Int) -> ArraySlice<Int32> {
        let route = routes[route]
        return ArraySlice(UnsafeBufferPointer(start: route.job + 1, count: route.count))
    }

    /// Travel of all vehicles.
    var cost: Int { (0..<vehicleCount).reduce(0) { $0 + cost(of: $1) } }

    /// Travel of one; none of one that stays at home.
    func cost(of vehicle: Int) -> Int { routes[vehicle].count == 0 ? 0 : routes[vehicle].length }

    /// Whether a route keeps its windows and its shift. Insertions see to it; taking a job out may break it where the way
    /// without a stop takes longer than the way over it.
    func isOnTime(_ vehicle: Int) -> Bool {
        let route = routes[vehicle]
        return route.count == 0 || route.departure[0] &+ route.leg[0] <= route.latest[1]
    }

    var vehiclesInUse: Int { routes.count { $0.count > 0 } }

    // MARK: Changing

    /// Gives a route these jobs in this order.
    func set(_ vehicle: Int, _ jobs: some Collection<Int32>) {
        let count = jobs.count
        routes[vehicle].reserve(count + 2)
        let route = routes[vehicle]
        var position = 1
        for job in jobs {
            route.job[position] = job
            route.location[position] = jobLocation[Int(job)]
            position += 1
        }
        route.location[0] = Int32(problem.vehicles[vehicle].start)
        route.location[count + 1] = Int32(problem.vehicles[vehicle].end)
        routes[vehicle].count = count
        refresh(vehicle)
    }

    func insert(_ job: Int, at place: Place) {
        let vehicle = place.route
        routes[vehicle].reserve(routes[vehicle].count + 3)
        let route = routes[vehicle]
        var position = route.count + 1
        route.location[position + 1] = route.location[position]
        while position > place.position + 1 {
            route.job[position] = route.job[position - 1]
            route.location[position] = route.location[position - 1]
            position -= 1
        }
        route.job[position] = Int32(job)
        route.location[position] = jobLocation[job]
        routes[vehicle].count += 1
        refresh(vehicle)
    }

    /// Takes out the jobs whose `routeOf` the caller has set to -1.
    func close(_ vehicle: Int) {
        let route = routes[vehicle]
        var kept = 1
        for position in 1..<route.count + 1 {
            let job = route.job[position]
            guard routeOf[Int(job)] >= 0 else { continue }
            route.job[kept] = job
            route.location[kept] = route.location[position]
            kept += 1
        }
        route.location[kept] = route.location[route.count + 1]
        routes[vehicle].count = kept - 1
        refresh(vehicle)
    }

    /// Times, legs and load of a route anew.
    private func refresh(_ vehicle: Int) {
        let route = routes[vehicle]
        let shift = problem.vehicles[vehicle].shift
        let count = route.count
        var now = shift.lowerBound
        var load: Int32 = 0
        var length = 0
        route.departure[0] = now
        var from = Int(route.location[0])
        for position in 1..<count + 1 {
            let to = Int(route.location[position])
            let leg = outward[from &* size &+ to]
            route.leg[position &- 1] = leg
            length &+= Int(leg)
            let job = Int(route.job[position])
            now = start(of: job, arriving: now &+ leg) &+ service[job]
            route.departure[position] = now
            load &+= demand[job]
            routeOf[job] = Int32(truncatingIfNeeded: vehicle)
            positionOf[job] = Int32(truncatingIfNeeded: position)
            from = to
        }
        let last = outward[from &* size &+ Int(route.location[count + 1])]
        route.leg[count] = last
        length &+= Int(last)
        route.latest[count + 1] = shift.upperBound
        var position = count
        while position > 0 {
            let job = Int(route.job[position])
            route.latest[position] = latestStart(
                of: job, by: route.latest[position &+ 1] &- route.leg[position] &- service[job])
            position &-= 1
        }
        routes[vehicle].load = load
        routes[vehicle].length = length
    }

    // MARK: Looking for a place

    /// The cheapest place for a job among all routes; nil when it fits nowhere. Each better place is overlooked with one
    /// chance in a hundred, as if it had never been looked at.
    func bestPlace(for job: Int, _ random: inout SearchRandom) -> Place? {
        var best = Int32.max
        var bestRoute = -1
        var bestPosition = 0
        let location = Int(jobLocation[job])
        let to = inward + location &* size
        let from = outward + location &* size
        let ready = ready[job]
        let due = due[job]
        let service = service[job]
        let demand = demand[job]
        let isPlain = !hasGaps[job]
        let earliestEnd = ready &+ service
        look &+= 1
        for vehicle in 0..<vehicleCount {
            let route = routes[vehicle]
            if capacity[vehicle] &- route.load < demand { continue }
            if let allowed, allowed[job &* words &+ (vehicle >> 6)] >> UInt64(vehicle & 63) & 1 == 0 { continue }
            if route.count == 0 {
                let kind = kindOf[vehicle]
                if kindTried[kind] == look { continue }
                kindTried[kind] = look
            }
            let count = route.count
            var position = 0
            // Nothing before this can wait until the job is done.
            if count > 12 {
                var high = count
                while position < high {
                    let middle = (position &+ high) / 2
                    if route.latest[middle &+ 1] < earliestEnd { position = middle &+ 1 } else { high = middle }
                }
            }
            while position <= count {
                let leaves = route.departure[position]
                if leaves > due { break }
                let there = to[Int(route.location[position])]
                let onward = from[Int(route.location[position &+ 1])]
                let cost = there &+ onward &- route.leg[position]
                if cost < best {
                    var begins = leaves &+ there
                    if isPlain {
                        if begins < ready { begins = ready }
                    } else {
                        begins = start(of: job, arriving: begins)
                    }
                    if begins <= due, begins &+ service &+ onward <= route.latest[position &+ 1],
                        !random.happens(oneIn: 100)
                    {
                        best = cost
                        bestRoute = vehicle
                        bestPosition = position
                    }
                }
                position &+= 1
            }
        }
        return bestRoute < 0 ? nil : Place(route: bestRoute, position: bestPosition, cost: Int(best))
    }

    // MARK: Windows

    @inline(__always)
    private func start(of job: Int, arriving: Int32) -> Int32 {
        if !hasGaps[job] { return max(arriving, ready[job]) }
        for window in problem.jobs[job].windows where arriving <= window.upperBound {
            return max(arriving, window.lowerBound)
        }
        return Int32.max / 2
    }

    @inline(__always)
    private func latestStart(of job: Int, by time: Int32) -> Int32 {
        if !hasGaps[job] { return time < ready[job] ? Int32.min / 2 : min(time, due[job]) }
        for window in problem.jobs[job].windows.reversed() where time >= window.lowerBound {
            return min(time, window.upperBound)
        }
        return Int32.min / 2
    }

    private static func allowedVehicles(_ problem: RoutingProblem, _ words: Int) -> UnsafeMutablePointer<UInt64> {
        let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, problem.jobs.count * words))
        bits.initialize(repeating: 0, count: problem.jobs.count * words)
        for job in problem.jobs.indices {
            for vehicle in problem.vehicles.indices where problem.allows(vehicle, job) {
                bits[job * words + vehicle / 64] |= 1 << UInt64(vehicle % 64)
            }
        }
        return bits
    }
}
