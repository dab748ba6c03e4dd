/// Calls at depots. A vehicle's call is a job like others, in its route as long as there is something to fetch for a job
/// after it: it comes with the first of these and goes with the last.
extension RouteBoard {
    /// Whether a vehicle would be at a job, right after a stop, without what it has to fetch for it.
    @inline(__always)
    func lacksCall(_ vehicle: Int, _ job: Int, after before: Int) -> Bool {
        allowed.fetches(vehicle, job) && !isBehind(Int(depotCalls[vehicle]), before)
    }

    /// Whether a call is made by the time that its vehicle leaves a stop.
    private func isBehind(_ call: Int, _ stop: Int) -> Bool {
        guard isServed(call) else { return false }
        var stop = stop
        while stop < jobCount {
            if stop == call { return true }
            stop = Int(stops[stop].previous)
        }
        return false
    }

    /// As `consider`, for a job that the vehicle has to call at its depot for: with the call anywhere before it.
    @inline(never)
    func considerCalling(
        _ before: Int, _ job: Int, _ there: Int32, _ onward: Int32, _ best: inout Place, _ random: inout SearchRandom
    ) {
        let (cell, vehicle) = (jobs[job], Int(stops[before].route))
        let call = Int(depotCalls[vehicle])
        // One that comes later than this place is for others: what it would mean for them that it moves is not looked at.
        guard !isServed(call), routes[vehicle].spare >= cell.demand, allowed.allows(vehicle, job) else { return }
        let work = jobs[call].service &+ cell.service
        let always = Int(fee(cell, job, vehicle)) &+ loadChange(of: vehicle, by: work)
        var after = before
        while true {
            let legs = Legs(there: there, onward: onward, after: after, before: before)
            if let cost = cost(calling: call, legs, placing: job, below: Int(best.cost) &- always),
                !random.happens(oneIn: 100)
            {
                best = Place(after: before, cost: Int32(clamping: cost &+ always), callAfter: after)
            }
            guard after < jobCount else { return }
            after = Int(stops[after].previous)
        }
    }

    /// A place for a job, and one for the call before it.
    private struct Legs {
        /// From the stop before the job, and to the one after it.
        var there: Int32
        var onward: Int32
        /// The stops before the call and before the job.
        var after: Int
        var before: Int
    }

    /// What a job with its call costs, load and fees apart; nil where that is not below a limit, or in time.
    private func cost(calling call: Int, _ legs: Legs, placing job: Int, below limit: Int) -> Int? {
        let vehicle = Int(stops[legs.before].route)
        let depot = Int(jobs[call].location)
        let toDepot = way(Int(stops[legs.after].location), depot)
        let isNext = legs.after == legs.before
        let next = isNext ? job : Int(stops[legs.after].next)
        let fromDepot = way(depot, Int(stops[next].location))
        var cost = Int(toDepot) &+ Int(fromDepot) &+ Int(legs.onward) &- Int(stops[legs.before].leg)
        if !isNext { cost &+= Int(legs.there) &- Int(stops[legs.after].leg) }
        guard cost < limit else { return nil }
        var departure = leaving(
            call, vehicle, arriving: arrival(vehicle, leaving: stops[legs.after].departure, toDepot))
        if !isNext {
            guard arrival(vehicle, leaving: departure, fromDepot) <= stops[next].latest else { return nil }
            var (stop, leg) = (next, fromDepot)
            while true {
                departure = leaving(stop, vehicle, arriving: arrival(vehicle, leaving: departure, leg))
                if hasTimeCosts { cost &+= timeChange(of: stop, vehicle, leavingAt: departure) }
                if stop == legs.before { break }
                (leg, stop) = (stops[stop].leg, Int(stops[stop].next))
            }
        }
        let arriving = arrival(vehicle, leaving: departure, isNext ? fromDepot : legs.there)
        guard arriving <= jobs[job].due else { return nil }
        departure = leaving(job, vehicle, arriving: arriving)
        let following = Int(stops[legs.before].next)
        guard arrival(vehicle, leaving: departure, legs.onward) <= stops[following].latest else { return nil }
        if hasTimeCosts {
            cost &+= timeCost(of: job, vehicle, leavingAt: departure)
            cost &+= timeCost(going: legs.onward, to: following, vehicle, leavingAt: departure)
        }
        return cost < limit ? cost : nil
    }

    /// Makes a route from which jobs were taken call at its depot where it still has to, and not where it has not.
    func mendCall(of vehicle: Int) {
        guard hasDepots, depotCalls[vehicle] >= 0 else { return }
        let call = Int(depotCalls[vehicle])
        let first = jobs(of: vehicle).first { allowed.fetches(vehicle, $0) }
        guard let first else {
            if isServed(call) { remove(from: call, through: call) }
            return
        }
        if isServed(call) { return }
        insert(call, after: cheapestCall(call, by: Int(stops[first].previous)))
    }

    /// The stop after which a call is the least detour and what follows can be kept; the last one where there is none.
    private func cheapestCall(_ call: Int, by last: Int) -> Int {
        let (vehicle, depot) = (Int(stops[last].route), Int(jobs[call].location))
        var (best, least) = (last, Int32.max)
        var after = last
        while true {
            let next = Int(stops[after].next)
            let toDepot = way(Int(stops[after].location), depot)
            let fromDepot = way(depot, Int(stops[next].location))
            let detour = toDepot &+ fromDepot &- stops[after].leg
            let departure = leaving(
                call, vehicle, arriving: arrival(vehicle, leaving: stops[after].departure, toDepot))
            if detour < least, arrival(vehicle, leaving: departure, fromDepot) <= stops[next].latest {
                (best, least) = (after, detour)
            }
            guard after < jobCount else { return best }
            after = Int(stops[after].previous)
        }
    }

    @inline(__always)
    private func way(_ from: Int, _ to: Int) -> Int32 { outward[from &* size &+ to] }
}
