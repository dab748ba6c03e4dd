/// When a job with one window or several can begin.
extension RouteBoard {
    @inline(__always)
    func leaving(_ job: Int, arriving: Int32) -> Int32 {
        start(of: job, arriving: arriving) &+ jobs[job].service
    }

    /// When service begins; later than any time when the last window is over.
    @inline(__always)
    func start(of job: Int, arriving: Int32) -> Int32 {
        let cell = jobs[job]
        if arriving > cell.due { return Int32.max / 2 }
        if cell.windows == 1 { return max(arriving, cell.ready) }
        let first = Int(cell.firstWindow)
        for window in first..<first &+ Int(cell.windows) where arriving <= windows[window].end {
            return max(arriving, windows[window].begin)
        }
        return Int32.max / 2
    }

    /// What it costs that a job is done when it is.
    @inline(__always)
    func delayCost(of job: Int, leavingAt departure: Int32) -> Int {
        let cell = jobs[job]
        return Int(departure &- cell.service &- cell.ready) &* Int(cell.delay) / 1_000
    }

    /// How much more it costs that a job is done at another time than now.
    @inline(__always)
    func delayChange(of job: Int, leavingAt departure: Int32) -> Int {
        delayCost(of: job, leavingAt: departure) &- delayCost(of: job, leavingAt: stops[job].departure)
    }

    /// What it would cost that a job is done after a stop, and what follows that stop later than now.
    func delayCost(placing job: Int, after before: Int, arriving: Int32, onward: Int32) -> Int {
        var departure = leaving(job, arriving: arriving)
        var cost = delayCost(of: job, leavingAt: departure)
        var leg = onward
        var stop = Int(stops[before].next)
        while stop < jobCount {
            departure = leaving(stop, arriving: departure &+ leg)
            if departure == stops[stop].departure { break }
            cost &+= delayChange(of: stop, leavingAt: departure)
            leg = stops[stop].leg
            stop = Int(stops[stop].next)
        }
        return cost
    }

    @inline(__always)
    func latestStart(of job: Int, by time: Int32) -> Int32 {
        let cell = jobs[job]
        if cell.windows == 1 { return time < cell.ready ? Int32.min / 2 : min(time, cell.due) }
        var window = Int(cell.firstWindow &+ cell.windows) &- 1
        while window >= Int(cell.firstWindow) {
            if time >= windows[window].begin { return min(time, windows[window].end) }
            window &-= 1
        }
        return Int32.min / 2
    }
}
