/// Jobs that several do together.
extension RuinAndRecreate {
    /// Puts a job with its helpers where and when they cost least; false where that is nowhere below a limit.
    ///
    /// - Parameter isThorough: each is looked for a place for everywhere.
    mutating func putTogether(_ job: Int, below limit: Int, _ isThorough: Bool) -> Bool {
        var best: (start: Int32, places: [(member: Int, place: Place)])?
        var least = limit
        for start in possibleStarts(of: job, isThorough) {
            board.crews.settle(job, at: start)
            let before = board.change
            let places = placeCrew(of: job, below: least, isThorough)
            if let places, board.change - before < least { (best, least) = ((start, places), board.change - before) }
            takeCrewOut(of: job)
        }
        guard let best else { return false }
        board.crews.settle(job, at: best.start)
        for (member, place) in best.places { board.insert(member, at: place) }
        return true
    }

    /// Where each was put, at the time that is settled; nil where one found no place. Now this one chooses first, now that one.
    private mutating func placeCrew(
        of job: Int, below limit: Int, _ isThorough: Bool
    ) -> [(member: Int, place: Place)]? {
        let before = board.change
        var places: [(member: Int, place: Place)] = []
        for member in problem.crew(of: job).shuffled(using: &random) {
            let place = place(for: member, below: Self.limit(limit - (board.change - before)), isThorough)
            guard place.isSomewhere else { return nil }
            board.insert(member, at: place)
            places.append((member, place))
        }
        return places
    }

    /// Takes a job and its helpers out of whatever routes they are in.
    mutating func takeCrewOut(of job: Int) {
        for member in problem.crew(of: job) where board.isServed(member) { takeOut(member) }
        board.crews.settle(job, at: nil)
    }

    private func takeOut(_ member: Int) {
        let vehicle = Int(board.stops[member].route)
        board.remove(from: member, through: member)
        board.mendCall(of: vehicle)
    }

    /// When a job may begin: as it did before the round; as soon and as late as suits one of those who would do it best, if it
    /// were for him alone; and at some other time.
    private mutating func possibleStarts(of job: Int, _ isThorough: Bool) -> [Int32] {
        let windows = problem.jobs[job].windows
        let window = windows[random.below(windows.count)]
        var starts = [window.lowerBound + Int32(random.below(Int(window.upperBound - window.lowerBound) + 1))]
        if let known = board.crews.startBefore(job) { starts.append(known) }
        for member in problem.crew(of: job) {
            let place = place(for: member, below: .max, isThorough)
            guard place.isSomewhere else { continue }
            board.insert(member, at: place)
            starts += board.startRange(of: member)
            takeOut(member)
        }
        return Set(starts).sorted()
    }

    private mutating func place(for job: Int, below limit: Int32, _ isThorough: Bool) -> Place {
        isThorough
            ? board.placeAnywhere(for: job, below: limit, &random) : board.placeNearby(for: job, below: limit, &random)
    }
}

extension RouteBoard {
    /// The earliest and the latest start of a job where it is.
    fileprivate func startRange(of job: Int) -> [Int32] {
        let (stop, vehicle) = (stops[job], Int(stops[job].route))
        return [beginning(job, vehicle, leavingAt: stop.departure), start(of: job, arriving: stop.latest)].filter {
            $0 <= jobs[job].due
        }
    }
}
