extension TechnicianDay {
    /// - Throws: `DecodingError`, or `RoutingProblemError` naming the job or engineer at fault.
    public func problem() throws -> RoutingProblem {
        let travel = try travelSeconds.matrix()
        let load = try balanceSeconds.map(Self.load)
        let vehicles = try engineers.map { try Self.vehicle($0, load) }
        let people = People(engineers)
        var routed = try jobs.map { try Self.job($0, people, moving: reassignmentSeconds ?? 0) }
        if let weightSeconds, !(0...10_000_000).contains(weightSeconds) {
            throw RoutingProblemError("weightSeconds is a number from 0 to 10000000")
        }
        let dearest = 1 + Self.mostCost(routed, vehicles)
        for (index, job) in jobs.enumerated() { routed[index].prize = try prize(of: job, dearest) }
        return try RoutingProblem(jobs: routed, vehicles: vehicles, travel: travel)
    }

    private static func vehicle(_ engineer: Engineer, _ load: LoadPrice?) throws -> RoutingProblem.Vehicle {
        RoutingProblem.Vehicle(
            start: engineer.start, end: engineer.end,
            shift: try span(engineer.shift, "engineer \(engineer.id): shift"), skills: Set(engineer.skills ?? []),
            overtime: try price(
                engineer.overtimeCost, from: engineer.overtimeFrom, "engineer \(engineer.id): overtimeCost",
                "overtimeFrom"),
            pause: try engineer.pause.map {
                Pause(window: try span($0.window, "engineer \(engineer.id): break"), length: $0.seconds)
            }, load: load, depot: try depot(of: engineer))
    }

    private static func depot(of engineer: Engineer) throws -> Depot? {
        guard let location = engineer.depot else {
            guard engineer.depotSeconds == nil else {
                throw RoutingProblemError("engineer \(engineer.id): depotSeconds goes with a depot")
            }
            return nil
        }
        return Depot(location: location, service: engineer.depotSeconds ?? 0)
    }

    private static func load(_ balanceSeconds: Double) throws -> LoadPrice {
        guard (0...1_000).contains(balanceSeconds) else {
            throw RoutingProblemError("balanceSeconds is a number from 0 to 1000")
        }
        return LoadPrice(secondsAnHour: balanceSeconds)
    }

    /// Its prize is yet to be found.
    ///
    /// - Parameter moving: what giving it to another costs, where the job itself says nothing of that.
    private static func job(_ job: Job, _ people: People, moving: Int32) throws -> RoutingProblem.Job {
        RoutingProblem.Job(
            location: job.location, service: job.serviceSeconds,
            windows: joined(try job.windows.map { try span($0, "job \(job.id): window") }),
            prize: 0, skills: Set(job.skills ?? []),
            only: try job.engineer.map { try people.number(of: "\($0)", "job \(job.id): engineer") },
            plannedFor: try job.plannedFor.map { try people.number(of: "\($0)", "job \(job.id): plannedFor") },
            moving: job.reassignmentSeconds ?? moving,
            delay: try perThousand(job.delayCost ?? 0, "job \(job.id): delayCost"),
            lateness: try price(job.lateCost, from: job.dueSeconds, "job \(job.id): lateCost", "dueSeconds"),
            surcharges: try people.byNumber(job.engineerCosts ?? [:], "job \(job.id): engineerCosts"),
            fetchedBy: try fetching(job, people),
            helpers: try (job.helpers ?? []).enumerated().map { number, helper in
                let what = "job \(job.id): helpers/\(number)/"
                return try Self.helper(helper, what, people, moving: job.reassignmentSeconds ?? moving)
            })
    }

    private static func helper(
        _ helper: Helper, _ what: String, _ people: People, moving: Int32
    ) throws -> RoutingProblem.Helper {
        RoutingProblem.Helper(
            skills: Set(helper.skills ?? []),
            only: try helper.engineer.map { try people.number(of: "\($0)", what + "engineer") },
            plannedFor: try helper.plannedFor.map { try people.number(of: "\($0)", what + "plannedFor") },
            moving: moving, surcharges: try people.byNumber(helper.engineerCosts ?? [:], what + "engineerCosts"))
    }

    /// The engineers who do not have with them what a job takes.
    private static func fetching(_ job: Job, _ people: People) throws -> Set<Int> {
        guard job.pickup ?? false else {
            guard job.aboard == nil else { throw RoutingProblemError("job \(job.id): aboard goes with a pickup") }
            return []
        }
        let aboard = try (job.aboard ?? []).map { try people.number(of: "\($0)", "job \(job.id): aboard") }
        return Set(0..<people.count).subtracting(aboard)
    }

    /// - Parameter dearest: more than any plan costs, which a thousandth of its weight counts where no worth is said.
    private func prize(of job: Job, _ dearest: Int) throws -> Int {
        let weight = job.weight ?? 1
        guard (0...10_000).contains(weight) else {
            throw RoutingProblemError("job \(job.id): weight is a number from 0 to 10000")
        }
        if let weightSeconds { return Int((weight * weightSeconds).rounded()) }
        let (prize, isTooMuch) = Int((weight * 1_000).rounded()).multipliedReportingOverflow(by: dearest)
        guard !isTooMuch, prize < Int.max / jobs.count else {
            throw RoutingProblemError("job \(job.id): its weight is too large for so many jobs and so long shifts")
        }
        return prize
    }

    /// No plan costs more: as long on the road, and at work, as all shifts, and all begun when the last shift ends, by those who cost most
    /// and did not have it before.
    private static func mostCost(_ jobs: [RoutingProblem.Job], _ vehicles: [RoutingProblem.Vehicle]) -> Int {
        let end = vehicles.reduce(0) { max($0, $1.shift.upperBound) }
        let road = vehicles.reduce(0) { sum, vehicle in
            sum + vehicle.shift.count + (vehicle.overtime?.cost(at: vehicle.shift.upperBound) ?? 0)
                + (vehicle.load?.cost(of: vehicle.shift.count) ?? 0)
        }
        return jobs.reduce(road) { sum, job in
            let delay = TimePrice(from: job.windows.first?.lowerBound ?? end, price: job.delay)
            let latest = delay.cost(at: end) + (job.lateness?.cost(at: end) ?? 0)
            let fees = job.helpers.reduce(fee(job.surcharges, job.plannedFor, job.moving)) {
                $0 + fee($1.surcharges, $1.plannedFor, $1.moving)
            }
            return sum + latest + fees
        }
    }

    private static func fee(_ surcharges: [Int: Int32], _ plannedFor: Int?, _ moving: Int32) -> Int {
        max(0, Int(surcharges.values.max() ?? 0)) + (plannedFor == nil ? 0 : max(0, Int(moving)))
    }

    private static func price(
        _ cost: Double?, from: Int32?, _ what: String, _ beginning: String
    ) throws -> TimePrice? {
        guard let cost, let from else {
            if cost == nil, from == nil { return nil }
            throw RoutingProblemError("\(what) and \(beginning) go together")
        }
        return TimePrice(from: from, price: try perThousand(cost, what))
    }

    private static func perThousand(_ cost: Double, _ what: String) throws -> Int32 {
        guard (0...10).contains(cost) else { throw RoutingProblemError("\(what) is a number from 0 to 10") }
        return Int32((cost * 1_000).rounded())
    }

    /// In order, with those that touch made one.
    private static func joined(_ windows: [ClosedRange<Int32>]) -> [ClosedRange<Int32>] {
        windows.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, window in
            guard let last = joined.last, window.lowerBound <= last.upperBound else { return joined.append(window) }
            joined[joined.count - 1] = last.lowerBound...max(last.upperBound, window.upperBound)
        }
    }

    private static func span(_ bounds: [Int32], _ what: String) throws -> ClosedRange<Int32> {
        guard bounds.count == 2, bounds[0] <= bounds[1] else { throw RoutingProblemError("\(what): [begin, end]") }
        return bounds[0]...bounds[1]
    }
}

/// The engineers' numbers by their ids, which in some places are an object's members and so always text.
private struct People {
    private let numbers: [String: Int]
    let count: Int

    init(_ engineers: [TechnicianDay.Engineer]) {
        count = engineers.count
        numbers = Dictionary(engineers.enumerated().map { ("\($1.id)", $0) }) { first, _ in first }
    }

    func number(of id: String, _ what: String) throws -> Int {
        guard let number = numbers[id] else { throw RoutingProblemError("\(what): there is no engineer \(id)") }
        return number
    }

    func byNumber(_ costs: [String: Int32], _ what: String) throws -> [Int: Int32] {
        try costs.reduce(into: [:]) { $0[try number(of: $1.key, what)] = $1.value }
    }
}
