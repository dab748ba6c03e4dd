import Testing

@testable import Routing

@Suite("Parts of a plan")
struct PartByPartTests {
    /// More jobs than one part has, each planned for somebody and dearer with somebody else.
    private func day(seed: UInt64) throws -> RoutingProblem {
        let day = try Days.make(seed: seed, jobs: 2 * PlanPart.mostJobs, vehicles: 60)
        var random = SearchRandom(seed: seed)
        let jobs = day.jobs.map { job in
            var job = job
            (job.plannedFor, job.moving) = (random.below(60), 40)
            job.surcharges = [random.below(60): 70]
            return job
        }
        return try RoutingProblem(jobs: jobs, vehicles: day.vehicles, travel: day.travel)
    }

    private func plan(_ problem: RoutingProblem, seed: UInt64) -> RoutingPlan {
        SISR().improve(problem, from: nil, budget: .rounds(100), seed: seed) { _, _ in true }
    }

    @Test(
        "a part has whole routes around a job and all that is said of their jobs; put back it changes nothing",
        arguments: 1...3 as ClosedRange<UInt64>)
    func part(seed: UInt64) throws {
        let whole = try day(seed: seed)
        let plan = plan(whole, seed: seed)
        for job in stride(from: 0, to: whole.jobs.count, by: 7) {
            let part = PlanPart(whole, plan, around: job)
            #expect(part.jobs.count <= PlanPart.mostJobs)
            #expect(part.jobs == part.vehicles.flatMap { plan.routes[$0] })
            #expect(plan.unserved.contains(job) || part.jobs.contains(job))
            #expect(plan.routes.allSatisfy { !$0.isEmpty } || part.plan.routes.contains([]))
            #expect(part.whole(plan, with: part.plan) == plan)
            _ = try PlanEvaluator(part.problem).evaluate(part.plan)
            for (inner, outer) in part.jobs.enumerated() {
                let planned = part.problem.jobs[inner].plannedFor.map { part.vehicles[$0] }
                #expect(planned == whole.jobs[outer].plannedFor.flatMap { part.vehicles.contains($0) ? $0 : nil })
            }
        }
    }

    @Test("what a part saves is what the plan costs less, and no more rounds are spent than there are")
    func saved() throws {
        let whole = try day(seed: 4)
        var plan = plan(whole, seed: 4)
        var parts = PartByPart(whole, seed: 4)
        var spent = SpentBudget(.rounds(6_000))
        var gains = 0
        while !spent.isSpent {
            let before = try PlanEvaluator(whole).evaluate(plan).cost
            guard let (better, saved) = parts.improved(plan, &spent) else { continue }
            #expect(saved > 0)
            #expect(try PlanEvaluator(whole).evaluate(better).cost == before - saved)
            (plan, gains) = (better, gains + 1)
        }
        #expect(gains > 0)
        #expect(spent.rounds == 6_000)
    }

    @Test("a plan in which nobody has anything has no parts, and is left as it is")
    func nobody() throws {
        let day = try Days.line(3, vehicles: 2)
        let worthless = day.jobs.map { job in
            var job = job
            job.prize = 0
            return job
        }
        let problem = try RoutingProblem(jobs: worthless, vehicles: day.vehicles, travel: day.travel)
        var teller = Teller(RuinAndRecreate(problem, from: nil, seed: 1)) { _, _ in true }
        var spent = SpentBudget(.rounds(100))
        var parts = PartByPart(problem, seed: 1)
        parts.improve(&teller, &spent) { _, _ in true }
        #expect(teller.plan.unserved == [0, 1, 2])
        #expect(spent.rounds == 0)
    }

    @Test("the searches of the whole have all of a short budget, and what is enough for them of a long one")
    func schedule() {
        func whole(_ roundsOfJob: Double, jobs: Int = 400, servesAll: Bool = true) -> Double {
            SearchSchedule(rounds: roundsOfJob * Double(jobs), jobs: jobs, routes: 40, servesAll: servesAll).whole
        }
        #expect([500, 1_800, 2_400, 100_000].map { whole($0) } == [1, 1, 0.75, 0.5])
        #expect(whole(2_400, jobs: 2 * PlanPart.mostJobs) == 1)
        #expect(whole(2_400, servesAll: false) == 1)
    }

    @Test("where routes can be generated that begins sooner, unless a job has too few rounds for routes so long")
    func generating() {
        func schedule(
            _ roundsOfJob: Double, routes: Int = 40, can: Bool = true, servesAll: Bool = true
        ) -> SearchSchedule {
            SearchSchedule(
                rounds: roundsOfJob * 400, jobs: 400, routes: routes, servesAll: servesAll, generates: can)
        }
        #expect([1_000, 1_001, 2_000, 9_000].map { schedule($0).generates } == [false, true, true, true])
        #expect([1_000, 1_125, 9_000].map { schedule($0).whole } == [1, 0.4, 0.3])
        // Few routes are pooled well.
        #expect([10, 30, 31].map { schedule(9_000, routes: $0).whole } == [0.5, 0.5, 0.3])
        #expect([10, 20, 30, 40].map { schedule(2_400, routes: $0).generates } == [false, false, false, true])
        #expect([10, 20, 30, 40].map { schedule(4_100, routes: $0).generates } == [false, true, true, true])
        #expect(!schedule(9_000, can: false).generates && !schedule(9_000, servesAll: false).generates)
    }
}
