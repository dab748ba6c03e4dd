/// What it costs when jobs are done and vehicles are back.
extension RouteBoard {
    @inline(__always)
    func timeCost(of job: Int, leavingAt departure: Int32) -> Int {
        let cell = jobs[job]
        let begins = departure &- cell.service
        return Int(begins &- cell.ready) &* Int(cell.delay) / 1_000 &+ cell.lateness.cost(at: begins)
    }

    /// How much more it costs that a job is done at another time than now.
    @inline(__always)
    func timeChange(of job: Int, leavingAt departure: Int32) -> Int {
        timeCost(of: job, leavingAt: departure) &- timeCost(of: job, leavingAt: stops[job].departure)
    }

    /// What it would cost that a job is done after a stop, and what follows that stop later than now.
    func timeCost(placing job: Int, after before: Int, arriving: Int32, onward: Int32) -> Int {
        var departure = leaving(job, arriving: arriving)
        var cost = timeCost(of: job, leavingAt: departure)
        var leg = onward
        var stop = Int(stops[before].next)
        while stop < jobCount {
            departure = leaving(stop, arriving: departure &+ leg)
            // Waiting took it up: nothing after this moves.
            if departure == stops[stop].departure { return cost }
            cost &+= timeChange(of: stop, leavingAt: departure)
            leg = stops[stop].leg
            stop = Int(stops[stop].next)
        }
        let vehicle = Int(stops[before].route)
        return cost &+ overtime[vehicle].cost(at: departure &+ leg) &- routes[vehicle].overtime
    }

    /// What the route's overtime costs more than it did; from now on that is what it costs.
    func overtimeChange(of vehicle: Int) -> Int {
        var cost = 0
        if routes[vehicle].count > 0 {
            let last = Int(stops[start(of: vehicle) &+ 1].previous)
            cost = overtime[vehicle].cost(at: stops[last].departure &+ stops[last].leg)
        }
        defer { routes[vehicle].overtime = cost }
        return cost &- routes[vehicle].overtime
    }
}
