/// Where a job would go, and what it would add.
struct Place {
    /// The stop before it; -1 for nowhere.
    var after = -1
    var cost: Int32
    /// The stop after which the vehicle calls at its depot for the job; -1 where it need not, or does already.
    var callAfter = -1

    var isSomewhere: Bool { after >= 0 }
}

/// Looking for a place.
extension RouteBoard {
    /// More kinds of vehicles than these are not tried one by one: only those that live near.
    private static let fewKinds = 8

    /// The cheapest place for a job that costs less than a limit, next to one of those it is likeliest to follow or to
    /// come before, or with a vehicle that has no job yet. Each better place is overlooked with one chance in a hundred,
    /// as if it had never been looked at.
    func placeNearby(for job: Int, below limit: Int32, _ random: inout SearchRandom) -> Place {
        var best = Place(cost: limit)
        let from = outward + Int(jobs[job].location) &* size
        let to = inward + Int(jobs[job].location) &* size
        let rows = near.places(job)
        for candidate in rows.before {
            let here = stops[Int(candidate.job)]
            let onward = from[Int(stops[Int(here.next)].location)]
            let detour = candidate.travel &+ onward &- here.leg
            // What is rarely so is looked at first; of a job in no route it is an old number.
            if detour < best.cost, here.route >= 0 {
                consider(Int(candidate.job), job, detour, candidate.travel, onward, &best, &random)
            }
        }
        for candidate in rows.after {
            let next = stops[Int(candidate.job)]
            // After another job it is looked at from there, if that is near.
            if next.route < 0 || next.previous < visitedCount { continue }
            let here = stops[Int(next.previous)]
            let there = to[Int(here.location)]
            let detour = there &+ candidate.travel &- here.leg
            if detour < best.cost {
                consider(Int(next.previous), job, detour, there, candidate.travel, &best, &random)
            }
        }
        if idle.kinds <= Self.fewKinds {
            for kind in 0..<idle.kinds {
                let vehicle = idle.one(of: kind)
                if vehicle >= 0, allowed.allows(vehicle, job) { tryRoute(vehicle, job, to, from, &best, &random) }
            }
        } else {
            let row = near.homes(job)
            for rank in 0..<near.homesCount where row[rank] >= 0 {
                tryEnds(Int(row[rank]), job, to, from, &best, &random)
            }
        }
        return best
    }

    /// As `placeNearby`, anywhere.
    func placeAnywhere(for job: Int, below limit: Int32, _ random: inout SearchRandom) -> Place {
        var best = Place(cost: limit)
        let from = outward + Int(jobs[job].location) &* size
        let to = inward + Int(jobs[job].location) &* size
        for vehicle in 0..<vehicleCount where allowed.allows(vehicle, job) {
            if routes[vehicle].count > 0 { tryRoute(vehicle, job, to, from, &best, &random) }
        }
        for kind in 0..<idle.kinds {
            let vehicle = idle.one(of: kind)
            if vehicle >= 0, allowed.allows(vehicle, job) { tryRoute(vehicle, job, to, from, &best, &random) }
        }
        return best
    }

    /// Whether a vehicle could have a job if it had no other; it may have it.
    func fitsAlone(_ job: Int, with vehicle: Int) -> Bool {
        let (first, location) = (stops[start(of: vehicle)], Int(jobs[job].location))
        let last = stops[start(of: vehicle) &+ 1]
        let there = inward[location &* size &+ Int(first.location)]
        let onward = outward[location &* size &+ Int(last.location)]
        return fits(jobs[job], job, first, there, onward, last.latest)
    }

    @inline(__always)
    private func tryRoute(
        _ vehicle: Int, _ job: Int, _ to: UnsafePointer<Int32>, _ from: UnsafePointer<Int32>, _ best: inout Place,
        _ random: inout SearchRandom
    ) {
        if routes[vehicle].spare < jobs[job].demand { return }
        var before = start(of: vehicle)
        repeat {
            let here = stops[before]
            if here.departure > jobs[job].due { return }
            tryPlace(before, here, job, to, from, &best, &random)
            before = Int(here.next)
        } while before < jobCount
    }

    /// First and last of a route.
    @inline(__always)
    private func tryEnds(
        _ vehicle: Int, _ job: Int, _ to: UnsafePointer<Int32>, _ from: UnsafePointer<Int32>, _ best: inout Place,
        _ random: inout SearchRandom
    ) {
        let first = start(of: vehicle)
        tryPlace(first, stops[first], job, to, from, &best, &random)
        guard routes[vehicle].count > 0 else { return }
        let last = Int(stops[first &+ 1].previous)
        tryPlace(last, stops[last], job, to, from, &best, &random)
    }

    @inline(__always)
    private func tryPlace(
        _ before: Int, _ here: Stop, _ job: Int, _ to: UnsafePointer<Int32>, _ from: UnsafePointer<Int32>,
        _ best: inout Place, _ random: inout SearchRandom
    ) {
        let there = to[Int(here.location)]
        let onward = from[Int(stops[Int(here.next)].location)]
        let detour = there &+ onward &- here.leg
        if detour < best.cost { consider(before, job, detour, there, onward, &best, &random) }
    }

    /// Takes a place after a stop of a route if it is better, fits, and is not overlooked. Few places come so far: the loops
    /// that look at many are the faster for not having this within.
    @inline(never)
    private func consider(
        _ before: Int, _ job: Int, _ detour: Int32, _ there: Int32, _ onward: Int32, _ best: inout Place,
        _ random: inout SearchRandom
    ) {
        let (here, cell) = (stops[before], jobs[job])
        let vehicle = Int(here.route)
        if hasDepots, lacksCall(vehicle, job, after: before) {
            return considerCalling(before, job, there, onward, &best, &random)
        }
        var cost = detour &+ fee(cell, job, vehicle)
        if hasLoadPrices { cost = Int32(clamping: Int(cost) &+ loadChange(of: vehicle, by: cell.service)) }
        guard cost < best.cost, routes[vehicle].spare >= cell.demand, here.departure <= cell.due,
            allowed.allows(vehicle, job), fits(cell, job, here, there, onward, stops[Int(here.next)].latest),
            !random.happens(oneIn: 100)
        else { return }
        if hasTimeCosts {
            cost = Int32(clamping: Int(cost) &+ timeCost(placing: job, after: before, there, onward))
            if cost >= best.cost { return }
        }
        best = Place(after: before, cost: cost)
    }

    /// Whether a job can be done by who comes from a stop, and what comes after it still be kept.
    @inline(__always)
    private func fits(
        _ cell: JobCell, _ job: Int, _ here: Stop, _ there: Int32, _ onward: Int32, _ latest: Int32
    ) -> Bool {
        if hasBreaks { return fitsWithBreak(job, here, there, onward, latest) }
        let arriving = here.departure &+ there
        if arriving > cell.due { return false }
        let begins = cell.windows == 1 ? max(arriving, cell.ready) : start(of: job, arriving: arriving)
        return begins &+ cell.service &+ onward <= latest
    }

    private func fitsWithBreak(_ job: Int, _ here: Stop, _ there: Int32, _ onward: Int32, _ latest: Int32) -> Bool {
        let vehicle = Int(here.route)
        let departure = leaving(job, vehicle, arriving: arrival(vehicle, leaving: here.departure, there))
        return arrival(vehicle, leaving: departure, onward) <= latest
    }
}
