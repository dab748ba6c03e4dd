import Testing

@testable import Routing

@Suite("Several searches in one budget")
struct PooledSearchTests {
    @Test("a plan is right, the same for the same seed, and no worse than one short search finds")
    func plan() throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            let problem = try Days.easy(seed: seed)
            let rounds = 9 * 12 * 100
            #expect(SearchSchedule(rounds: Double(rounds), jobs: 12, routes: 4, servesAll: true).count == 5)
            func plan() -> RoutingPlan {
                PooledSISR().improve(problem, from: nil, budget: .rounds(rounds), seed: seed) { _, _ in true }
            }
            let best = try PlanEvaluator(problem).evaluate(plan())
            let single = SISR().improve(problem, from: nil, budget: .rounds(rounds / 5), seed: seed) { _, _ in true }
            #expect(try best.travel <= PlanEvaluator(problem).evaluate(single).travel)
            #expect(best.leftOut == 0)
            #expect(plan() == plan())
        }
    }

    @Test("longer searches are more of them, of few routes and jobs; one where jobs have to be left out")
    func schedule() {
        func starts(_ roundsOfJob: Double, jobs: Int = 200, routes: Int, servesAll: Bool = true) -> Int {
            SearchSchedule(rounds: roundsOfJob * Double(jobs), jobs: jobs, routes: routes, servesAll: servesAll).starts
        }
        #expect([90, 399, 400, 1_600, 10_000].map { starts($0, routes: 8) } == [1, 1, 2, 4, 10])
        #expect([15, 30, 150].map { starts(1_600, routes: $0) } == [4, 2, 1])
        #expect([400, 1_000].map { starts(1_600, jobs: $0, routes: 30) } == [2, 1])
        #expect(starts(1_600, routes: 8, servesAll: false) == 1)
        #expect(SearchSchedule(rounds: 0, jobs: 0, routes: 0, servesAll: true).count == 1)
    }
}
