import Testing

@testable import Routing

@Suite("Jobs near others")
struct NearJobsTests {
    @Test("a job next door at another time of day is farther than one down the road at the same time")
    func byTheClock() throws {
        let positions: [Int32] = [0, 1, 50, 10]
        let windows: [ClosedRange<Int32>] = [100...110, 1_000...1_010, 100...110, 0...90]
        let travel = positions.flatMap { from in positions.map { abs(from - $0) } }
        let problem = try RoutingProblem(
            jobs: windows.indices.map { .init(location: $0, service: 1, windows: [windows[$0]], prize: 1_000) },
            vehicles: [.init(start: 0, end: 0, shift: 0...2_000)],
            travel: TravelMatrix(size: positions.count, values: travel))
        // What the rows are made of is the board's memory.
        let board = RouteBoard(problem)
        let nearest = withExtendedLifetime(board) { (0..<board.near.count).map { board.near.around(0)[$0] } }
        #expect(nearest == [0, 3, 2, 1])
    }

    @Test("of many jobs the nearest come first, and none is missing", arguments: 1...5 as ClosedRange<UInt64>)
    func nearestOfMany(seed: UInt64) throws {
        let day = try Days.make(seed: seed, jobs: 230, vehicles: 2)
        // All at one time: only the road counts.
        let problem = try RoutingProblem(
            jobs: day.jobs.map { .init(location: $0.location, service: 1, windows: [0...20_000], prize: 1) },
            vehicles: day.vehicles, travel: day.travel)
        let board = RouteBoard(problem)
        withExtendedLifetime(board) {
            for job in problem.jobs.indices {
                let all = problem.jobs.indices.filter { $0 != job }
                let byRoad = all.sorted { (day.travel[job, $0], $0) < (day.travel[job, $1], $1) }
                #expect((0..<board.near.count).map { Int(board.near.around(job)[$0]) } == [job] + byRoad.prefix(99))
                #expect(board.near.places(job).after.map { Int($0.job) } == Array(byRoad.prefix(60)))
            }
        }
    }
}
