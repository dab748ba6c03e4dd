/// Where a job would go, and what it would add.
struct Place {
    /// The stop before it; -1 for nowhere.
    var after = -1
    var cost: Int32

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
        let cell = jobs[job]
        let to = inward + Int(cell.location) &* size
        let from = outward + Int(cell.location) &* size
        let rows = near.places(job)
        for candidate in rows.before {
            let here = stops[Int(candidate.job)]
            let next = stops[Int(here.next)]
            let onward = from[Int(next.location)]
            let detour = candidate.travel &+ onward &- here.leg
            // First what is rarely so; of a job in no route it is an old number.
            if detour >= best.cost { continue }
            if here.route < 0 { continue }
            let cost = detour &+ fee(cell, job, Int(here.route))
            if cost < best.cost, routes[Int(here.route)].spare >= cell.demand,
                here.departure <= cell.due, allowed.allows(Int(here.route), job),
                fits(cell, job, here, candidate.travel, onward, next.latest), !random.happens(oneIn: 100)
            {
                take(Int(candidate.job), job, cost, candidate.travel, onward, &best)
            }
        }
        for candidate in rows.after {
            let next = stops[Int(candidate.job)]
            let vehicle = Int(next.route)
            if vehicle < 0 || next.latest < cell.ready { continue }
            // After another job it is looked at from there, if that is near.
            if next.previous < jobCount { continue }
            let here = stops[Int(next.previous)]
            let there = to[Int(here.location)]
            let cost = there &+ candidate.travel &- here.leg &+ fee(cell, job, vehicle)
            if cost < best.cost, routes[vehicle].spare >= cell.demand, allowed.allows(vehicle, job),
                fits(cell, job, here, there, candidate.travel, next.latest), !random.happens(oneIn: 100)
            {
                take(Int(next.previous), job, cost, there, candidate.travel, &best)
            }
        }
        if idle.kinds <= Self.fewKinds {
            for kind in 0..<idle.kinds {
                let vehicle = idle.one(of: kind)
                if vehicle >= 0, allowed.allows(vehicle, job) {
                    tryRoute(vehicle, job, cell, to, from, &best, &random)
                }
            }
        } else {
            let row = near.homes(job)
            for rank in 0..<near.homesCount where row[rank] >= 0 {
                tryEnds(Int(row[rank]), job, cell, to, from, &best, &random)
            }
        }
        return best
    }

    /// As `placeNearby`, anywhere.
    func placeAnywhere(for job: Int, below limit: Int32, _ random: inout SearchRandom) -> Place {
        var best = Place(cost: limit)
        let cell = jobs[job]
        let to = inward + Int(cell.location) &* size
        let from = outward + Int(cell.location) &* size
        for vehicle in 0..<vehicleCount where allowed.allows(vehicle, job) {
            if routes[vehicle].count > 0 { tryRoute(vehicle, job, cell, to, from, &best, &random) }
        }
        for kind in 0..<idle.kinds {
            let vehicle = idle.one(of: kind)
            if vehicle >= 0, allowed.allows(vehicle, job) { tryRoute(vehicle, job, cell, to, from, &best, &random) }
        }
        return best
    }

    @inline(__always)
    private func tryRoute(
        _ vehicle: Int, _ job: Int, _ cell: JobCell, _ to: UnsafePointer<Int32>, _ from: UnsafePointer<Int32>,
        _ best: inout Place, _ random: inout SearchRandom
    ) {
        if routes[vehicle].spare < cell.demand { return }
        let fee = fee(cell, job, vehicle)
        var before = start(of: vehicle)
        repeat {
            let here = stops[before]
            if here.departure > cell.due { return }
            tryPlace(before, here, job, cell, fee, to, from, &best, &random)
            before = Int(here.next)
        } while before < jobCount
    }

    /// First and last of a route.
    @inline(__always)
    private func tryEnds(
        _ vehicle: Int, _ job: Int, _ cell: JobCell, _ to: UnsafePointer<Int32>, _ from: UnsafePointer<Int32>,
        _ best: inout Place, _ random: inout SearchRandom
    ) {
        if routes[vehicle].spare < cell.demand { return }
        let fee = fee(cell, job, vehicle)
        let first = start(of: vehicle)
        tryPlace(first, stops[first], job, cell, fee, to, from, &best, &random)
        guard routes[vehicle].count > 0 else { return }
        let last = Int(stops[first &+ 1].previous)
        if stops[last].departure <= cell.due {
            tryPlace(last, stops[last], job, cell, fee, to, from, &best, &random)
        }
    }

    @inline(__always)
    private func tryPlace(
        _ before: Int, _ here: Stop, _ job: Int, _ cell: JobCell, _ fee: Int32, _ to: UnsafePointer<Int32>,
        _ from: UnsafePointer<Int32>, _ best: inout Place, _ random: inout SearchRandom
    ) {
        let next = stops[Int(here.next)]
        let there = to[Int(here.location)]
        let onward = from[Int(next.location)]
        let cost = there &+ onward &- here.leg &+ fee
        if cost < best.cost, fits(cell, job, here, there, onward, next.latest),
            !random.happens(oneIn: 100)
        {
            take(before, job, cost, there, onward, &best)
        }
    }

    /// Takes a place that is better, if it still is with what time costs.
    @inline(__always)
    private func take(
        _ before: Int, _ job: Int, _ cost: Int32, _ there: Int32, _ onward: Int32, _ best: inout Place
    ) {
        var cost = cost
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
