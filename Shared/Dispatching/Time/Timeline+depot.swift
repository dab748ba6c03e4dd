/// The way to a visit by the depot, where something for it has to be fetched.
extension Timeline {
    /// The same for a visit that takes pieces which he has not with him.
    public func fetching(_ pieces: Int) -> Timeline {
        guard pieces > 0, depot != nil else { return self }
        var timeline = self
        timeline.fetches = true
        return timeline
    }

    /// Seconds on the road to a stop, just in time.
    @inline(__always)
    func way(from place: TravelPoint, to stop: Stop, _ travel: TravelTimes) -> Int32 {
        let arriving = stop.span.start
        guard stop.fetches, let depot else { return travel.seconds(from: place, to: stop.point, arriving: arriving) }
        let last = travel.seconds(from: depot, to: stop.point, arriving: arriving)
        return last + travel.seconds(from: place, to: depot, arriving: arriving - Int(last) - stay(before: stop))
    }

    /// Seconds at the depot on the way to a stop.
    @inline(__always)
    func stay(before stop: Stop) -> Int { stop.fetches && depot != nil ? DayPlanning.fetchSeconds : 0 }

    /// The same on the way to the visit.
    var stay: Int { fetches ? DayPlanning.fetchSeconds : 0 }

    /// Seconds on the road to the visit, by way of the depot where there is something to fetch.
    @inline(__always)
    func way(from previous: TravelPoint, to site: TravelPoint, leaving: Int, _ travel: TravelTimes) -> Int32 {
        guard fetches, let depot else { return travel.seconds(from: previous, to: site, leaving: leaving) }
        let first = travel.seconds(from: previous, to: depot, leaving: leaving)
        return first + travel.seconds(from: depot, to: site, leaving: leaving + Int(first) + stay)
    }

    @inline(__always)
    func way(from previous: TravelPoint, to site: TravelPoint, arriving: Int, _ travel: TravelTimes) -> Int32 {
        guard fetches, let depot else { return travel.seconds(from: previous, to: site, arriving: arriving) }
        let last = travel.seconds(from: depot, to: site, arriving: arriving)
        return last + travel.seconds(from: previous, to: depot, arriving: arriving - Int(last) - stay)
    }
}
