import Testing

@testable import Routing

@Suite("Checking plans")
struct PlanEvaluatorTests {
    /// Jobs 0 and 1 at places 1 and 2 of a line; vehicle 0 has the skill for both, vehicle 1 for job 0 alone.
    private func problem() throws -> RoutingProblem {
        try RoutingProblem(
            jobs: [
                .init(location: 1, service: 5, windows: [0...3, 20...30], demand: 2, prize: 7),
                .init(location: 2, service: 5, windows: [0...12], demand: 3, prize: 9, skills: [1]),
            ],
            vehicles: [
                .init(start: 0, end: 0, shift: 0...40, capacity: 4, skills: [1]),
                .init(start: 0, end: 0, shift: 0...15, capacity: 9),
            ],
            travel: TravelMatrix(size: 3, values: [0, 2, 4, 2, 0, 2, 4, 2, 0]))
    }

    @Test("travel, vehicles and what is left out are added up")
    func value() throws {
        let value = try PlanEvaluator(problem()).evaluate(RoutingPlan(routes: [[1], [0]], unserved: []))
        #expect(value == PlanEvaluator.Value(travel: 12, vehicles: 2, leftOut: 0, moved: 0))
        let less = try PlanEvaluator(problem()).evaluate(RoutingPlan(routes: [[], [0]], unserved: [1]))
        #expect(less == PlanEvaluator.Value(travel: 4, vehicles: 1, leftOut: 9, moved: 0))
    }

    @Test(
        "whatever is wrong is found and named",
        arguments: [
            ([[0], [1]], [], "skill"), ([[0, 1], []], [], "carries"), ([[0], [0]], [1], "twice"),
            ([[0], []], [], "nowhere"),
            ([[2], []], [0, 1], "no job"), ([[0]], [1], "routes"),
        ] as [([[Int]], [Int], String)])
    func broken(routes: [[Int]], unserved: [Int], word: String) throws {
        let evaluator = PlanEvaluator(try problem())
        let error = #expect(throws: BrokenPlan.self) {
            try evaluator.evaluate(RoutingPlan(routes: routes, unserved: unserved))
        }
        #expect(error?.description.contains(word) == true)
    }

    @Test("a missed window waits for the next; after the last, or after the shift, a plan is broken")
    func times() throws {
        var jobs = try problem().jobs
        jobs[1].skills = []
        let problem = try RoutingProblem(
            jobs: jobs.map { .init(location: $0.location, service: 5, windows: $0.windows, prize: 1) },
            vehicles: [.init(start: 0, end: 0, shift: 0...40), .init(start: 0, end: 0, shift: 0...15)],
            travel: problem().travel)
        let evaluator = PlanEvaluator(problem)
        // Job 1 until 9, at job 0 at 11: too late for its first window, in time for its second.
        #expect(try evaluator.evaluate(RoutingPlan(routes: [[1, 0], []], unserved: [])).travel == 8)
        #expect(throws: BrokenPlan.self) { try evaluator.evaluate(RoutingPlan(routes: [[], [1, 0]], unserved: [])) }
        #expect(throws: Never.self) { try evaluator.evaluate(RoutingPlan(routes: [[0, 1], []], unserved: [])) }
        let late = try RoutingProblem(
            jobs: [.init(location: 2, service: 1, windows: [0...3], prize: 1)], vehicles: problem.vehicles,
            travel: problem.travel)
        #expect(throws: BrokenPlan.self) {
            try PlanEvaluator(late).evaluate(RoutingPlan(routes: [[0], []], unserved: []))
        }
    }
}
