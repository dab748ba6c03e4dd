import Foundation

/// A day of technicians as JSON: who is to be visited, who works, and the seconds between all places.
///
/// The weight of what is served comes first, then travel.
public struct TechnicianDay: Decodable, Sendable {
    public struct Job: Decodable, Sendable {
        public var id: JobID
        /// Row of `travelSeconds`.
        public var location: Int
        public var serviceSeconds: Int32
        /// Seconds of the day within which service may begin.
        public var windows: [[Int32]]
        /// 0…10,000, to a thousandth; 1 unless given.
        public var weight: Double?
        public var skills: [Int]?
        /// Id of the one engineer who may have it.
        public var engineer: JobID?
        /// Id of the engineer who has it in the plan that people know of.
        public var plannedFor: JobID?
        /// Travel that is worth beginning a second sooner, 0…10, to a thousandth; 0 unless given.
        public var delayCost: Double?
        /// Travel that is worth not giving it to these engineers, seconds by their ids.
        public var engineerCosts: [String: Int32]?
    }

    public struct Engineer: Decodable, Sendable {
        public var id: JobID
        public var start: Int
        public var end: Int
        /// From leaving `start` to being at `end`, seconds of the day.
        public var shift: [Int32]
        public var skills: [Int]?
    }

    public let travelSeconds: [[Int32]]
    public let jobs: [Job]
    public let engineers: [Engineer]
    /// Travel that is worth giving a job to another engineer than the one it is planned for; 0 unless given.
    public let reassignmentSeconds: Int32?

    /// - Throws: `DecodingError`, or `RoutingProblemError` naming the job or engineer at fault.
    public func problem() throws -> RoutingProblem {
        let size = travelSeconds.count
        guard travelSeconds.allSatisfy({ $0.count == size }) else {
            throw RoutingProblemError("travelSeconds: as many columns as rows, \(size)")
        }
        let vehicles = try engineers.map { engineer in
            RoutingProblem.Vehicle(
                start: engineer.start, end: engineer.end,
                shift: try Self.span(engineer.shift, "engineer \(engineer.id): shift"),
                skills: Set(engineer.skills ?? []))
        }
        let mostDelay = try self.mostDelay(until: vehicles.reduce(0) { max($0, $1.shift.upperBound) })
        let mostFees = jobs.reduce(0) { $0 + Int($1.engineerCosts?.values.max() ?? 0) }
        // No plan travels longer than all shifts, or costs more than that: what a thousandth of a job's weight counts.
        let longest = vehicles.reduce(1 + mostDelay + mostFees) { $0 + $1.shift.count }
        let numbers = Dictionary(engineers.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let named = Dictionary(engineers.enumerated().map { ($1.id.description, $0) }) { first, _ in first }
        let routed = try jobs.map { job in
            let weight = job.weight ?? 1
            guard (0...10_000).contains(weight) else {
                throw RoutingProblemError("job \(job.id): weight is a number from 0 to 10000")
            }
            let (prize, isTooMuch) = Int((weight * 1_000).rounded()).multipliedReportingOverflow(by: longest)
            guard !isTooMuch, prize < Int.max / jobs.count else {
                throw RoutingProblemError("job \(job.id): its weight is too large for so many jobs and so long shifts")
            }
            return RoutingProblem.Job(
                location: job.location, service: job.serviceSeconds,
                windows: try job.windows.map { try Self.span($0, "job \(job.id): window") }
                    .sorted { $0.lowerBound < $1.lowerBound },
                prize: prize, skills: Set(job.skills ?? []),
                only: try Self.number(of: job.engineer, in: numbers, "job \(job.id): engineer"),
                plannedFor: try Self.number(of: job.plannedFor, in: numbers, "job \(job.id): plannedFor"),
                delay: Int32(((job.delayCost ?? 0) * 1_000).rounded()),
                surcharges: try Self.surcharges(job, named))
        }
        return try RoutingProblem(
            jobs: routed, vehicles: vehicles, travel: TravelMatrix(size: size, values: travelSeconds.flatMap { $0 }),
            moving: reassignmentSeconds ?? 0)
    }

    /// What it would cost if every job were begun at that time.
    private func mostDelay(until end: Int32) throws -> Int {
        try jobs.reduce(0) { sum, job in
            let cost = job.delayCost ?? 0
            guard (0...10).contains(cost) else {
                throw RoutingProblemError("job \(job.id): delayCost is a number from 0 to 10")
            }
            let longest = Double(end) - Double(job.windows.compactMap(\.first).min() ?? end)
            return sum + Int((max(0, longest) * cost).rounded(.up))
        }
    }

    /// A plan that names jobs by their ids; those that the day does not have are left away.
    public func plan(_ routes: [(vehicle: Int, stops: [JobID])]) -> RoutingPlan {
        let numbers = Dictionary(jobs.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var plan = RoutingPlan(routes: Array(repeating: [], count: engineers.count), unserved: [])
        for (vehicle, stops) in routes where plan.routes.indices.contains(vehicle) {
            plan.routes[vehicle] += stops.compactMap { numbers[$0] }
        }
        return plan
    }

    private static func number(of id: JobID?, in numbers: [JobID: Int], _ what: String) throws -> Int? {
        guard let id else { return nil }
        guard let number = numbers[id] else { throw RoutingProblemError("\(what): there is no engineer \(id)") }
        return number
    }

    private static func surcharges(_ job: Job, _ numbers: [String: Int]) throws -> [Int: Int32] {
        var surcharges: [Int: Int32] = [:]
        for (id, cost) in job.engineerCosts ?? [:] {
            guard let number = numbers[id] else {
                throw RoutingProblemError("job \(job.id): engineerCosts: there is no engineer \(id)")
            }
            surcharges[number] = cost
        }
        return surcharges
    }

    private static func span(_ bounds: [Int32], _ what: String) throws -> ClosedRange<Int32> {
        guard bounds.count == 2, bounds[0] <= bounds[1] else { throw RoutingProblemError("\(what): [begin, end]") }
        return bounds[0]...bounds[1]
    }
}

/// As the file has it: a number or a text.
public enum JobID: Codable, Sendable, Hashable, CustomStringConvertible {
    case number(Int)
    case text(String)

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        }
    }

    public var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .text(let text): text
        }
    }
}
