/// A vehicle on its way, one stop after another, from first principles.
struct VehicleWalk {
    /// What it has cost so far.
    private(set) var travel = 0
    private(set) var delay = 0
    /// Units of service.
    private var work = 0

    private let problem: RoutingProblem
    private let number: Int
    private let vehicle: RoutingProblem.Vehicle
    /// Of the jobs that have helpers, when they begin.
    private let starts: [Int: Int32]
    private var here: Int
    private var now: Int
    private var load = 0
    private var hasRested: Bool
    private var hasFetched = false

    init(_ problem: RoutingProblem, _ number: Int, _ starts: [Int: Int32]) {
        self.problem = problem
        self.starts = starts
        self.number = number
        vehicle = problem.vehicles[number]
        here = vehicle.start
        now = Int(vehicle.shift.lowerBound)
        let breakBegins = vehicle.pause?.window.lowerBound ?? 0
        hasRested = vehicle.shift.lowerBound >= breakBegins
    }

    /// Goes to a job and does it.
    mutating func go(to index: Int) throws(BrokenPlan) {
        let job = problem.jobs[index]
        guard job.skills.isSubset(of: vehicle.skills) else {
            throw BrokenPlan("vehicle \(number) lacks a skill for job \(index)")
        }
        guard job.only.map({ $0 == number }) ?? true else {
            throw BrokenPlan("vehicle \(number) has job \(index), which is another's")
        }
        guard hasFetched || !problem.fetches(number, index) else {
            throw BrokenPlan("vehicle \(number) has not fetched what job \(index) takes")
        }
        if problem.isDepotCall(index) { hasFetched = true }
        drive(to: job.location)
        let windows = try windows(of: index)
        guard let begins = windows.begins(arriving: now) else {
            throw BrokenPlan("vehicle \(number) is at job \(index) at \(now), after its last window")
        }
        now = begins
        var restsAfter = false
        if let pause = vehicle.pause, !hasRested {
            let (first, ends) = (Int(pause.window.lowerBound), begins + Int(job.service))
            restsAfter = begins < first && (first...Int(pause.window.upperBound)).contains(ends)
            if !restsAfter, ends >= first {
                hasRested = true
                guard let later = windows.begins(arriving: first + Int(pause.length)) else {
                    throw BrokenPlan("vehicle \(number) has a break at \(first), and job \(index) no window after it")
                }
                now = later
            }
        }
        delay += (now - Int(job.windows[0].lowerBound)) * Int(job.delay) / 1_000
        delay += paid(job.lateness)
        now += Int(job.service)
        work += Int(job.service)
        if restsAfter { rest() }
        load += Int(job.demand)
        guard load <= vehicle.capacity else {
            throw BrokenPlan("vehicle \(number) carries \(load) of \(vehicle.capacity)")
        }
    }

    /// When a job may begin: what several do together at the one moment that is settled.
    private func windows(of index: Int) throws(BrokenPlan) -> [ClosedRange<Int32>] {
        let windows = problem.jobs[index].windows
        let job = problem.isHelped(by: index) ?? index
        if problem.helpers(of: job).isEmpty { return windows }
        guard let start = starts[job], windows.contains(where: { $0.contains(start) }) else {
            throw BrokenPlan("job \(job) has no time at which all are to be there")
        }
        return [start...start]
    }

    /// What it costs that it has had so much to do.
    var loadCost: Int { vehicle.load.map { work * work / 2_000 * Int($0.price) / 1_000_000 } ?? 0 }

    /// Goes home; what being there so late costs.
    mutating func goHome() throws(BrokenPlan) -> Int {
        drive(to: vehicle.end)
        guard now <= vehicle.shift.upperBound else {
            throw BrokenPlan("vehicle \(number) is back at \(now), after its shift")
        }
        return paid(vehicle.overtime)
    }

    /// What it costs that it is as late as it is.
    private func paid(_ price: TimePrice?) -> Int {
        price.map { max(0, now - Int($0.from)) * Int($0.price) / 1_000 } ?? 0
    }

    private mutating func drive(to location: Int) {
        let leg = Int(problem.travel[here, location])
        travel += leg
        now += leg
        here = location
        if let pause = vehicle.pause, !hasRested, now >= pause.window.lowerBound { rest() }
    }

    private mutating func rest() {
        now += Int(vehicle.pause?.length ?? 0)
        hasRested = true
    }
}

extension [ClosedRange<Int32>] {
    /// When service begins of who is there at a time; nil when the last window is over.
    fileprivate func begins(arriving time: Int) -> Int? {
        first { time <= $0.upperBound }.map { Swift.max(time, Int($0.lowerBound)) }
    }
}
