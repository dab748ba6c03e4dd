/// Of each job those near it, a row when it is first asked for: the nearest by the road and by the clock, from which a
/// ruin takes strings, and the likeliest to come right before or after it, next to which an insertion looks.
final class NearJobs {
    /// Of a row.
    let count: Int
    private let mostPlaces: Int
    private let visited: Int
    let homesCount: Int

    private let problem: RoutingProblem
    private let jobs: UnsafeMutablePointer<JobCell>
    private let allowed: AllowedVehicles
    private let around: UnsafeMutablePointer<Int32>
    private let places: UnsafeMutablePointer<Near>
    private let placeCounts: UnsafeMutablePointer<(before: Int32, after: Int32)>
    private let homes: UnsafeMutablePointer<Int32>
    private let hasHomes: UnsafeMutablePointer<Bool>
    private let hasAround: UnsafeMutablePointer<Bool>
    private let keys: UnsafeMutablePointer<Int64>

    private static let most = 100
    private static let mostPlaces = 60
    private static let mostHomes = 12
    /// Hours of waiting that count as much as one on the road.
    private static let waiting: Int64 = 20
    /// Hours between two jobs' windows that count as much as one on the road.
    private static let apart: Int64 = 2

    /// - Parameter jobs: as they are asked for, whatever time is settled for them in a plan.
    init(_ problem: RoutingProblem, _ jobs: [JobCell], _ allowed: AllowedVehicles) {
        self.problem = problem
        self.allowed = allowed
        self.jobs = .copy(of: jobs)
        let all = problem.jobs.count
        // Calls at depots go with what they are for, and are near nobody.
        visited = problem.visited.count
        count = min(visited, Self.most)
        mostPlaces = min(max(0, visited - 1), Self.mostPlaces)
        around = .filled(all * count, with: 0)
        places = .filled(2 * all * mostPlaces, with: Near(job: 0, travel: 0))
        placeCounts = .filled(all, with: (-1, -1))
        homesCount = min(problem.vehicles.count, Self.mostHomes)
        homes = .filled(all * homesCount, with: -1)
        hasHomes = .filled(all, with: false)
        hasAround = .filled(all, with: false)
        keys = .filled(max(all, problem.vehicles.count), with: 0)
    }

    deinit {
        jobs.deallocate()
        around.deallocate()
        places.deallocate()
        homes.deallocate()
        hasHomes.deallocate()
        hasAround.deallocate()
        placeCounts.deallocate()
        keys.deallocate()
    }

    /// The nearest, the job itself first; `count` of them. Jobs whose windows lie far apart seldom change places, however
    /// near they live.
    @inline(__always)
    func around(_ job: Int) -> UnsafeMutablePointer<Int32> {
        if !hasAround[job] { fillAround(job) }
        return around + job &* count
    }

    /// The likeliest to come right before the job, and right after it, the likeliest first.
    @inline(__always)
    func places(_ job: Int) -> (before: UnsafeBufferPointer<Near>, after: UnsafeBufferPointer<Near>) {
        if placeCounts[job].before < 0 { fillPlaces(job) }
        let row = places + 2 &* job &* mostPlaces
        return (
            UnsafeBufferPointer(start: row, count: Int(placeCounts[job].before)),
            UnsafeBufferPointer(start: row + mostPlaces, count: Int(placeCounts[job].after))
        )
    }

    /// The vehicles with the least way from their start over the job to their end, of those that may have it;
    /// `homesCount` of them, -1 where there are no more.
    @inline(__always)
    func homes(_ job: Int) -> UnsafeMutablePointer<Int32> {
        if !hasHomes[job] { fillHomes(job) }
        return homes + job &* homesCount
    }

    private func fillHomes(_ job: Int) {
        hasHomes[job] = true
        let travel = problem.travel.cells
        let from = travel.outward + Int(jobs[job].location) &* travel.size
        let to = travel.inward + Int(jobs[job].location) &* travel.size
        let filled = leastKeys(homesCount, of: problem.vehicles.count) { vehicle in
            if !allowed.allows(vehicle, job) { return nil }
            let ends = problem.vehicles[vehicle]
            return Int64(to[ends.start]) &+ Int64(from[ends.end])
        }
        for rank in 0..<filled { homes[job &* homesCount &+ rank] = Int32(truncatingIfNeeded: keys[rank]) }
    }

    private func fillAround(_ job: Int) {
        hasAround[job] = true
        let travel = problem.travel.cells
        let this = jobs[job]
        let from = travel.outward + Int(this.location) &* travel.size
        _ = leastKeys(count, of: visited) { other in
            if other == job { return 0 }
            let cell = jobs[other]
            return 1 &+ Self.separation(from[Int(cell.location)], (this.ready, this.due), (cell.ready, cell.due))
        }
        for rank in 0..<count { around[job &* count &+ rank] = Int32(truncatingIfNeeded: keys[rank]) }
    }

    /// Between two jobs by the road and by the clock: travel, and some of the time between their windows.
    @inline(__always)
    static func separation(
        _ travel: Int32, _ one: (ready: Int32, due: Int32), _ other: (ready: Int32, due: Int32)
    ) -> Int64 {
        Int64(travel) &+ Int64(max(0, other.ready &- one.due, one.ready &- other.due)) / apart
    }

    private func fillPlaces(_ job: Int) {
        let travel = problem.travel.cells
        let from = travel.outward + Int(jobs[job].location) &* travel.size
        let to = travel.inward + Int(jobs[job].location) &* travel.size
        let this = jobs[job]
        let row = places + 2 &* job &* mostPlaces
        let before = leastKeys(mostPlaces, of: visited) { other in
            other == job ? nil : Self.distance(jobs[other], this, to[Int(jobs[other].location)])
        }
        for rank in 0..<before {
            let other = Int32(truncatingIfNeeded: keys[rank])
            row[rank] = Near(job: other, travel: to[Int(jobs[Int(other)].location)])
        }
        let after = leastKeys(mostPlaces, of: visited) { other in
            other == job ? nil : Self.distance(this, jobs[other], from[Int(jobs[other].location)])
        }
        for rank in 0..<after {
            let other = Int32(truncatingIfNeeded: keys[rank])
            row[mostPlaces &+ rank] = Near(job: other, travel: from[Int(jobs[Int(other)].location)])
        }
        placeCounts[job] = (Int32(before), Int32(after))
    }

    /// Travel from one job to the next and some of the waiting there that cannot be avoided; nil for one that is then
    /// over.
    @inline(__always)
    private static func distance(_ first: JobCell, _ second: JobCell, _ travel: Int32) -> Int64? {
        if first.ready &+ first.service &+ travel > second.due { return nil }
        let waiting = second.ready &- (first.due &+ first.service &+ travel)
        return Int64(travel) &+ (waiting > 0 ? Int64(waiting) / Self.waiting : 0)
    }

    /// Fills `keys` with those of the least measures, in order, and counts them: measure above, index below. What has no
    /// measure is no choice.
    @inline(__always)
    private func leastKeys(_ most: Int, of all: Int, _ measure: (Int) -> Int64?) -> Int {
        var count = 0
        for index in 0..<all {
            guard let measured = measure(index) else { continue }
            keys[count] = measured << 32 | Int64(index)
            count &+= 1
        }
        let least = min(most, count)
        if least < count { bringForward(least, of: count) }
        var sorted = UnsafeMutableBufferPointer(start: keys, count: least)
        sorted.sort()
        return least
    }

    /// Moves so many of the least keys to the front, in no order (Hoare's selection).
    private func bringForward(_ least: Int, of count: Int) {
        var (low, high) = (0, count &- 1)
        while low < high {
            let ends = (keys[low], keys[(low &+ high) / 2], keys[high])
            let pivot = max(min(ends.0, ends.1), min(max(ends.0, ends.1), ends.2))
            var (left, right) = (low, high)
            while left <= right {
                while keys[left] < pivot { left &+= 1 }
                while keys[right] > pivot { right &-= 1 }
                guard left <= right else { break }
                (keys[left], keys[right]) = (keys[right], keys[left])
                left &+= 1
                right &-= 1
            }
            if least <= right { high = right } else if least > left { low = left } else { return }
        }
    }
}
