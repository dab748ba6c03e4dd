/// The best plan so far, written down only when the search leaves it for a worse one.
struct BestRoutes {
    private(set) var cost: Int
    /// Of each job and start, the stop after it. Stale while the board's plan is the best.
    private var next: [Int32]
    private var unserved: [Int]
    private var starts: [Int: Int32] = [:]
    private var isOnBoard = true

    init(_ board: RouteBoard, _ unserved: OutOfRoutes, _ cost: Int) {
        self.cost = cost
        next = Array(repeating: -1, count: board.jobCount + 2 * board.vehicleCount)
        self.unserved = unserved.jobs
    }

    /// The board's plan is the best now.
    mutating func reach(_ cost: Int) {
        self.cost = cost
        isOnBoard = true
    }

    /// The board has a worse plan now; what it had before this round is kept if it was the best.
    mutating func leave(_ board: RouteBoard, _ unserved: OutOfRoutes) {
        guard isOnBoard else { return }
        isOnBoard = false
        self.unserved = unserved.jobs
        board.copyNextBefore(to: &next)
        starts = board.crews.startsBefore
    }

    /// - Parameter present: what the board has.
    func plan(_ board: RouteBoard, _ present: OutOfRoutes) -> RoutingPlan {
        if isOnBoard { return board.plan(unserved: present.jobs) }
        let routes = (0..<board.vehicleCount).map { vehicle in
            Array(sequence(first: Int(next[board.start(of: vehicle)])) { Int(next[$0]) }.prefix { $0 < board.jobCount })
        }
        return RoutingPlan(routes: routes, unserved: unserved.sorted(), starts: starts)
    }
}
