/// What is paid besides travel: for who has a job, when it is done, when vehicles are back, and how much they have to do.
extension RouteBoard {
    /// What it costs that a vehicle has a job.
    @inline(__always)
    func fee(_ cell: JobCell, _ job: Int, _ vehicle: Int) -> Int32 {
        guard hasFees else { return 0 }
        let moving = cell.plannedFor < 0 || Int(cell.plannedFor) == vehicle ? 0 : cell.moving
        return moving &+ allowed.surcharge(vehicle, job)
    }

    @inline(__always)
    func timeCost(of job: Int, _ vehicle: Int, leavingAt departure: Int32) -> Int {
        let cell = jobs[job]
        let begins = beginning(job, vehicle, leavingAt: departure)
        return Int(begins &- opens[job]) &* Int(cell.delay) / 1_000 &+ lateness[job].cost(at: begins)
    }

    /// How much more it costs that a job is done at another time than now.
    @inline(__always)
    func timeChange(of job: Int, _ vehicle: Int, leavingAt departure: Int32) -> Int {
        timeCost(of: job, vehicle, leavingAt: departure)
            &- timeCost(of: job, vehicle, leavingAt: stops[job].departure)
    }

    /// What it would cost that a job is done after a stop, and what follows that stop later than now.
    @inline(never)
    func timeCost(placing job: Int, after before: Int, _ there: Int32, _ onward: Int32) -> Int {
        let vehicle = Int(stops[before].route)
        let departure = leaving(job, vehicle, arriving: arrival(vehicle, leaving: stops[before].departure, there))
        return timeCost(of: job, vehicle, leavingAt: departure)
            &+ timeCost(going: onward, to: Int(stops[before].next), vehicle, leavingAt: departure)
    }

    /// What it costs more that a vehicle comes to a stop, a leg away, later than now, and to what follows that.
    func timeCost(going onward: Int32, to next: Int, _ vehicle: Int, leavingAt moment: Int32) -> Int {
        var (cost, departure, leg, stop) = (0, moment, onward, next)
        while stop < jobCount {
            departure = leaving(stop, vehicle, arriving: arrival(vehicle, leaving: departure, leg))
            // Waiting took it up: nothing after this moves.
            if departure == stops[stop].departure { return cost }
            cost &+= timeChange(of: stop, vehicle, leavingAt: departure)
            leg = stops[stop].leg
            stop = Int(stops[stop].next)
        }
        let home = arrival(vehicle, leaving: departure, leg)
        return cost &+ overtime[vehicle].cost(at: home) &- overtimeCosts[vehicle]
    }

    /// What the route's overtime costs more than it did; from now on that is what it costs.
    func overtimeChange(of vehicle: Int) -> Int {
        var cost = 0
        if routes[vehicle].count > 0 {
            let last = Int(stops[start(of: vehicle) &+ 1].previous)
            cost = overtime[vehicle].cost(at: arrival(vehicle, leaving: stops[last].departure, stops[last].leg))
        }
        defer { overtimeCosts[vehicle] = cost }
        return cost &- overtimeCosts[vehicle]
    }

    /// What it costs that a route has as much service as it has.
    @inline(__always)
    func loadCost(of vehicle: Int) -> Int { loadPrices[vehicle].cost(of: Int(routes[vehicle].work)) }

    /// How much more it would cost with more service on the route.
    @inline(__always)
    func loadChange(of vehicle: Int, by service: Int32) -> Int {
        guard hasLoadPrices else { return 0 }
        return loadPrices[vehicle].cost(of: Int(routes[vehicle].work &+ service)) &- loadCost(of: vehicle)
    }

    /// Puts service on a route, or takes it from it; what that costs more.
    @inline(__always)
    func workChange(of vehicle: Int, by service: Int32) -> Int {
        defer { routes[vehicle].work &+= service }
        return loadChange(of: vehicle, by: service)
    }
}
