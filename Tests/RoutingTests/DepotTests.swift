import Foundation
import Testing

@testable import Routing

@Suite("What is fetched from depots")
struct DepotTests {
    /// A day with all that costs something, on which four of five engineers have a depot, and every third job takes what most
    /// of them lack.
    private func day(seed: UInt64) throws -> RoutingProblem {
        let day = try Days.make(seed: seed)
        var (jobs, vehicles) = (day.jobs, day.vehicles)
        for job in jobs.indices {
            if job % 3 == 0 { jobs[job].fetchedBy = Set(0..<5).subtracting([job % 10]) }
            if job % 4 == 1 { jobs[job].delay = Int32(100 + 10 * job) }
        }
        for vehicle in vehicles.indices {
            vehicles[vehicle].load = LoadPrice(price: 50_000)
            vehicles[vehicle].overtime = TimePrice(from: vehicles[vehicle].shift.upperBound - 2_500, price: 1_500)
            if vehicle != 3 { vehicles[vehicle].depot = Depot(location: 3 * vehicle, service: 40) }
            if vehicle > 1 { vehicles[vehicle].pause = Days.pause(vehicle) }
        }
        return try RoutingProblem(jobs: jobs, vehicles: vehicles, travel: day.travel)
    }

    @Test("a job is done with what was fetched for it before, by who has it, or by who has no depot")
    func evaluated() throws {
        // On a line: home at 0, jobs at 1…4, the depot at 6.
        let line = try Days.line(6, vehicles: 3)
        var (jobs, vehicles) = (Array(line.jobs.prefix(4)), line.vehicles)
        jobs[1].fetchedBy = [0, 2]
        for vehicle in 0...1 { vehicles[vehicle].depot = Depot(location: 6, service: 5) }
        let problem = try RoutingProblem(jobs: jobs, vehicles: vehicles, travel: line.travel)
        let evaluator = PlanEvaluator(problem)
        let call = try #require(problem.depotCall(of: 0))
        #expect(problem.asked == 0..<4 && problem.isDepotCall(call) && problem.jobs.count == 5)
        #expect((1...2).allSatisfy { problem.depotCall(of: $0) == nil })

        for route in [[0, 1], [1, call]] {
            let plan = RoutingPlan(routes: [route, [], []], unserved: [0, 2, 3].filter { !route.contains($0) })
            let broken = #expect(throws: BrokenPlan.self) { try evaluator.evaluate(plan) }
            #expect(broken?.description == "vehicle 0 has not fetched what job 1 takes")
        }
        let fetched = RoutingPlan(routes: [[0, call, 1], [], []], unserved: [2, 3])
        #expect(try evaluator.evaluate(fetched).travel == 12)
        for vehicle in 1...2 {
            var routes = Array(repeating: [Int](), count: 3)
            routes[vehicle] = [0, 1]
            #expect(try evaluator.evaluate(RoutingPlan(routes: routes, unserved: [2, 3])).travel == 4)
        }
        let others = RoutingPlan(routes: [[], [call, 1], []], unserved: [0, 2, 3])
        #expect(throws: BrokenPlan.self) { try evaluator.evaluate(others) }
    }

    @Test("a place costs what it adds with the call that it takes, and taking the job out gives it back")
    func places() throws {
        let tried = try (1...6).map { try calls(tried: $0) }
        #expect(tried.reduce(0, +) > 10)
    }

    /// How many of the places that were tried take a call.
    private func calls(tried seed: UInt64) throws -> Int {
        let board = RuinAndRecreate(try day(seed: seed), from: nil, seed: seed).board
        var random = SearchRandom(seed: seed)
        var calls = 0
        for job in board.problem.asked where board.isServed(job) {
            let before = try cost(board)
            let vehicle = Int(board.stops[job].route)
            board.beginRound()
            board.remove(from: job, through: job)
            board.mendCall(of: vehicle)
            #expect(try cost(board) - before == board.change)
            for place in [
                board.placeAnywhere(for: job, below: .max, &random), board.placeNearby(for: job, below: .max, &random),
            ] where place.isSomewhere {
                let without = board.change
                board.insert(job, at: place)
                #expect(board.change - without == Int(place.cost))
                #expect(try cost(board) - before == board.change)
                if place.callAfter >= 0 { calls += 1 }
                let vehicle = Int(board.stops[job].route)
                board.remove(from: job, through: job)
                board.mendCall(of: vehicle)
                #expect(board.change == without)
            }
            board.takeBack()
            #expect(try cost(board) == before)
        }
        return calls
    }

    /// Of what is on the board, which has to be right.
    private func cost(_ board: RouteBoard) throws -> Int {
        let unserved = board.problem.asked.filter { !board.isServed($0) }
        let value = try PlanEvaluator(board.problem).evaluate(board.plan(unserved: unserved))
        return value.cost - value.leftOut
    }

    @Test(
        "a search's plan is right, costs what the evaluator finds, and calls nowhere for nothing",
        arguments: 1...6 as ClosedRange<UInt64>)
    func search(seed: UInt64) throws {
        let problem = try day(seed: seed)
        var told = 0
        var plan: RoutingPlan?
        for optimizer in [PooledSISR(), SISR(), SmallestFleet()] as [any RouteOptimizer] {
            let better = optimizer.improve(problem, from: plan, budget: .rounds(3_000), seed: seed) {
                told = $1
                return true
            }
            #expect(try PlanEvaluator(problem).evaluate(better).cost == told)
            for (vehicle, route) in better.routes.enumerated() {
                let call = route.firstIndex(where: problem.isDepotCall)
                let first = route.firstIndex { problem.fetches(vehicle, $0) }
                #expect((call != nil) == (first != nil))
            }
            #expect(better.routes.joined().contains(where: problem.isDepotCall))
            #expect(better.fitting(problem) == better)
            plan = better
        }
    }

    @Test("what is found is the best there is: the order, and when to call", arguments: 1...8 as ClosedRange<UInt64>)
    func best(seed: UInt64) throws {
        let easy = try Days.easy(seed: seed)
        var jobs = Array(easy.jobs.prefix(5))
        jobs[3].fetchedBy = [0]
        jobs[4].fetchedBy = [0]
        var vehicle = easy.vehicles[0]
        vehicle.depot = Depot(location: 11, service: 30)
        let problem = try RoutingProblem(jobs: jobs, vehicles: [vehicle], travel: easy.travel)
        let evaluator = PlanEvaluator(problem)
        let least = permutations(Array(0...5)).compactMap { route in
            try? evaluator.evaluate(RoutingPlan(routes: [route], unserved: [])).cost
        }.min()
        let plan = SISR().improve(problem, from: nil, budget: .rounds(3_000), seed: seed) { _, _ in true }
        #expect(try evaluator.evaluate(plan).cost == least)
    }

    private func permutations(_ items: [Int]) -> [[Int]] {
        guard items.count > 1 else { return [items] }
        return items.flatMap { item in permutations(items.filter { $0 != item }).map { [item] + $0 } }
    }

    @Test("who has it with him goes, unless that is farther than to fetch it")
    func aboard() throws {
        let line = try Days.line(8, vehicles: 2)
        var jobs = Array(line.jobs[3...3])
        jobs[0].fetchedBy = [0]
        var vehicles = line.vehicles
        vehicles[0].depot = Depot(location: 4)
        (vehicles[1].start, vehicles[1].end) = (8, 8)
        func chosen(depot: Int) throws -> [[Int]] {
            vehicles[0].depot = Depot(location: depot)
            let problem = try RoutingProblem(jobs: jobs, vehicles: vehicles, travel: line.travel)
            return PooledSISR().improve(problem, from: nil, budget: .rounds(200), seed: 1) { _, _ in true }.routes
        }
        vehicles[1].start = 7
        #expect(try chosen(depot: 2) == [[], [0]])
        vehicles[0].start = 2
        #expect(try chosen(depot: 3) == [[1, 0], []])
    }

    @Test("a plan that knew of nothing to fetch calls as late as it can, and in time for all that it can keep")
    func fitting() throws {
        let line = try Days.line(6, vehicles: 1)
        var (jobs, vehicles) = (Array(line.jobs.prefix(4)), line.vehicles)
        jobs[2].fetchedBy = [0]
        vehicles[0].depot = Depot(location: 1)
        let before = RoutingPlan(routes: [[0, 1, 2, 3]], unserved: [])
        func fitted() throws -> [Int] {
            before.fitting(try RoutingProblem(jobs: jobs, vehicles: vehicles, travel: line.travel)).routes[0]
        }
        #expect(try fitted() == [0, 1, 4, 2, 3])
        // Nor does it cost another its place where it is for nothing.
        jobs[2].windows = [0...4]
        jobs[3].windows = [0...6]
        #expect(try fitted() == [0, 1, 3])
        (jobs[2].windows, jobs[3].windows) = ([0...100], [0...100])
        // On the way to the first there is nothing to lose.
        jobs[2].windows = [0...5]
        #expect(try fitted() == [0, 4, 1, 2, 3])
        jobs[2].windows = [0...4]
        #expect(try fitted() == [0, 1, 3])
    }

    @Test("of a hundred who could fetch something no more is lost than of one: calls are near nobody")
    func manyDepots() throws {
        let line = try Days.line(20, vehicles: 1)
        var vehicles = Array(repeating: line.vehicles[0], count: 100)
        for vehicle in vehicles.indices { vehicles[vehicle].depot = Depot(location: 10) }
        var jobs = line.jobs
        jobs[15].fetchedBy = Set(0..<100)
        let problem = try RoutingProblem(jobs: jobs, vehicles: vehicles, travel: line.travel)
        let plan = SISR().improve(problem, from: nil, budget: .rounds(500), seed: 1) { _, _ in true }
        #expect(try PlanEvaluator(problem).evaluate(plan).cost == 40)
        let board = RuinAndRecreate(problem, from: plan, seed: 1).board
        #expect(problem.asked.allSatisfy { board.near.around($0)[19] < 20 })
    }

    @Test("where nothing is asked for there is nothing to search, depots or not")
    func nothing() throws {
        let line = try Days.line(1, vehicles: 1)
        var vehicle = line.vehicles[0]
        vehicle.depot = Depot(location: 1)
        let problem = try RoutingProblem(jobs: [], vehicles: [vehicle], travel: line.travel)
        let plan = SISR().improve(problem, from: nil, budget: .time(.seconds(3_600)), seed: 1) { _, _ in true }
        #expect(plan.routes == [[]])
    }

    @Test("a technician's day says what is fetched, by whom, and where")
    func format() throws {
        func problem(_ job: String, _ engineer: String) throws -> RoutingProblem {
            let text = """
                {"travelSeconds": [[0, 9], [9, 0]],
                 "jobs": [{"id": 5, "location": 1, "serviceSeconds": 3, "windows": [[0, 90]]\(job)}],
                 "engineers": [{"id": "E", "start": 0, "end": 0, "shift": [0, 100]\(engineer)},
                               {"id": 7, "start": 0, "end": 0, "shift": [0, 100], "depot": 0}]}
                """
            return try TechnicianDay(file: Data(text.utf8)).problem()
        }
        let own = try problem(#", "pickup": true, "aboard": [7]"#, #", "depot": 1, "depotSeconds": 4"#)
        #expect(own.vehicles.map(\.depot) == [Depot(location: 1, service: 4), Depot(location: 0)])
        #expect(own.jobs[0].fetchedBy == [0])
        #expect(try problem("", "").jobs[0].fetchedBy == [])
        for (job, engineer, word) in [
            (#", "aboard": [7]"#, "", "job 5: aboard goes with a pickup"),
            (#", "pickup": true, "aboard": [8]"#, "", "job 5: aboard: there is no engineer 8"),
            ("", #", "depotSeconds": 4"#, "engineer E: depotSeconds goes with a depot"),
            ("", #", "depot": 2"#, "vehicle 0: a depot is a row 0…1"),
        ] {
            let error = #expect(throws: RoutingProblemError.self) { try problem(job, engineer) }
            #expect(error?.description.contains(word) == true, "\(error?.description ?? "no error")")
        }
    }
}
