import Testing

@testable import Routing

@Suite("A plan that people know of")
struct PlanInForceTests {
    /// A day, the plan in force for it, and the same day with every job planned for whoever has it.
    private func inForce(seed: UInt64, moving: Int32) throws -> (problem: RoutingProblem, plan: RoutingPlan) {
        let day = try Days.make(seed: seed)
        let plan = SISR().improve(day, from: nil, budget: .rounds(300), seed: seed) { _, _ in true }
        var jobs = day.jobs
        for (vehicle, route) in plan.routes.enumerated() {
            for job in route { (jobs[job].plannedFor, jobs[job].moving) = (vehicle, moving) }
        }
        return (try RoutingProblem(jobs: jobs, vehicles: day.vehicles, travel: day.travel), plan)
    }

    @Test(
        "the dearer it is to move a job the fewer are moved, and where it is dearest none is",
        arguments: 1...4 as ClosedRange<UInt64>)
    func stability(seed: UInt64) throws {
        var moved: [Int] = []
        for moving: Int32 in [0, 150, 2_000_000] {
            let (problem, plan) = try inForce(seed: seed, moving: moving)
            var told = 0
            let better = SISR().improve(problem, from: plan, budget: .rounds(4_000), seed: seed) {
                told = $1
                return true
            }
            let value = try PlanEvaluator(problem).evaluate(better)
            #expect(told == value.travel + value.leftOut + value.moving)
            #expect(value.moving == value.moved * Int(moving))
            #expect(told <= (try cost(plan, problem)))
            moved.append(value.moved)
        }
        #expect(moved[0] >= moved[1] && moved[1] >= moved[2])
        #expect(moved[2] == 0)
    }

    @Test("an emergency that takes a whole shift comes before the three small jobs that fill it")
    func emergency() throws {
        let day = try Days.line(8, vehicles: 5)
        var (jobs, vehicles) = (day.jobs, day.vehicles)
        for job in 0..<3 { jobs[job].service = 20 }
        (jobs[7].service, jobs[7].prize) = (64, 10_000)
        vehicles[0].shift = 0...80
        // Everybody else has one job, which is his, and no time for more: routes are short.
        for vehicle in 1..<5 {
            vehicles[vehicle].shift = 0...20
            jobs[vehicle + 2].only = vehicle
        }
        let problem = try RoutingProblem(jobs: jobs, vehicles: vehicles, travel: day.travel)
        let inForce = RoutingPlan(routes: [[0, 1, 2], [3], [4], [5], [6]], unserved: [7])
        let plan = SISR().improve(problem, from: inForce, budget: .rounds(2_000), seed: 1) { _, _ in true }
        #expect(plan.routes[0] == [7] && plan.unserved.sorted() == [0, 1, 2])
    }

    @Test("a job that is somebody's is his, or nobody's")
    func pinned() throws {
        let day = try Days.make(seed: 3)
        var jobs = day.jobs
        for job in stride(from: 0, to: jobs.count, by: 2) { jobs[job].only = job % day.vehicles.count }
        let problem = try RoutingProblem(jobs: jobs, vehicles: day.vehicles, travel: day.travel)
        for optimizer in [SISR(), SmallestFleet()] as [any RouteOptimizer] {
            let plan = optimizer.improve(problem, from: nil, budget: .rounds(2_000), seed: 1) { _, _ in true }
            #expect(throws: Never.self) { try PlanEvaluator(problem).evaluate(plan) }
            for (vehicle, route) in plan.routes.enumerated() {
                #expect(route.allSatisfy { jobs[$0].only.map { $0 == vehicle } ?? true })
            }
        }
    }

    @Test("of a plan is kept what still fits when the day has changed", arguments: 1...5 as ClosedRange<UInt64>)
    func fitting(seed: UInt64) throws {
        let (problem, plan) = try inForce(seed: seed, moving: 0)
        #expect(plan.fitting(problem) == plan)
        var vehicles = problem.vehicles
        for vehicle in vehicles.indices {
            let shift = vehicles[vehicle].shift
            vehicles[vehicle].shift = min(shift.lowerBound + 1_500, shift.upperBound)...shift.upperBound
        }
        let later = try RoutingProblem(jobs: problem.jobs, vehicles: vehicles, travel: problem.travel)
        let kept = plan.fitting(later)
        #expect(throws: Never.self) { try PlanEvaluator(later).evaluate(kept) }
        #expect(kept.routes.joined().count < plan.routes.joined().count)
        #expect(kept.routes.joined().count > 0)
    }

    @Test("a vehicle that is not there is refused")
    func noVehicle() throws {
        let day = try Days.line(2, vehicles: 1)
        var jobs = day.jobs
        jobs[1].plannedFor = 1
        #expect(throws: RoutingProblemError("job 1: there is no vehicle 1")) {
            try RoutingProblem(jobs: jobs, vehicles: day.vehicles, travel: day.travel)
        }
    }

    private func cost(_ plan: RoutingPlan, _ problem: RoutingProblem) throws -> Int {
        let value = try PlanEvaluator(problem).evaluate(plan)
        return value.travel + value.leftOut + value.moving
    }
}
