/// When vehicles arrive and leave, their breaks included. What `Pause` says makes each time a function of the one before it
/// that never falls, and tells from a time whether the break is over: none is taken up to its beginning, and from there
/// on each time lies after its end. So one latest arrival a stop is enough here too. What only breaks need is not inlined:
/// days without them are not to carry it.
extension RouteBoard {
    /// When a vehicle that leaves a stop is at the next one, a leg away.
    @inline(__always)
    func arrival(_ vehicle: Int, leaving departure: Int32, _ leg: Int32) -> Int32 {
        let time = departure &+ leg
        guard hasBreaks else { return time }
        let pause = pauses[vehicle]
        let begins = pause.window.lowerBound
        return departure < begins && time >= begins ? time &+ pause.length : time
    }

    /// When a vehicle that arrives at a job leaves it.
    @inline(__always)
    func leaving(_ job: Int, _ vehicle: Int, arriving: Int32) -> Int32 {
        hasBreaks
            ? leaving(job, pauses[vehicle], arriving: arriving)
            : start(of: job, arriving: arriving) &+ jobs[job].service
    }

    @inline(never)
    private func leaving(_ job: Int, _ pause: Pause, arriving: Int32) -> Int32 {
        let (begins, service) = (start(of: job, arriving: arriving), jobs[job].service)
        let first = pause.window.lowerBound
        if arriving >= first { return begins &+ service }
        let ends = begins &+ service
        if begins < first, ends < first { return ends }
        if begins < first, ends <= pause.window.upperBound { return ends &+ pause.length }
        return start(of: job, arriving: pause.over) &+ service
    }

    /// When service began of a job that a vehicle leaves then.
    @inline(__always)
    func beginning(_ job: Int, _ vehicle: Int, leavingAt departure: Int32) -> Int32 {
        let begins = departure &- jobs[job].service
        guard hasBreaks else { return begins }
        let pause = pauses[vehicle]
        let restedAfter = departure >= pause.window.lowerBound && begins &- pause.length < pause.window.lowerBound
        return restedAfter ? begins &- pause.length : begins
    }

    /// The latest arrival at a job by which a vehicle is at the next stop, a leg away, by its latest.
    @inline(__always)
    func latestArrival(_ job: Int, _ vehicle: Int, _ leg: Int32, next latest: Int32) -> Int32 {
        hasBreaks
            ? latestArrival(job, pauses[vehicle], leg, next: latest)
            : latestStart(of: job, by: latest &- leg &- jobs[job].service)
    }

    @inline(never)
    private func latestArrival(_ job: Int, _ pause: Pause, _ leg: Int32, next latest: Int32) -> Int32 {
        guard latest >= leg else { return Int32.min / 2 }
        let (first, service) = (pause.window.lowerBound, jobs[job].service)
        let leaving = latestDeparture(pause, leg, next: latest)
        if leaving >= pause.over {
            let rested = latestStart(of: job, by: leaving &- service)
            if rested >= pause.over { return rested }
        }
        // Before the break at the latest: it is taken before the job, after it, or later.
        if self.leaving(job, pause, arriving: first &- 1) <= leaving { return first &- 1 }
        let restingAfter = latestStart(
            of: job, by: min(min(leaving &- pause.length, pause.window.upperBound) &- service, first &- 1))
        if restingAfter &+ service >= first { return restingAfter }
        return latestStart(of: job, by: min(leaving, first &- 1) &- service)
    }

    /// The latest time to leave so as to be at the next stop, a leg away, by its latest.
    private func latestDeparture(_ pause: Pause, _ leg: Int32, next latest: Int32) -> Int32 {
        let first = pause.window.lowerBound
        let direct = latest &- leg
        if direct >= pause.over { return direct }
        let restingOnTheWay = min(first &- 1, direct &- pause.length)
        return restingOnTheWay &+ leg >= first ? restingOnTheWay : min(direct, first &- 1 &- leg)
    }
}
