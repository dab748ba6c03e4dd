@testable import Routing

/// Small days by their seed, with everything in them: several windows, skills, capacity, jobs nobody may or can do.
enum Days {
    static func make(seed: UInt64, jobs: Int = 30, vehicles: Int = 5) throws -> RoutingProblem {
        var random = SearchRandom(seed: seed)
        let places = (0..<jobs + vehicles).map { _ in (x: random.below(1_000), y: random.below(1_000)) }
        let travel = places.flatMap { from in
            places.map { to in Int32(abs(from.x - to.x) + abs(from.y - to.y)) }
        }
        let list = (0..<jobs).map { job in
            let begin = Int32(random.below(6_000))
            let first = begin...begin + 500 + Int32(random.below(2_000))
            let second = first.upperBound + 700...first.upperBound + 1_500
            return RoutingProblem.Job(
                location: job, service: Int32(random.below(300)),
                windows: random.happens(oneIn: 3) ? [first, second] : [first], demand: Int32(random.below(5)),
                prize: (random.below(9) + 1) * 1_000_000,
                skills: Set((0..<3).filter { _ in random.happens(oneIn: 4) }))
        }
        let fleet = (0..<vehicles).map { vehicle in
            RoutingProblem.Vehicle(
                start: jobs + vehicle, end: jobs + (vehicle + 1) % vehicles,
                shift: Int32(vehicle * 500)...Int32(6_000 + vehicle * 500), capacity: 20,
                skills: Set((0..<3).filter { _ in !random.happens(oneIn: 4) }))
        }
        return try RoutingProblem(jobs: list, vehicles: fleet, travel: TravelMatrix(size: places.count, values: travel))
    }

    /// The same day, on which everybody has a break, some of them a hurried one.
    static func withBreaks(seed: UInt64) throws -> RoutingProblem {
        let day = try make(seed: seed)
        var vehicles = day.vehicles
        for vehicle in vehicles.indices { vehicles[vehicle].pause = pause(vehicle) }
        return try RoutingProblem(jobs: day.jobs, vehicles: vehicles, travel: day.travel)
    }

    static func pause(_ vehicle: Int) -> Pause {
        let begins = Int32(3_000 + 200 * vehicle)
        return Pause(window: begins...begins + Int32(150 * vehicle), length: Int32(300 + 40 * vehicle))
    }

    /// A day on which everybody can be visited.
    static func easy(seed: UInt64) throws -> RoutingProblem {
        let day = try make(seed: seed, jobs: 12, vehicles: 4)
        var random = SearchRandom(seed: seed)
        return try RoutingProblem(
            jobs: day.jobs.map { job in
                let begin = Int32(random.below(6_000))
                return .init(
                    location: job.location, service: 100, windows: [begin...begin + 3_000], prize: 1_000_000)
            },
            vehicles: Array(repeating: .init(start: 12, end: 12, shift: 0...20_000), count: 4), travel: day.travel)
    }

    /// A day on which the way over a stop is often far shorter than the way past it.
    static func crooked(seed: UInt64) throws -> RoutingProblem {
        var random = SearchRandom(seed: seed)
        let (jobs, vehicles) = (24, 8)
        let places = jobs + 1
        let travel = (0..<places * places).map { _ in random.happens(oneIn: 3) ? Int32(10) : Int32(random.below(900)) }
        return try RoutingProblem(
            jobs: (0..<jobs).map { job in
                let end = Int32(300 + random.below(900))
                return RoutingProblem.Job(location: job, service: 10, windows: [0...end], prize: 100_000)
            },
            vehicles: Array(repeating: .init(start: jobs, end: jobs, shift: 0...1_300), count: vehicles),
            travel: TravelMatrix(size: places, values: travel))
    }

    /// Everybody on one line, the depot at 0; a job's place is its number.
    static func line(_ jobs: Int, vehicles: Int, capacity: Int32 = .max) throws -> RoutingProblem {
        let travel = (0...jobs).flatMap { from in (0...jobs).map { Int32(abs(from - $0)) } }
        return try RoutingProblem(
            jobs: (1...jobs).map {
                RoutingProblem.Job(location: $0, service: 1, windows: [0...100], demand: 1, prize: 1_000)
            },
            vehicles: Array(repeating: .init(start: 0, end: 0, shift: 0...200, capacity: capacity), count: vehicles),
            travel: TravelMatrix(size: jobs + 1, values: travel))
    }
}
