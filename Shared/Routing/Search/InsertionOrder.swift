/// In which order jobs are put back: by chance, or by what makes one hard to place. Each with its weight, after the paper.
struct InsertionOrder {
    /// A measure by which jobs are sorted, the smallest first.
    private let measures: [(weight: Int, of: [Int])]
    private static let byChance = 4
    /// Whether leaving out one job costs more than leaving out another.
    let prizesDiffer: Bool

    init(_ problem: RoutingProblem) {
        let jobs = problem.jobs
        let depot = problem.vehicles.first?.start ?? 0
        let distances = jobs.map { Int(problem.travel[depot, $0.location]) }
        let begins = jobs.map { Int($0.windows[0].lowerBound) }
        let ends = jobs.map { Int($0.windows[$0.windows.count - 1].upperBound) }
        prizesDiffer = Set(jobs[problem.asked].map(\.prize)).count > 1
        measures = [
            (4, jobs.map { -Int($0.demand) }), (2, distances.map { -$0 }), (1, distances),
            (2, zip(ends, begins).map { $0 - $1 }), (2, begins), (2, ends.map { -$0 }),
            (prizesDiffer ? 8 : 0, jobs.map { -$0.prize }),
        ]
    }

    /// For a first plan: what counts most, and where all count the same who lives farthest.
    func sortForFirstPlan(_ jobs: inout [Int]) {
        let (prizes, farthest) = (measures[measures.count - 1], measures[1])
        let measure = prizesDiffer ? prizes.of : farthest.of
        jobs.sort { (measure[$0], $0) < (measure[$1], $1) }
    }

    func sort(_ jobs: inout [Int], _ random: inout SearchRandom) {
        var lot = random.below(Self.byChance + measures.reduce(0) { $0 + $1.weight })
        for measure in measures {
            lot -= measure.weight
            if lot < 0 { return jobs.sort { measure.of[$0] < measure.of[$1] } }
        }
        jobs.shuffle(using: &random)
    }
}
