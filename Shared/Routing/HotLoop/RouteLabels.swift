/// Routes that cost less than the prices of their jobs together, by labels (Desrochers, Desrosiers and Solomon,
/// *Operations Research* 40, 1992): each is a way to a job, what it costs less the prices along it, when it leaves there
/// and with what load. Of two at the same job the one that is no better in any of these is forgotten. Of each job only
/// so many go on, and only to those that are the likeliest to come next, so that a cheap route may be overlooked.
///
/// For vehicles that are all alike, and jobs with one window each.
final class RouteLabels {
    private struct Label {
        var cost: Float
        var departure: Int32
        var load: Int32
        var job: Int32
        /// The label that it goes on from; -1 at the start.
        var previous: Int32
        /// The next one that leaves in the same span of time; -1 for the last.
        var next: Int32
    }

    /// A label at its job, as far as it is compared there.
    private struct Kept {
        var cost: Float
        var departure: Int32
        var load: Int32
        var label: Int32
    }

    private let problem: RoutingProblem
    private let vehicle: RoutingProblem.Vehicle
    /// Knows who is near whom, for as long as it lives.
    private let board: RouteBoard
    private let jobCount: Int
    /// Loads that differ by less are as good as the same: otherwise hardly any label is forgotten.
    private let loadStep: Int32
    private let jobs: UnsafeMutablePointer<LabelledJob>
    private let labels: UnsafeMutablePointer<Label>
    private let mostLabels: Int
    private var count = 0
    /// A row for each job.
    private let kept: UnsafeMutablePointer<Kept>
    /// Of each span of time, the first label that leaves in it.
    private let spans: UnsafeMutablePointer<Int32>
    private let span: Int32

    /// Of each job.
    private static let mostKept = 40
    /// On average.
    private static let labelsOfJob = 200
    private static let loadSteps: Int32 = 20
    private static let spanCount = 1024
    /// Routes at most that are found in one go, and of these, with the same job.
    private static let mostRoutes = 1000
    private static let mostOfJob = 20

    init(_ board: RouteBoard) {
        self.board = board
        let problem = board.problem
        self.problem = problem
        jobCount = problem.jobs.count
        let vehicle = problem.vehicles[0]
        self.vehicle = vehicle
        loadStep = vehicle.capacity / Self.loadSteps
        jobs = .copy(of: problem.jobs.map { LabelledJob($0, vehicle, problem.travel) })
        mostLabels = jobCount * Self.labelsOfJob
        labels = .allocate(capacity: max(1, mostLabels))
        kept = .filled(jobCount * Self.mostKept, with: Kept(cost: 0, departure: 0, load: 0, label: -1))
        spans = .filled(Self.spanCount, with: -1)
        span = (vehicle.shift.upperBound - vehicle.shift.lowerBound) / Int32(Self.spanCount) + 1
    }

    deinit {
        jobs.deallocate()
        labels.deallocate()
        kept.deallocate()
        spans.deallocate()
    }

    /// Whether the last search had no room for more labels: windows are too wide for it.
    var isFull: Bool { count == mostLabels }

    /// Routes of open jobs, the one that costs the least below its prices first, one at most that ends with a given job.
    ///
    /// - Parameter goesOn: asked now and then; when it says no, routes are of what was found so far.
    func routes(below prices: [Double], of isOpen: [Bool], while goesOn: () -> Bool) -> [[Int32]] {
        count = 0
        for job in 0..<jobCount { jobs[job].begin(price: isOpen[job] ? Float(prices[job]) : nil) }
        for index in 0..<Self.spanCount { spans[index] = -1 }
        for job in 0..<jobCount where jobs[job].isOpen {
            let there = jobs[job].outward
            put(job, cost: Float(there), arriving: vehicle.shift.lowerBound &+ there, load: 0, after: -1)
        }
        for index in 0..<Self.spanCount where goesOn() {
            // Going on may add to the same span.
            while spans[index] >= 0 {
                let label = Int(spans[index])
                spans[index] = labels[label].next
                if labels[label].cost < .infinity { goOn(from: label) }
            }
        }
        return chosen()
    }

    /// To all jobs that may come next.
    private func goOn(from index: Int) {
        let label = labels[index]
        for next in board.near.places(Int(label.job)).after {
            let job = Int(next.job)
            let arriving = label.departure &+ next.travel
            guard jobs[job].isOpen, arriving <= jobs[job].due, !has(job, index) else { continue }
            put(
                job, cost: label.cost + Float(next.travel), arriving: arriving, load: label.load,
                after: Int32(truncatingIfNeeded: index))
        }
    }

    /// Whether the way of a label leads over a job. It left there no sooner than one can.
    private func has(_ job: Int, _ label: Int) -> Bool {
        let soonest = jobs[job].ready &+ jobs[job].service
        var label = label
        while label >= 0, labels[label].departure >= soonest {
            if Int(labels[label].job) == job { return true }
            label = Int(labels[label].previous)
        }
        return false
    }

    /// A label at a job, if it may be one and none there is as good.
    private func put(_ job: Int, cost: Float, arriving: Int32, load: Int32, after previous: Int32) {
        let here = jobs[job]
        let cost = cost - here.price
        guard cost < here.worst, arriving <= here.due, here.demand <= vehicle.capacity &- load else { return }
        guard count < mostLabels else { return }
        let load = load &+ here.demand
        let departure = max(arriving, here.ready) &+ here.service
        let row = kept + job &* Self.mostKept
        var filled = here.kept
        var slot = 0
        for slot in 0..<filled {
            let other = row[slot]
            if other.cost <= cost, other.departure <= departure, other.load &- loadStep <= load { return }
        }
        while slot < filled {
            let other = row[slot]
            if cost <= other.cost, departure <= other.departure, load &- loadStep <= other.load {
                labels[Int(other.label)].cost = .infinity
                filled &-= 1
                row[slot] = row[filled]
            } else {
                slot &+= 1
            }
        }
        if filled == Self.mostKept {
            filled &-= 1
            let worst = dearest(row)
            labels[Int(row[worst].label)].cost = .infinity
            row[worst] = row[filled]
        }
        let index = Int32(truncatingIfNeeded: count)
        row[filled] = Kept(cost: cost, departure: departure, load: load, label: index)
        filled &+= 1
        jobs[job].kept = filled
        jobs[job].worst = filled == Self.mostKept ? row[dearest(row)].cost : .infinity
        let place = Int((departure &- vehicle.shift.lowerBound) / span)
        (labels + count).initialize(
            to: Label(
                cost: cost, departure: departure, load: load, job: Int32(truncatingIfNeeded: job), previous: previous,
                next: spans[place]))
        spans[place] = index
        count &+= 1
    }

    /// Of a full row.
    private func dearest(_ row: UnsafeMutablePointer<Kept>) -> Int {
        var dearest = 0
        for slot in 1..<Self.mostKept where row[slot].cost > row[dearest].cost { dearest = slot }
        return dearest
    }

    /// The cheapest route to each last job, as far as they differ enough.
    private func chosen() -> [[Int32]] {
        var ends: [(cost: Float, label: Int32)] = []
        for job in 0..<jobCount where jobs[job].isOpen {
            let row = UnsafeBufferPointer(start: kept + job * Self.mostKept, count: jobs[job].kept)
            guard let best = row.min(by: { ($0.cost, $0.label) < ($1.cost, $1.label) }) else { continue }
            let cost = best.cost + Float(jobs[job].homeward)
            if cost <= -1 { ends.append((cost, best.label)) }
        }
        ends.sort { $0 < $1 }
        var times = Array(repeating: 0, count: jobCount)
        var routes: [[Int32]] = []
        for end in ends where routes.count < Self.mostRoutes {
            let route = sequence(first: end.label) { [labels] in
                labels[Int($0)].previous < 0 ? nil : labels[Int($0)].previous
            }.map { labels[Int($0)].job }
            if route.contains(where: { times[Int($0)] == Self.mostOfJob }) { continue }
            for job in route { times[Int(job)] += 1 }
            routes.append(route.reversed())
        }
        return routes
    }
}

/// A job as labels see it.
private struct LabelledJob {
    /// When service may begin so that the vehicle has time to come, and to be back.
    let ready: Int32
    let due: Int32
    let service: Int32
    let demand: Int32
    let outward: Int32
    let homeward: Int32
    private(set) var price: Float = 0
    private(set) var isOpen = false
    /// Labels that are kept, and where these are as many as can be, what the dearest of them costs.
    var kept = 0
    var worst = Float.infinity

    init(_ job: RoutingProblem.Job, _ vehicle: RoutingProblem.Vehicle, _ travel: TravelMatrix) {
        outward = travel[vehicle.start, job.location]
        homeward = travel[job.location, vehicle.end]
        service = job.service
        demand = job.demand
        ready = max(job.windows[0].lowerBound, vehicle.shift.lowerBound + outward)
        due = min(job.windows[0].upperBound, vehicle.shift.upperBound - homeward - service)
    }

    /// - Parameter price: nil for a job that is not open. One that no vehicle can be at in time never is.
    mutating func begin(price: Float?) {
        self.price = price ?? 0
        isOpen = price != nil && ready <= due
        (kept, worst) = (0, .infinity)
    }
}
