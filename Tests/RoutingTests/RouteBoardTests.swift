import Testing

@testable import Routing

@Suite("Routes while they are searched")
struct RouteBoardTests {
    @Test("a round taken back leaves nothing behind", arguments: 1...6 as ClosedRange<UInt64>)
    func takenBack(seed: UInt64) throws {
        let board = try planned(seed)
        let before = facts(board)
        for job in 0..<board.jobCount where board.isServed(job) {
            board.beginRound()
            board.remove(from: job, through: job)
            var random = SearchRandom(seed: seed)
            let place = board.placeAnywhere(for: job, below: .max, &random)
            if place.isSomewhere { board.insert(job, after: place.after) }
            board.takeBack()
        }
        #expect(facts(board) == before)
    }

    @Test("what a round adds to travel, and each time carried on, is as if the routes were built anew")
    func carriedOn() throws {
        let board = try planned(4)
        let before = try travel(board)
        board.beginRound()
        for job in stride(from: 0, to: board.jobCount, by: 3) where board.isServed(job) {
            board.remove(from: job, through: job)
        }
        #expect(try travel(board) - before == board.change)
        let anew = RouteBoard(board.problem)
        for vehicle in 0..<board.vehicleCount {
            var last = anew.start(of: vehicle)
            for job in board.jobs(of: vehicle) {
                anew.insert(job, after: last)
                last = job
            }
        }
        for job in 0..<board.jobCount where board.isServed(job) {
            #expect(board.stops[job].departure == anew.stops[job].departure)
            #expect(board.stops[job].latest == anew.stops[job].latest)
        }
    }

    @Test("where everybody is near, the place nearby is no dearer than the first or last one anywhere")
    func nearby() throws {
        let problem = try Days.line(12, vehicles: 3)
        for job in 0..<12 {
            let board = RouteBoard(problem)
            var last = board.start(of: 0)
            for other in 0..<12 where other != job {
                board.insert(other, after: last)
                last = other
            }
            var (one, other) = (SearchRandom(seed: 1), SearchRandom(seed: 1))
            let near = board.placeNearby(for: job, below: .max, &one)
            let anywhere = board.placeAnywhere(for: job, below: .max, &other)
            #expect(near.isSomewhere && near.cost == anywhere.cost)
        }
    }

    @Test("of vehicles that are alike one idle one stands for all, until none is left")
    func idle() throws {
        let board = RouteBoard(try Days.line(3, vehicles: 2))
        #expect(board.idle.kinds == 1 && board.vehiclesInUse == 0)
        for job in 0..<2 { board.insert(job, after: board.start(of: board.idle.one(of: 0))) }
        #expect(board.idle.one(of: 0) == -1 && board.vehiclesInUse == 2)
        board.remove(from: 1, through: 1)
        #expect(board.idle.one(of: 0) >= 0 && board.vehiclesInUse == 1)
    }

    @Test("time that is over before a first plan stands leaves the rest out, in a plan that is right")
    func outOfTime() throws {
        let problem = try Days.make(seed: 2)
        var asked = 0
        let search = RuinAndRecreate(problem, from: nil, seed: 1) {
            asked += 1
            return asked <= 5
        }
        #expect(search.unserved.jobs.count >= problem.jobs.count - 5)
        let value = try PlanEvaluator(problem).evaluate(search.present)
        #expect(value.travel + value.leftOut == search.cost)
    }

    @Test("a first plan leaves nobody out whom an idle vehicle could serve", arguments: 1...300 as ClosedRange<UInt64>)
    func nobodyOverlooked(seed: UInt64) throws {
        let problem = try Days.line(3, vehicles: 3, capacity: 1)
        #expect(RuinAndRecreate(problem, from: nil, seed: seed).unserved.jobs == [])
    }

    private func planned(_ seed: UInt64) throws -> RouteBoard {
        let problem = try Days.make(seed: seed)
        let search = RuinAndRecreate(problem, from: nil, seed: seed)
        return search.board
    }

    private func travel(_ board: RouteBoard) throws -> Int {
        let out = (0..<board.jobCount).filter { !board.isServed($0) }
        return try PlanEvaluator(board.problem).evaluate(board.plan(unserved: out)).travel
    }

    private func facts(_ board: RouteBoard) -> [[Int]] {
        (0..<board.jobCount + 2 * board.vehicleCount).map { index in
            let stop = board.stops[index]
            return [stop.next, stop.previous, stop.route, stop.leg, stop.departure, stop.latest].map { Int($0) }
        } + (0..<board.vehicleCount).map { [Int(board.routes[$0].count), Int(board.routes[$0].spare)] }
            + [[board.vehiclesInUse]]
    }
}
