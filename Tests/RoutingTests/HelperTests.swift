import Foundation
import ServiceTesting
import Testing

@testable import Routing

@Suite("What several do together")
struct HelperTests {
    /// A day with all that costs something, on which every fifth job takes two and every tenth three of those who know
    /// something.
    private func day(seed: UInt64) throws -> RoutingProblem {
        let day = try Days.make(seed: seed)
        var (jobs, vehicles) = (day.jobs, day.vehicles)
        for job in jobs.indices {
            if job % 5 == 0 {
                jobs[job].service += 50
                let one = RoutingProblem.Helper(skills: [job % 3], plannedFor: job % 4, moving: 40, surcharges: [2: 90])
                jobs[job].helpers = job % 10 == 0 ? [one, .init()] : [one]
                jobs[job].lateness = TimePrice(from: jobs[job].windows[0].lowerBound + 200, price: 300)
            }
            if job % 3 == 0 { jobs[job].fetchedBy = [1, 4] }
            if job % 4 == 0 { jobs[job].delay = Int32(100 + 10 * job) }
        }
        for vehicle in vehicles.indices {
            vehicles[vehicle].load = LoadPrice(price: 50_000)
            vehicles[vehicle].overtime = TimePrice(from: vehicles[vehicle].shift.upperBound - 2_500, price: 1_500)
            if vehicle == 4 { vehicles[vehicle].depot = Depot(location: 12, service: 40) }
            if vehicle > 2 { vehicles[vehicle].pause = Days.pause(vehicle) }
        }
        return try RoutingProblem(jobs: jobs, vehicles: vehicles, travel: day.travel)
    }

    @Test("it begins when all are there, at the one time that the plan says")
    func evaluated() throws {
        let line = try Days.line(4, vehicles: 3)
        var jobs = line.jobs
        jobs[3].helpers = [.init(only: 2)]
        jobs[3].windows = [0...10, 20...30]
        let problem = try RoutingProblem(jobs: jobs, vehicles: line.vehicles, travel: line.travel)
        #expect(problem.asked == 0..<4 && problem.helpers(of: 3) == 4..<5 && problem.isHelped(by: 4) == 3)
        let evaluator = PlanEvaluator(problem)
        func value(_ routes: [[Int]], at start: Int32?) throws(BrokenPlan) -> Int {
            let served = Set(routes.joined())
            return try evaluator.evaluate(
                RoutingPlan(
                    routes: routes, unserved: problem.asked.filter { !served.contains($0) },
                    starts: start.map { [3: $0] } ?? [:])
            ).travel
        }
        #expect(try value([[3], [], [4]], at: 4) == 16)
        #expect(try value([[0, 1, 3], [], [2, 4]], at: 10) == 16)
        for (routes, start, word) in [
            ([[3], [], []], 4, "job 3 takes 2 vehicles, and 1 are there"),
            ([[], [], [4]], 4, "job 3 takes 2 vehicles, and 1 are there"),
            ([[3], [], [4]], nil, "job 3 has no time at which all are to be there"),
            ([[3], [], [4]], 15, "job 3 has no time at which all are to be there"),
            ([[3], [], [4]], 3, "vehicle 0 is at job 3 at 4, after its last window"),
            ([[3], [], [2, 4]], 4, "vehicle 2 is at job 4 at 5, after its last window"),
            ([[3], [4], []], 4, "vehicle 1 has job 4, which is another's"),
            ([[], [], [3, 4]], 10, "vehicle 2 is at job 4 at 11, after its last window"),
        ] as [([[Int]], Int32?, String)] {
            #expect(#expect(throws: BrokenPlan.self) { try value(routes, at: start) }?.description == word)
        }
    }

    @Test("a search's plan is right and costs what the evaluator finds", .slow, arguments: 1...3 as ClosedRange<UInt64>)
    func search(seed: UInt64) throws {
        let problem = try day(seed: seed)
        var told = 0
        var plan: RoutingPlan?
        for optimizer in [PooledSISR(), SISR(), SmallestFleet()] as [any RouteOptimizer] {
            let better = optimizer.improve(problem, from: plan, budget: .rounds(400), seed: seed) {
                told = $1
                return true
            }
            #expect(try PlanEvaluator(problem).evaluate(better).cost == told)
            #expect(better.starts.count > 1)
            #expect(better.fitting(problem) == better)
            plan = better
        }
    }

    @Test(
        "so it is with depots all over, and ways that are longer than others over a stop", .slow,
        arguments: 1...4 as ClosedRange<UInt64>)
    func crooked(seed: UInt64) throws {
        let day = try Days.crooked(seed: seed)
        var (jobs, vehicles) = (day.jobs, day.vehicles)
        for job in jobs.indices {
            jobs[job].prize = 100_000 * (1 + job % 3)
            if job % 4 == 0 { jobs[job].helpers = job % 8 == 0 ? [.init(demand: 1), .init(demand: 1)] : [.init()] }
            if job % 3 == 0 { jobs[job].fetchedBy = Set(0..<8).subtracting([job % 8]) }
        }
        for vehicle in vehicles.indices {
            vehicles[vehicle].depot = Depot(location: 3 * vehicle, service: 5)
            vehicles[vehicle].capacity = 6
        }
        let problem = try RoutingProblem(jobs: jobs, vehicles: vehicles, travel: day.travel)
        var plan: RoutingPlan?
        for optimizer in [SISR(), SmallestFleet(), SISR()] as [any RouteOptimizer] {
            var told = 0
            let better = optimizer.improve(problem, from: plan, budget: .rounds(250), seed: seed) {
                told = $1
                return true
            }
            #expect(try PlanEvaluator(problem).evaluate(better).cost == told)
            plan = better
            // What went with some of them is not in force any more.
            for (vehicle, route) in better.routes.enumerated() where vehicle % 3 == Int(seed % 3) {
                plan?.routes[vehicle] = route.filter {
                    !problem.helpers(of: problem.isHelped(by: $0) ?? $0).contains($0)
                }
            }
        }
    }

    @Test("after each round the board has what the search believes", arguments: 1...4 as ClosedRange<UInt64>)
    func rounds(seed: UInt64) throws {
        let problem = try day(seed: seed)
        var search = RuinAndRecreate(problem, from: nil, seed: seed)
        let evaluator = PlanEvaluator(problem)
        for _ in 0..<150 {
            _ = search.round(temperature: 200)
            #expect(try evaluator.evaluate(search.present).cost == search.cost)
            #expect(try evaluator.evaluate(search.bestPlan).cost == search.best.cost)
        }
    }

    @Test(
        "what is found is the best there is: who, when, and in which order", .slow,
        arguments: 1...5 as ClosedRange<UInt64>)
    func best(seed: UInt64) throws {
        let easy = try Days.easy(seed: seed)
        var jobs = Array(easy.jobs.prefix(3))
        for job in [0, 2] {
            let opens = jobs[job].windows[0].lowerBound
            jobs[job].windows = (0..<3).map { opens + 900 * $0...opens + 900 * $0 }
            jobs[job].helpers = [.init(surcharges: [0: 50])]
        }
        var vehicles = Array(easy.vehicles.prefix(2))
        vehicles[1].start = 3
        vehicles[1].shift = 0...7_500
        let problem = try RoutingProblem(jobs: jobs, vehicles: vehicles, travel: easy.travel)
        let evaluator = PlanEvaluator(problem)
        var least = Int.max
        for one in jobs[0].windows {
            for other in jobs[2].windows {
                for routes in everyWay(problem) {
                    let plan = RoutingPlan(
                        routes: routes, unserved: [], starts: [0: one.lowerBound, 2: other.lowerBound])
                    if let value = try? evaluator.evaluate(plan) { least = min(least, value.cost) }
                }
            }
        }
        let plan = SISR().improve(problem, from: nil, budget: .rounds(800), seed: seed) { _, _ in true }
        #expect(try evaluator.evaluate(plan).cost == least)
    }

    /// All jobs in all orders on two routes, on which nobody helps himself.
    private func everyWay(_ problem: RoutingProblem) -> [[[Int]]] {
        problem.jobs.indices.reduce([[[], []]]) { ways, job in
            ways.flatMap { way in
                (0...1).filter { vehicle in
                    !(problem.isHelped(by: job).map { way[vehicle].contains($0) } ?? false)
                }.flatMap { vehicle in
                    (0...way[vehicle].count).map { place in
                        var longer = way
                        longer[vehicle].insert(job, at: place)
                        return longer
                    }
                }
            }
        }
    }

    @Test("of a plan in force that does not hold any more, a job stays with all its helpers at its time, or not at all")
    func fitting() throws {
        let line = try Days.line(4, vehicles: 2)
        var jobs = line.jobs
        jobs[3].helpers = [.init()]
        jobs[1].helpers = [.init()]
        let before = RoutingPlan(routes: [[0, 1, 3], [2, 4, 5]], unserved: [], starts: [1: 10, 3: 20])
        func fitted() throws -> RoutingPlan {
            before.fitting(try RoutingProblem(jobs: jobs, vehicles: line.vehicles, travel: line.travel))
        }
        #expect(try fitted() == before)
        jobs[3].windows = [0...19]
        #expect(try fitted() == RoutingPlan(routes: [[0, 1], [2, 4]], unserved: [3], starts: [1: 10]))
        jobs[3].helpers = []
        #expect(try fitted() == RoutingPlan(routes: [[0, 1, 3], [2, 4]], unserved: [], starts: [1: 10]))
        jobs[1].helpers = [.init(skills: [7])]
        #expect(try fitted() == RoutingPlan(routes: [[0, 3], [2]], unserved: [1]))
    }

    @Test("in a technician's day they are named, and so they are in the plan that is printed and read again")
    func format() throws {
        func day(_ job: String) throws -> TechnicianDay {
            let text = """
                {"travelSeconds": [[0, 9], [9, 0]], "reassignmentSeconds": 8,
                 "jobs": [{"id": 5, "location": 1, "serviceSeconds": 3, "windows": [[0, 90]]\(job)},
                          {"id": "x", "location": 1, "serviceSeconds": 3, "windows": [[0, 90]]}],
                 "engineers": [{"id": "E", "start": 0, "end": 0, "shift": [0, 100], "skills": [1]},
                               {"id": 7, "start": 0, "end": 0, "shift": [0, 100]}]}
                """
            return try TechnicianDay(file: Data(text.utf8))
        }
        let together = try day(
            #", "helpers": [{"skills": [1], "engineer": "E", "plannedFor": 7, "engineerCosts": {"7": 6}}]"#)
        let problem = try together.problem()
        #expect(
            problem.jobs[0].helpers == [
                RoutingProblem.Helper(skills: [1], only: 0, plannedFor: 1, moving: 8, surcharges: [1: 6])
            ])
        let plan = PooledSISR().improve(problem, from: nil, budget: .rounds(200), seed: 1) { _, _ in true }
        let told = TechnicianPlan(plan, of: problem) { together.jobs[$0].id }
        #expect(told.together?.map(\.job) == [.number(5)])
        let helping = try #require(told.routes.first { $0.vehicle == 0 })
        let place = try #require(helping.stops.firstIndex(of: .number(5)))
        #expect(helping.helping?.map(\.stop) == [place] && helping.helping?.map(\.helper) == [0])
        #expect(told.routes.first { $0.vehicle == 1 }?.stops.contains(.number(5)) == true)
        let printed = try JSONEncoder().encode(told)
        let read = together.plan(try JSONDecoder().decode(TechnicianPlan.self, from: printed), for: problem)
        #expect(read.fitting(problem) == plan)
        for (job, word) in [
            (#", "helpers": [{"engineer": 8}]"#, "job 5: helpers/0/engineer: there is no engineer 8"),
            (
                #", "helpers": [{}, {"engineerCosts": {"8": 1}}]"#,
                "job 5: helpers/1/engineerCosts: there is no engineer 8"
            ),
            (#", "helpers": [{"engineerCosts": {"7": -1}}]"#, "job 0: a surcharge is 0…"),
        ] {
            let error = #expect(throws: RoutingProblemError.self) { try day(job).problem() }
            #expect(error?.description.contains(word) == true)
        }
    }
}
