import Testing

@testable import Routing

@Suite("Strings that a round takes out")
struct StringRemovalTests {
    /// Two engineers of one trade each, and one of both who has jobs of the second; six jobs each, all next to each other.
    private func search(_ seed: UInt64) throws -> RuinAndRecreate {
        let jobs = (0..<18).map { job in
            RoutingProblem.Job(
                location: job, service: 10, windows: [0...100_000], prize: 1_000_000, skills: [job < 6 ? 1 : 2])
        }
        let vehicles = [[1], [2], [1, 2]].map {
            RoutingProblem.Vehicle(start: 18, end: 18, shift: 0...100_000, skills: Set($0))
        }
        let travel = (0..<19).flatMap { from in (0..<19).map { to in Int32(abs(from % 6 - to % 6) + 1) } }
        let problem = try RoutingProblem(
            jobs: jobs, vehicles: vehicles, travel: TravelMatrix(size: 19, values: travel))
        let routes = (0..<3).map { vehicle in Array(vehicle * 6..<vehicle * 6 + 6) }
        return RuinAndRecreate(problem, from: RoutingPlan(routes: routes, unserved: []), seed: seed)
    }

    @Test("are of engineers who may have each other's jobs: who cannot change places have nothing to give each other")
    func exchangeable() throws {
        var search = try search(1)
        var together: Set<Set<Int>> = []
        for _ in 0..<300 {
            search.board.beginRound()
            search.taken = []
            search.takeStrings()
            together.insert(Set(search.taken.map { $0 / 6 }))
            search.board.takeBack()
        }
        // The third could have the first one's jobs, who could have none in return.
        #expect(together == [[0], [1], [2], [1, 2]])
    }
}
