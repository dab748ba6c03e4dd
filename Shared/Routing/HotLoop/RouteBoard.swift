/// The routes while they are searched: chains of stops, so that an insertion is checked in constant time, a change costs
/// as many stops as it moves in time, and a round is taken back by what it changed.
///
/// `HotLoop` is the one place of unsafe memory. Sizes are fixed by the problem, indexes come from the search alone, and
/// sums of times stay below 2³¹ because every time lies in a shift.
final class RouteBoard {
    let problem: RoutingProblem
    let jobCount: Int
    /// Those that are near others: without calls at depots.
    let visitedCount: Int
    let vehicleCount: Int
    /// The jobs by their index, then start and end of each vehicle.
    let stops: UnsafeMutablePointer<Stop>
    let routes: UnsafeMutablePointer<RouteSum>
    let jobs: UnsafeMutablePointer<JobCell>
    let prizes: UnsafeMutablePointer<Int>
    let near: NearJobs
    let idle: IdleVehicles
    let size: Int
    let outward: UnsafePointer<Int32>
    let inward: UnsafePointer<Int32>
    let windows: UnsafeMutablePointer<WindowCell>
    let allowed: AllowedVehicles
    /// Whether it costs anything who has a job.
    let hasFees: Bool
    /// Whether it costs anything when a job is done, or when a vehicle is back.
    let hasTimeCosts: Bool
    let lateness: UnsafeMutablePointer<TimePrice>
    /// Of each job, when its first window opens.
    let opens: UnsafeMutablePointer<Int32>
    let overtime: UnsafeMutablePointer<TimePrice>
    /// What each vehicle's overtime costs as it is.
    let overtimeCosts: UnsafeMutablePointer<Int>
    let hasLoadPrices: Bool
    let loadPrices: UnsafeMutablePointer<LoadPrice>
    let hasBreaks: Bool
    let pauses: UnsafeMutablePointer<Pause>
    let hasDepots: Bool
    /// Of each vehicle, the job that is its call at its depot; -1 for none.
    let depotCalls: UnsafeMutablePointer<Int32>
    let crews: CrewTimes

    /// What the round's changes to the routes have added to their travel, to fees and to what time and load cost.
    private(set) var change = 0
    /// Stops and routes as they were before the round changed them.
    private let stopsBefore: UnsafeMutablePointer<(index: Int32, stop: Stop)>
    private let routesBefore: UnsafeMutablePointer<(index: Int32, sum: RouteSum)>
    private var stopsKept = 0
    private var routesKept = 0
    private var round: UInt32 = 1

    init(_ problem: RoutingProblem) {
        self.problem = problem
        (jobCount, vehicleCount) = (problem.jobs.count, problem.vehicles.count)
        visitedCount = problem.visited.count
        let travel = problem.travel.cells
        (size, outward, inward) = (travel.size, travel.outward, travel.inward)
        var spans: [WindowCell] = []
        var cells: [JobCell] = []
        for job in problem.jobs {
            cells.append(
                JobCell(
                    location: Int32(job.location), service: job.service, ready: job.windows[0].lowerBound,
                    due: job.windows[job.windows.count - 1].upperBound, demand: job.demand,
                    firstWindow: Int32(spans.count), windows: Int32(job.windows.count),
                    plannedFor: Int32(job.plannedFor ?? -1), moving: job.moving, delay: job.delay))
            spans += job.windows.map { WindowCell(begin: $0.lowerBound, end: $0.upperBound) }
        }
        jobs = .copy(of: cells)
        hasFees = problem.jobs.contains { $0.plannedFor != nil || !$0.surcharges.isEmpty }
        hasTimeCosts = problem.hasTimeCosts
        lateness = .copy(of: problem.jobs.map { $0.lateness ?? .none })
        opens = .copy(of: cells.map(\.ready))
        overtime = .copy(of: problem.vehicles.map { $0.overtime ?? .none })
        overtimeCosts = .filled(problem.vehicles.count, with: 0)
        loadPrices = .copy(of: problem.vehicles.map { $0.load ?? .none })
        hasLoadPrices = problem.vehicles.contains { ($0.load?.price ?? 0) > 0 }
        pauses = .copy(of: problem.vehicles.map { $0.pause ?? .none })
        hasBreaks = problem.vehicles.contains { $0.pause != nil }
        hasDepots = problem.hasDepots
        depotCalls = .copy(of: problem.depotCalls.map { Int32($0 ?? -1) })
        windows = .copy(of: spans)
        prizes = .copy(of: problem.jobs.map(\.prize))
        allowed = AllowedVehicles(problem)
        near = NearJobs(problem, cells, allowed)
        crews = CrewTimes(problem, jobs)
        stops = .copy(
            of: cells.map { Stop(location: $0.location) }
                + problem.vehicles.enumerated().flatMap { vehicle, data in
                    Stop.ends(of: data, Int32(vehicle), first: Int32(cells.count + 2 * vehicle))
                })
        routes = .copy(of: problem.vehicles.map { RouteSum(spare: $0.capacity) })
        stopsBefore = .allocate(capacity: max(1, jobCount + 2 * vehicleCount))
        routesBefore = .allocate(capacity: max(1, vehicleCount))
        idle = IdleVehicles(problem)
    }

    deinit {
        stops.deallocate()
        routes.deallocate()
        jobs.deallocate()
        prizes.deallocate()
        windows.deallocate()
        lateness.deallocate()
        opens.deallocate()
        overtime.deallocate()
        overtimeCosts.deallocate()
        loadPrices.deallocate()
        pauses.deallocate()
        depotCalls.deallocate()
        stopsBefore.deallocate()
        routesBefore.deallocate()
    }

    // MARK: Rounds

    /// Whether the routes that the round changed keep their windows and their shifts. Insertions see to it; taking a job
    /// out may break it where the way without a stop takes longer than the way over it.
    var isOnTime: Bool {
        for index in 0..<routesKept {
            let vehicle = Int(routesBefore[index].index)
            let start = stops[start(of: vehicle)]
            let first = arrival(vehicle, leaving: start.departure, start.leg)
            if routes[vehicle].count > 0, first > stops[Int(start.next)].latest { return false }
        }
        return true
    }

    func beginRound() {
        (stopsKept, routesKept, change) = (0, 0, 0)
        round &+= 1
        crews.beginRound()
    }

    /// Whether the round has changed a route.
    @inline(__always)
    func isTouched(_ vehicle: Int) -> Bool { routes[vehicle].round == round }

    /// How many routes the round has changed.
    var touchedCount: Int { routesKept }

    func takeBack() {
        crews.takeBack()
        for index in 0..<stopsKept { stops[Int(stopsBefore[index].index)] = stopsBefore[index].stop }
        for index in 0..<routesKept {
            let vehicle = Int(routesBefore[index].index)
            routes[vehicle] = routesBefore[index].sum
            idle.set(vehicle, routes[vehicle].count == 0)
            if hasTimeCosts { _ = overtimeChange(of: vehicle) }
        }
    }

    /// The stop that each job and start had after it before the round.
    ///
    /// - Parameter next: as many as there are stops.
    func copyNextBefore(to next: inout [Int32]) {
        next.withUnsafeMutableBufferPointer { next in
            for stop in 0..<jobCount &+ 2 &* vehicleCount { next[stop] = stops[stop].next }
            for index in 0..<stopsKept { next[Int(stopsBefore[index].index)] = stopsBefore[index].stop.next }
        }
    }

    @inline(__always)
    private func keep(_ stop: Int) {
        guard stops[stop].round != round else { return }
        (stopsBefore + stopsKept).initialize(to: (Int32(truncatingIfNeeded: stop), stops[stop]))
        stopsKept &+= 1
        stops[stop].round = round
    }

    @inline(__always)
    private func keepRoute(_ vehicle: Int) {
        guard routes[vehicle].round != round else { return }
        (routesBefore + routesKept).initialize(to: (Int32(truncatingIfNeeded: vehicle), routes[vehicle]))
        routesKept &+= 1
        routes[vehicle].round = round
    }

    // MARK: Changing

    /// Puts a job where a place was found for it, and before it the call at the depot that the place includes.
    func insert(_ job: Int, at place: Place) {
        guard place.callAfter >= 0 else { return insert(job, after: place.after) }
        let call = Int(depotCalls[Int(stops[place.after].route)])
        insert(call, after: place.callAfter)
        insert(job, after: place.callAfter == place.after ? call : place.after)
    }

    /// Puts a job right after a stop of a route.
    func insert(_ job: Int, after before: Int) {
        let vehicle = Int(stops[before].route)
        let after = Int(stops[before].next)
        keepRoute(vehicle)
        keep(before)
        keep(job)
        keep(after)
        let there = outward[Int(stops[before].location) &* size &+ Int(stops[job].location)]
        let onward = outward[Int(stops[job].location) &* size &+ Int(stops[after].location)]
        change &+= Int(there) &+ Int(onward) &- Int(stops[before].leg) &+ Int(fee(jobs[job], job, vehicle))
        stops[before].next = Int32(truncatingIfNeeded: job)
        stops[before].leg = there
        stops[job].next = Int32(truncatingIfNeeded: after)
        stops[job].previous = Int32(truncatingIfNeeded: before)
        stops[job].route = Int32(truncatingIfNeeded: vehicle)
        stops[job].leg = onward
        stops[after].previous = Int32(truncatingIfNeeded: job)
        if routes[vehicle].count == 0 { idle.set(vehicle, false) }
        routes[vehicle].count &+= 1
        routes[vehicle].spare &-= jobs[job].demand
        change &+= workChange(of: vehicle, by: jobs[job].service)
        stops[job].departure = leaving(
            job, vehicle, arriving: arrival(vehicle, leaving: stops[before].departure, there))
        stops[job].latest = latestArrival(job, vehicle, onward, next: stops[after].latest)
        if hasTimeCosts { change &+= timeCost(of: job, vehicle, leavingAt: stops[job].departure) }
        moveDepartures(after: job)
        moveLatest(before: job)
        if hasTimeCosts { change &+= overtimeChange(of: vehicle) }
    }

    /// Takes out a chain of jobs of one route.
    func remove(from first: Int, through last: Int) {
        let vehicle = Int(stops[first].route)
        let before = Int(stops[first].previous)
        let after = Int(stops[last].next)
        keepRoute(vehicle)
        keep(before)
        keep(after)
        var gone = Int(stops[before].leg)
        var job = first
        while job != after {
            keep(job)
            gone &+= Int(stops[job].leg) &+ Int(fee(jobs[job], job, vehicle))
            if hasTimeCosts { gone &+= timeCost(of: job, vehicle, leavingAt: stops[job].departure) }
            stops[job].route = -1
            routes[vehicle].spare &+= jobs[job].demand
            change &+= workChange(of: vehicle, by: 0 &- jobs[job].service)
            routes[vehicle].count &-= 1
            job = Int(stops[job].next)
        }
        let isIdle = routes[vehicle].count == 0
        if isIdle { idle.set(vehicle, true) }
        let leg = isIdle ? 0 : outward[Int(stops[before].location) &* size &+ Int(stops[after].location)]
        stops[before].next = Int32(truncatingIfNeeded: after)
        stops[before].leg = leg
        stops[after].previous = Int32(truncatingIfNeeded: before)
        change &+= Int(leg) &- gone
        if !isIdle {
            moveDepartures(after: before)
            moveLatest(before: after)
        }
        if hasTimeCosts { change &+= overtimeChange(of: vehicle) }
    }

    /// What leaving a stop at another time changes after it, as far as it reaches.
    @inline(__always)
    private func moveDepartures(after changed: Int) {
        let (vehicle, hasBreaks) = (Int(stops[changed].route), hasBreaks)
        var before = changed
        var stop = Int(stops[before].next)
        while stop < jobCount {
            let (left, leg) = (stops[before].departure, stops[before].leg)
            let departure =
                hasBreaks
                ? leaving(stop, vehicle, arriving: arrival(vehicle, leaving: left, leg))
                : start(of: stop, arriving: left &+ leg) &+ jobs[stop].service
            if departure == stops[stop].departure { return }
            keep(stop)
            if hasTimeCosts { change &+= timeChange(of: stop, vehicle, leavingAt: departure) }
            stops[stop].departure = departure
            before = stop
            stop = Int(stops[stop].next)
        }
    }

    /// What having to be at a stop by another time changes before it, as far as it reaches.
    @inline(__always)
    private func moveLatest(before changed: Int) {
        let (vehicle, hasBreaks) = (Int(stops[changed].route), hasBreaks)
        var after = changed
        var stop = Int(stops[after].previous)
        while stop < jobCount {
            let latest =
                hasBreaks
                ? latestArrival(stop, vehicle, stops[stop].leg, next: stops[after].latest)
                : latestStart(of: stop, by: stops[after].latest &- stops[stop].leg &- jobs[stop].service)
            if latest == stops[stop].latest { return }
            keep(stop)
            stops[stop].latest = latest
            after = stop
            stop = Int(stops[stop].previous)
        }
    }
}
