/// Strings of neighbouring jobs taken out of a few routes.
extension RuinAndRecreate {
    /// Jobs that a round removes, on average, and the longest string: at first, and in the end.
    private static let fewest = 10.0
    static let mostRemoved = 15.0
    /// Rounds a job until it removes the most: few jobs at a time are soon better, many find more in the long run.
    private static let growth = 500.0
    /// How often a string keeps some jobs in its middle, and how often it then keeps one more.
    private static let split = 0.5
    private static let more = 0.9
    /// Jobs in no route that a round tries besides those that it removed.
    private static let mostTried = 10

    mutating func takeStrings() {
        let served = problem.asked.count - unserved.jobs.count
        let progress = min(1, Double(rounds) / (Self.growth * Double(board.jobCount)))
        let removed = Self.fewest + (Self.mostRemoved - Self.fewest) * progress
        let longest = max(1, min(removed, Double(served) / Double(max(1, board.vehiclesInUse))))
        let most = 4 * removed / (1 + longest) - 1
        let strings = max(1, Int(random.unit() * most + 1))
        let first = random.below(problem.asked.count)
        let row = board.near.around(first)
        let own = Int(board.stops[first].route)
        for rank in 0..<board.near.count {
            let job = Int(row[rank])
            let vehicle = Int(board.stops[job].route)
            if vehicle < 0 {
                if tried.count < Self.mostTried, unserved.contains(job) { tried.append(job) }
                continue
            }
            if board.isTouched(vehicle) { continue }
            if board.touchedCount >= strings { break }
            if !mayChangePlaces(first, of: own, job, of: vehicle) { continue }
            takeString(around: job, Int(board.routes[vehicle].count), longest)
            board.mendCall(of: vehicle)
        }
    }

    /// Whether each vehicle may have the other's job; one that is in no route, below 0, has only itself to give. Strings of engineers who
    /// know different trades would each go back to where they were.
    private func mayChangePlaces(_ first: Int, of own: Int, _ job: Int, of vehicle: Int) -> Bool {
        board.allowed.allows(vehicle, first) && (own < 0 || board.allowed.allows(own, job))
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
    mutating func remove(_ count: Int, from first: inout Int) {
        guard count > 0 else { return }
        let takenBefore = taken.count
        var last = first
        take(last)
        for _ in 1..<count {
            last = Int(board.stops[last].next)
            take(last)
        }
        let next = Int(board.stops[last].next)
        board.remove(from: first, through: last)
        first = next
        guard problem.hasHelpers else { return }
        // On other routes, all of them.
        for job in taken[takenBefore...] where !problem.helpers(of: job).isEmpty { takeCrewOut(of: job) }
    }

    /// Calls at depots come and go with what they are for, and helpers with whom they help.
    private mutating func take(_ job: Int) {
        if problem.asked.contains(job) {
            taken.append(job)
        } else if let helped = problem.isHelped(by: job) {
            taken.append(helped)
        }
    }
}
