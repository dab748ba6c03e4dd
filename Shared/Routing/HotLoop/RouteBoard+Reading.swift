/// What stands on the board.
extension RouteBoard {
    @inline(__always)
    func start(of vehicle: Int) -> Int { jobCount &+ 2 &* vehicle }

    @inline(__always)
    func isServed(_ job: Int) -> Bool { stops[job].route >= 0 }

    func jobs(of vehicle: Int) -> [Int] {
        var jobs: [Int] = []
        var stop = Int(stops[start(of: vehicle)].next)
        while stop < jobCount {
            jobs.append(stop)
            stop = Int(stops[stop].next)
        }
        return jobs
    }

    func plan(unserved: [Int]) -> RoutingPlan {
        RoutingPlan(
            routes: (0..<vehicleCount).map { jobs(of: $0) }, unserved: unserved.sorted(), starts: crews.starts)
    }

    /// How many jobs of a route stand before one, counted up to a number.
    func countBefore(_ job: Int, atMost most: Int) -> Int {
        var (count, stop) = (0, Int(stops[job].previous))
        while count < most, stop < jobCount { (count, stop) = (count &+ 1, Int(stops[stop].previous)) }
        return count
    }

    func countAfter(_ job: Int, atMost most: Int) -> Int {
        var (count, stop) = (0, Int(stops[job].next))
        while count < most, stop < jobCount { (count, stop) = (count &+ 1, Int(stops[stop].next)) }
        return count
    }

    /// Of all routes.
    var travel: Int {
        (0..<jobCount &+ 2 &* vehicleCount).reduce(0) { $0 &+ (stops[$1].route < 0 ? 0 : Int(stops[$1].leg)) }
    }

    var vehiclesInUse: Int { vehicleCount &- idle.count }
}
