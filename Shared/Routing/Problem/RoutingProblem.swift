/// What a day asks: who has to be visited, by whom, and how far everything is apart.
///
/// Times and travel are whole numbers of one unit, seconds for a technician's day; travel is also what a plan costs.
public struct RoutingProblem: Sendable {
    /// A visit to be made.
    public struct Job: Sendable, Hashable {
        /// Row of the travel matrix.
        public var location: Int
        public var service: Int32
        /// When service may begin: disjoint, ascending, at least one.
        public var windows: [ClosedRange<Int32>]
        /// What it takes of a vehicle's capacity.
        public var demand: Int32
        /// What it costs to leave the job out.
        public var prize: Int
        /// All of these are needed.
        public var skills: Set<Int>
        /// The one vehicle that may have it: somebody has decided so.
        public var only: Int?
        /// The vehicle that has it in the plan that people know of, and what it costs that another has it.
        public var plannedFor: Int?
        public var moving: Int32
        /// What it costs that service begins a thousand units of time after the first window opens, in units of travel.
        public var delay: Int32
        /// What it costs besides that service begins later than people were told, or than was promised.
        public var lateness: TimePrice?
        /// What it costs more that one of these vehicles has it, in units of travel.
        public var surcharges: [Int: Int32]
        /// The vehicles that have to fetch something for it from their depots.
        public var fetchedBy: Set<Int>
        /// Others who do it together with the one who has it.
        public var helpers: [Helper]

        public init(
            location: Int, service: Int32, windows: [ClosedRange<Int32>], demand: Int32 = 0, prize: Int,
            skills: Set<Int> = [], only: Int? = nil, plannedFor: Int? = nil, moving: Int32 = 0, delay: Int32 = 0,
            lateness: TimePrice? = nil, surcharges: [Int: Int32] = [:], fetchedBy: Set<Int> = [],
            helpers: [Helper] = []
        ) {
            self.location = location
            self.service = service
            self.windows = windows
            self.demand = demand
            self.prize = prize
            self.skills = skills
            self.only = only
            self.plannedFor = plannedFor
            self.moving = moving
            self.delay = delay
            self.lateness = lateness
            self.surcharges = surcharges
            self.fetchedBy = fetchedBy
            self.helpers = helpers
        }
    }

    /// An engineer with his van, or a vehicle.
    public struct Vehicle: Sendable, Hashable {
        /// Rows of the travel matrix.
        public var start: Int
        public var end: Int
        /// Leaves `start` no earlier, is at `end` no later.
        public var shift: ClosedRange<Int32>
        /// What it costs to be at `end` later than regular hours, which end within the shift.
        public var overtime: TimePrice?
        public var pause: Pause?
        public var capacity: Int32
        public var skills: Set<Int>
        public var load: LoadPrice?
        public var depot: Depot?

        public init(
            start: Int, end: Int, shift: ClosedRange<Int32>, capacity: Int32 = .max, skills: Set<Int> = [],
            overtime: TimePrice? = nil, pause: Pause? = nil, load: LoadPrice? = nil, depot: Depot? = nil
        ) {
            self.start = start
            self.end = end
            self.shift = shift
            self.capacity = capacity
            self.skills = skills
            self.overtime = overtime
            self.pause = pause
            self.load = load
            self.depot = depot
        }
    }

    /// Those that were asked for, then their helpers, then the vehicles' calls at their depots.
    public let jobs: [Job]
    public let vehicles: [Vehicle]
    public let travel: TravelMatrix
    let askedCount: Int
    /// Of those that have helpers, these.
    let helperJobs: [Int: Range<Int>]
    /// Of each helper, the job that it is for.
    let helped: [Int: Int]
    /// Of each vehicle.
    let depotCalls: [Int?]

    /// - Throws: `RoutingProblemError` for what no plan could be right about: a location that is not in the matrix, a job
    ///   without a window, windows out of order, a time below 0 or above `latestTime`.
    public init(jobs: [Job], vehicles: [Vehicle], travel: TravelMatrix) throws {
        let (helpers, helperJobs) = Self.helperJobs(of: jobs)
        let (calls, callOf) = Self.depotCalls(of: vehicles, for: jobs, after: jobs.count + helpers.count)
        self.init(
            checkedJobs: jobs + helpers + calls, askedCount: jobs.count, helperJobs: helperJobs, vehicles,
            depotCalls: callOf, travel)
        for (index, job) in jobs.enumerated() {
            try Self.check(job, index, travel)
            for vehicle in crew(of: index).flatMap({ self.jobs[$0].named }) where !vehicles.indices.contains(vehicle) {
                throw RoutingProblemError("job \(index): there is no vehicle \(vehicle)")
            }
        }
        for (index, vehicle) in vehicles.enumerated() { try Self.check(vehicle, index, travel) }
    }

    /// Of parts that were checked before.
    ///
    /// - Parameters:
    ///   - jobs: helpers and depot calls included.
    ///   - depotCalls: of each vehicle.
    init(
        checkedJobs jobs: [Job], askedCount: Int, helperJobs: [Int: Range<Int>], _ vehicles: [Vehicle],
        depotCalls: [Int?], _ travel: TravelMatrix
    ) {
        (self.jobs, self.askedCount, self.depotCalls) = (jobs, askedCount, depotCalls)
        self.helperJobs = helperJobs
        helped = helperJobs.reduce(into: [:]) { helped, crew in for job in crew.value { helped[job] = crew.key } }
        self.vehicles = vehicles
        self.travel = travel
    }

    /// No time is later: sums of a few of them fit in 32 bits.
    public static let latestTime: Int32 = 400_000_000
    private static let times: ClosedRange<Int32> = 0...latestTime

    private static func check(_ vehicle: Vehicle, _ index: Int, _ travel: TravelMatrix) throws {
        guard travel.rows ~= vehicle.start, travel.rows ~= vehicle.end else {
            throw RoutingProblemError("vehicle \(index): start and end are rows 0…\(travel.size - 1) of the matrix")
        }
        guard times ~= vehicle.shift.lowerBound, times ~= vehicle.shift.upperBound else {
            throw RoutingProblemError("vehicle \(index): a shift lies within 0…\(latestTime)")
        }
        guard isPossible(vehicle.overtime) else {
            throw RoutingProblemError("vehicle \(index): overtime is from 0…\(latestTime) on, at 0 or more")
        }
        guard vehicle.load.map({ LoadPrice.prices ~= $0.price }) ?? true else {
            throw RoutingProblemError("vehicle \(index): a load's price is 0…\(LoadPrice.prices.upperBound)")
        }
        guard vehicle.depot.map({ travel.rows ~= $0.location && times ~= $0.service }) ?? true else {
            throw RoutingProblemError(
                "vehicle \(index): a depot is a row 0…\(travel.size - 1) of the matrix, its service 0…\(latestTime)")
        }
        let numbers = vehicle.pause.map { [$0.window.lowerBound, $0.window.upperBound, $0.length] } ?? []
        guard numbers.allSatisfy({ (1...latestTime).contains($0) }) else {
            throw RoutingProblemError("vehicle \(index): a break's window and length lie within 1…\(latestTime)")
        }
    }

    private static func isPossible(_ price: TimePrice?) -> Bool {
        price.map { times ~= $0.from && $0.price >= 0 } ?? true
    }

    private static func check(_ job: Job, _ index: Int, _ travel: TravelMatrix) throws {
        guard travel.rows ~= job.location else {
            throw RoutingProblemError("job \(index): its location is a row 0…\(travel.size - 1) of the matrix")
        }
        guard times ~= job.service, ([job.demand] + job.helpers.map(\.demand)).allSatisfy({ $0 >= 0 }), job.prize >= 0,
            job.delay >= 0
        else {
            throw RoutingProblemError("job \(index): service, demand, prize and delay are not below 0")
        }
        guard times ~= job.moving, job.helpers.allSatisfy({ times ~= $0.moving }) else {
            throw RoutingProblemError("job \(index): giving it to another costs 0…\(latestTime)")
        }
        guard job.helpers.isEmpty || job.service > 0 else {
            throw RoutingProblemError("job \(index): what several do together has a service above 0")
        }
        guard isPossible(job.lateness) else {
            throw RoutingProblemError("job \(index): lateness is from 0…\(latestTime) on, at 0 or more")
        }
        let surcharges = job.helpers.reduce(Array(job.surcharges.values)) { $0 + $1.surcharges.values }
        guard surcharges.allSatisfy({ (0...latestTime).contains($0) }) else {
            throw RoutingProblemError("job \(index): a surcharge is 0…\(latestTime)")
        }
        guard let first = job.windows.first, let last = job.windows.last, first.lowerBound >= 0,
            last.upperBound <= latestTime
        else { throw RoutingProblemError("job \(index): needs a window within 0…\(latestTime)") }
        guard zip(job.windows, job.windows.dropFirst()).allSatisfy({ $0.upperBound < $1.lowerBound }) else {
            throw RoutingProblemError("job \(index): windows are ascending and do not touch")
        }
    }

    /// The jobs without their helpers and without the calls at depots.
    public var asked: Range<Int> { 0..<askedCount }

    /// Whether it costs anything when a job is done, or when a vehicle is back.
    var hasTimeCosts: Bool {
        jobs.contains { $0.delay > 0 || $0.lateness != nil } || vehicles.contains { $0.overtime != nil }
    }

    /// What a vehicle costs a job besides travel: that it is not the one it is planned for, and its surcharge.
    func fee(of job: Int, _ vehicle: Int) -> Int {
        Int(jobs[job].isMoved(to: vehicle) ? jobs[job].moving : 0) + Int(jobs[job].surcharges[vehicle] ?? 0)
    }

    /// Vehicles that somebody wants themselves, or does not, rather than one like them.
    var namedVehicles: Set<Int> { jobs.reduce(into: []) { $0.formUnion($1.named) } }

    public func allows(_ vehicle: Int, _ job: Int) -> Bool {
        jobs[job].skills.isSubset(of: vehicles[vehicle].skills) && jobs[job].only.map { $0 == vehicle } ?? true
    }
}

extension RoutingProblem.Job {
    func isMoved(to vehicle: Int) -> Bool { plannedFor.map { $0 != vehicle } ?? false }

    /// The vehicles that it names.
    fileprivate var named: [Int] { [only, plannedFor].compactMap(\.self) + surcharges.keys + fetchedBy }
}

/// Why a problem is none, in words for the person who wrote it.
public struct RoutingProblemError: Error, CustomStringConvertible, Equatable {
    public let description: String

    public init(_ description: String) { self.description = description }
}
