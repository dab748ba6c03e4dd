/// Strings of neighbouring jobs taken out of a few routes, or most of one route.
extension RuinAndRecreate {
    /// Jobs that a round removes, on average, and the longest string: at first, and in the end.
    private static let fewest = 10.0
    private static let mostRemoved = 15.0
    /// Rounds a job until it removes the most: few jobs at a time are soon better, many find more in the long run.
    private static let growth = 500.0
    /// How often a string keeps some jobs in its middle, and how often it then keeps one more.
    private static let split = 0.5
    private static let more = 0.9
    /// Jobs in no route that a round tries besides those that it removed.
    private static let mostTried = 10
    /// Where some jobs are worth more than others, one round in so many makes room for one that is left out.
    private static let roomMaking: UInt64 = 20

    mutating func ruin() {
        if order.prizesDiffer, !unserved.jobs.isEmpty, random.happens(oneIn: Self.roomMaking), makeRoom() { return }
        takeStrings()
    }

    /// Takes so much out of one route that a job that is left out can come before all of it: several that are worth less
    /// would not go one by one. False where nobody near could have it.
    private mutating func makeRoom() -> Bool {
        let job = dearerOfTwo()
        guard let vehicle = vehicleToClear(for: job) else { return false }
        let count = Int(board.routes[vehicle].count)
        let length = min(count, Int(Self.mostRemoved))
        var first = Int(board.stops[board.start(of: vehicle)].next)
        for _ in 0..<random.below(count - length + 1) { first = Int(board.stops[first].next) }
        remove(length, from: &first)
        tried.append(job)
        let place = board.placeNearby(for: job, below: .max, &random)
        if place.isSomewhere { board.insert(job, after: place.after) }
        return true
    }

    /// Of the jobs that are left out.
    private mutating func dearerOfTwo() -> Int {
        let jobs = unserved.jobs
        let (one, other) = (jobs[random.below(jobs.count)], jobs[random.below(jobs.count)])
        return board.prizes[one] < board.prizes[other] ? other : one
    }

    /// Of the vehicles that live near, one that could have the job if it had nothing else.
    private mutating func vehicleToClear(for job: Int) -> Int? {
        let row = board.near.homes(job)
        let offset = random.below(board.near.homesCount)
        for rank in 0..<board.near.homesCount {
            let vehicle = Int(row[(rank + offset) % board.near.homesCount])
            if vehicle >= 0, board.routes[vehicle].count > 0, board.fitsAlone(job, with: vehicle) { return vehicle }
        }
        return nil
    }

    private mutating func takeStrings() {
        let served = board.jobCount - unserved.jobs.count
        let progress = min(1, Double(rounds) / (Self.growth * Double(board.jobCount)))
        let removed = Self.fewest + (Self.mostRemoved - Self.fewest) * progress
        let longest = max(1, min(removed, Double(served) / Double(max(1, board.vehiclesInUse))))
        let most = 4 * removed / (1 + longest) - 1
        let strings = max(1, Int(random.unit() * most + 1))
        let row = board.near.around(random.below(board.jobCount))
        for rank in 0..<board.near.count {
            let job = Int(row[rank])
            let vehicle = Int(board.stops[job].route)
            if vehicle < 0 {
                if tried.count < Self.mostTried, unserved.contains(job) { tried.append(job) }
                continue
            }
            if board.isTouched(vehicle) { continue }
            if board.touchedCount == strings { break }
            takeString(around: job, Int(board.routes[vehicle].count), longest)
        }
    }

    /// - Parameter count: of the jobs in the route.
    private mutating func takeString(around job: Int, _ count: Int, _ longest: Double) {
        let length = min(count, Int(random.unit() * min(Double(count), longest) + 1))
        var kept = 0
        if length > 1, length < count, random.unit() < Self.split {
            kept = 1
            while length + kept < count, random.unit() < Self.more { kept += 1 }
        }
        let span = length + kept
        // As far back as the string may reach, and further than that by what the route's end cuts off.
        var first = job
        let before = board.countBefore(job, atMost: span - 1)
        let after = board.countAfter(job, atMost: span - 1)
        let least = max(0, span - 1 - after)
        let back = least + random.below(before - least + 1)
        for _ in 0..<back { first = Int(board.stops[first].previous) }
        let keptFrom = kept > 0 ? random.below(length + 1) : length
        remove(keptFrom, from: &first)
        for _ in 0..<kept { first = Int(board.stops[first].next) }
        remove(length - keptFrom, from: &first)
    }

    /// Takes out so many jobs in a row, and goes on to the stop after them.
    private mutating func remove(_ count: Int, from first: inout Int) {
        guard count > 0 else { return }
        var last = first
        taken.append(last)
        for _ in 1..<count {
            last = Int(board.stops[last].next)
            taken.append(last)
        }
        let next = Int(board.stops[last].next)
        board.remove(from: first, through: last)
        first = next
    }
}
