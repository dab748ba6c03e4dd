/// A stop of a route, chained to the ones before and after it: a job, or where a vehicle starts or ends.
struct Stop {
    var next: Int32 = 0
    var previous: Int32 = 0
    /// -1 for a job in no route.
    var route: Int32 = -1
    var location: Int32
    /// Travel to the next stop. Nothing from the start of a vehicle that stays at home.
    var leg: Int32 = 0
    /// The earliest time to leave.
    var departure: Int32 = 0
    /// The latest time to arrive so that all that follows can be kept.
    var latest: Int32 = 0
    /// The round that kept what stood here before it.
    var round: UInt32 = 0
}

extension Stop {
    /// Where a vehicle starts, and where it ends.
    ///
    /// - Parameter first: the number of the start among all stops; the end has the next one.
    static func ends(of vehicle: RoutingProblem.Vehicle, _ index: Int32, first: Int32) -> [Stop] {
        var start = Stop(location: Int32(vehicle.start))
        (start.next, start.route) = (first + 1, index)
        (start.departure, start.latest) = (vehicle.shift.lowerBound, vehicle.shift.upperBound)
        var end = Stop(location: Int32(vehicle.end))
        (end.previous, end.route) = (first, index)
        (end.departure, end.latest) = (vehicle.shift.lowerBound, vehicle.shift.upperBound)
        return [start, end]
    }
}

/// What a route has in all.
struct RouteSum {
    var count: Int32 = 0
    /// Capacity left.
    var spare: Int32
    /// Service of its jobs.
    var work: Int32 = 0
    var round: UInt32 = 0
}

/// What an insertion has to know of a job.
struct JobCell {
    var location: Int32
    var service: Int32
    /// When the first window begins and the last one ends; both the one moment that is settled for what several do together.
    var ready: Int32
    var due: Int32
    var demand: Int32
    var firstWindow: Int32
    /// 1 when there are no gaps to look at.
    var windows: Int32
    /// The vehicle that people know of, -1 for none, and what another one costs.
    var plannedFor: Int32
    var moving: Int32
    /// What a thousand units of time cost.
    var delay: Int32
}

/// A window, as `RouteBoard` keeps them, job after job.
struct WindowCell {
    var begin: Int32
    var end: Int32
}

/// A job that may come right before another, or right after it, and the travel between the two.
struct Near {
    var job: Int32
    var travel: Int32
}
