/// Jobs by nearness to each; a row is sorted when it is first asked for.
struct Neighbours {
    /// A ruin never reaches further.
    private static let most = 1_000

    private let problem: RoutingProblem
    private var rows: [[Int32]]

    init(_ problem: RoutingProblem) {
        self.problem = problem
        rows = Array(repeating: [], count: problem.jobs.count)
    }

    /// The job itself first.
    mutating func row(of job: Int) -> [Int32] {
        if rows[job].isEmpty {
            let here = problem.jobs[job].location
            let sorted = problem.jobs.indices.map { other in
                (other == job ? -1 : problem.travel[here, problem.jobs[other].location], Int32(other))
            }.sorted { $0 < $1 }
            rows[job] = sorted.prefix(Self.most).map(\.1)
        }
        return rows[job]
    }
}
