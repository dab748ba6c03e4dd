import Foundation

/// An instance in the format of Solomon (1987), which Gehring and Homberger kept: a line with the number of vehicles and
/// their capacity, then a line a customer of `id x y demand ready due service`; customer 0 is the depot.
public struct SolomonInstance: Sendable {
    /// How distances become numbers.
    public enum Convention: String, Sendable, CaseIterable {
        /// Cut off after one decimal, as in the 12th DIMACS challenge.
        case dimacs
        /// As exact as a double is.
        case double
    }

    public struct Customer: Sendable {
        public var x: Double
        public var y: Double
        public var demand: Double
        public var ready: Double
        public var due: Double
        public var service: Double
    }

    public let vehicles: Int
    public let capacity: Int
    /// The depot first.
    public let customers: [Customer]

    /// - Throws: `RoutingProblemError` that says which line is missing or wrong.
    public init(_ text: String) throws {
        let rows = text.split(whereSeparator: \.isNewline).map { line in
            line.split(whereSeparator: \.isWhitespace).map { Double($0) }
        }
        guard let fleet = rows.first(where: { $0.count == 2 && !$0.contains(nil) })?.compactMap({ $0 }),
            let vehicles = Int(exactly: fleet[0]), let capacity = Int(exactly: fleet[1]),
            (1...100_000).contains(vehicles), (1...1_000_000_000).contains(capacity)
        else {
            throw RoutingProblemError(
                "no line with the number of vehicles, 1…100000, and their capacity, 1…1000000000")
        }
        let lines = rows.drop { $0.count != 7 || $0.contains(nil) }.filter { !$0.isEmpty }
        guard lines.count > 1 else {
            throw RoutingProblemError("no lines of a depot and customers: id x y demand ready due service")
        }
        let customers = try lines.enumerated().map { index, line in
            guard line.count == 7, !line.contains(nil) else {
                throw RoutingProblemError("customer \(index): expected id x y demand ready due service")
            }
            return line.compactMap { $0 }
        }
        for (index, customer) in customers.enumerated() where customer[0] != Double(index) {
            throw RoutingProblemError("customer \(index) is missing, or out of order")
        }
        self.vehicles = vehicles
        self.capacity = capacity
        self.customers = customers.map {
            Customer(x: $0[1], y: $0[2], demand: $0[3], ready: $0[4], due: $0[5], service: $0[6])
        }
    }

    /// Job 0 is customer 1. One unit of the instance is `Convention.scale` of the problem's.
    ///
    /// - Throws: `RoutingProblemError`.
    public func problem(_ convention: Convention) throws -> RoutingProblem {
        let scale = convention.scale
        var travel: [Int32] = []
        for (index, from) in customers.enumerated() {
            for to in customers {
                travel.append(try Self.whole(convention.rounded(from.distance(to: to) * scale), index, "distances"))
            }
        }
        let jobs = try customers.enumerated().dropFirst().map { index, customer in
            RoutingProblem.Job(
                location: index, service: try Self.whole(customer.service * scale, index, "service"),
                windows: [try Self.window(customer, index, scale)],
                demand: try Self.whole(customer.demand, index, "demand"), prize: Self.prize)
        }
        let vehicle = RoutingProblem.Vehicle(
            start: 0, end: 0, shift: try Self.window(customers[0], 0, scale), capacity: Int32(capacity))
        return try RoutingProblem(
            jobs: jobs, vehicles: Array(repeating: vehicle, count: vehicles),
            travel: TravelMatrix(size: customers.count, values: travel))
    }

    private static func window(_ customer: Customer, _ index: Int, _ scale: Double) throws -> ClosedRange<Int32> {
        let ready = try whole(customer.ready * scale, index, "ready")
        let due = try whole(customer.due * scale, index, "due")
        guard ready <= due else { throw RoutingProblemError("customer \(index): ready comes before due") }
        return ready...due
    }

    private static func whole(_ value: Double, _ index: Int, _ what: String) throws -> Int32 {
        guard (0...Double(RoutingProblem.latestTime)).contains(value) else {
            throw RoutingProblemError("customer \(index): \(what) out of range")
        }
        return Int32(value)
    }

    /// Length of a plan of `problem(convention)` in the instance's own unit.
    public func length(of plan: RoutingPlan, _ convention: Convention) -> Double {
        plan.routes.filter { !$0.isEmpty }.reduce(0) { sum, route in
            let stops = [0] + route.map { $0 + 1 } + [0]
            return sum
                + zip(stops, stops.dropFirst()).reduce(0) { sum, leg in
                    let exact = customers[leg.0].distance(to: customers[leg.1])
                    return sum + (convention == .dimacs ? (exact * convention.scale).rounded(.down) : exact)
                } / (convention == .dimacs ? convention.scale : 1)
        }
    }

    /// More than any plan's length: everybody is to be served.
    private static let prize = 1_000_000_000_000
}

extension SolomonInstance.Convention {
    /// Units of the problem in one of the instance.
    var scale: Double { self == .dimacs ? 10 : 10_000 }

    /// Exact distances are rounded up, so that no plan is late by what was cut off.
    func rounded(_ scaled: Double) -> Double { scaled.rounded(self == .dimacs ? .down : .up) }
}

extension SolomonInstance.Customer {
    func distance(to other: Self) -> Double {
        let (x, y) = (x - other.x, y - other.y)
        return (x * x + y * y).squareRoot()
    }
}
