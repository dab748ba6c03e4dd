import Testing

@testable import Routing

@Suite("Breaks")
struct BreakTests {
    /// One vehicle at 0 on a line, two jobs at 10 and 30 that take 20 each, a break of 7.
    private func problem(
        break window: ClosedRange<Int32>, second: ClosedRange<Int32> = 0...500, shift: ClosedRange<Int32> = 0...500
    ) throws -> RoutingProblem {
        let places: [Int32] = [0, 10, 30]
        return try RoutingProblem(
            jobs: [
                .init(location: 1, service: 20, windows: [0...500], prize: 1_000, delay: 1_000),
                .init(location: 2, service: 20, windows: [second], prize: 1_000, delay: 1_000),
            ],
            vehicles: [
                .init(
                    start: 0, end: 0, shift: shift, overtime: TimePrice(from: 0, price: 1_000),
                    pause: Pause(window: window, length: 7))
            ],
            travel: TravelMatrix(size: 3, values: places.flatMap { from in places.map { abs(from - $0) } }))
    }

    // Without a break: at the first job from 10 to 30, at the second from 50 to 70, home at 100.
    @Test(
        "a break is taken on the road, after a job that ends in its time, before one that would end too late, or not at all",
        arguments: [
            (5 as Int32, 20 as Int32, 17 + 57, 107), (25, 30, 10 + 57, 107), (15, 25, 22 + 62, 112),
            (32, 33, 10 + 57, 107), (55, 80, 10 + 50, 107), (80, 90, 10 + 50, 107), (101, 120, 10 + 50, 100),
        ])
    func taken(first: Int32, last: Int32, begins: Int, home: Int) throws {
        let problem = try problem(break: first...last)
        let value = try PlanEvaluator(problem).evaluate(RoutingPlan(routes: [[0, 1]], unserved: []))
        #expect(value.delay == begins)
        #expect(value.overtime == home)
    }

    @Test("waiting is a good time for a break, and who begins after its time has none")
    func waiting() throws {
        let plan = RoutingPlan(routes: [[0, 1]], unserved: [])
        let waits = try problem(break: 55...60, second: 70...500)
        #expect(try PlanEvaluator(waits).evaluate(plan).overtime == 120)
        let hardly = try problem(break: 55...60, second: 58...500)
        #expect(try PlanEvaluator(hardly).evaluate(plan).overtime == 55 + 7 + 20 + 30)
        let late = try problem(break: 55...60, shift: 60...500)
        #expect(try PlanEvaluator(late).evaluate(plan).overtime == 160)
    }

    @Test(
        "each stop knows the latest arrival by which all that follows can be kept",
        arguments: 1...8 as ClosedRange<UInt64>)
    func latest(seed: UInt64) throws {
        let problem = try Days.withBreaks(seed: seed)
        let search = RuinAndRecreate(problem, from: nil, seed: seed)
        let board = search.board
        for job in 0..<board.jobCount where board.isServed(job) {
            let vehicle = Int(board.stops[job].route)
            let pause = try #require(problem.vehicles[vehicle].pause)
            let latest = board.stops[job].latest
            #expect(canGoOn(board, from: job, vehicle, arriving: latest))
            let next = latest + 1 == pause.window.lowerBound ? pause.over : latest + 1
            #expect(!canGoOn(board, from: job, vehicle, arriving: next))
        }
    }

    private func canGoOn(_ board: RouteBoard, from first: Int, _ vehicle: Int, arriving: Int32) -> Bool {
        var (stop, time) = (first, arriving)
        while stop < board.jobCount {
            if time > board.jobs[stop].due { return false }
            time = board.arrival(
                vehicle, leaving: board.leaving(stop, vehicle, arriving: time), board.stops[stop].leg)
            stop = Int(board.stops[stop].next)
        }
        return time <= board.problem.vehicles[vehicle].shift.upperBound
    }

    @Test(
        "a search's plan is right and costs what the evaluator finds, from nothing and from a plan in force",
        arguments: 1...6 as ClosedRange<UInt64>)
    func search(seed: UInt64) throws {
        let problem = try Days.withBreaks(seed: seed)
        var told = 0
        var plan: RoutingPlan?
        for optimizer in [PooledSISR(), SISR(), SmallestFleet()] as [any RouteOptimizer] {
            let better = optimizer.improve(problem, from: plan, budget: .rounds(2_000), seed: seed) {
                told = $1
                return true
            }
            let value = try PlanEvaluator(problem).evaluate(better)
            #expect(told == value.travel + value.leftOut)
            #expect(better.fitting(problem) == better)
            plan = better
        }
    }

    @Test("a break of no length, or at no time of the day, is refused")
    func refused() throws {
        for (window, length) in [(10...20, 0), (0...20, 7), (10...500_000_000, 7)] as [(ClosedRange<Int32>, Int32)] {
            #expect(throws: RoutingProblemError.self) {
                let day = try Days.line(1, vehicles: 1)
                var vehicles = day.vehicles
                vehicles[0].pause = Pause(window: window, length: length)
                _ = try RoutingProblem(jobs: day.jobs, vehicles: vehicles, travel: day.travel)
            }
        }
    }
}
