/// Room in one route for a job that is in none.
extension RuinAndRecreate {
    /// Takes so much out of one route that a job that is left out can come before all of it: several that are worth less
    /// would not go one by one. False where nobody near could have it.
    mutating func makeRoom() -> Bool {
        let job = dearerOfTwo()
        guard let vehicle = vehicleToClear(for: job) else { return false }
        let count = Int(board.routes[vehicle].count)
        let length = min(count, Int(Self.mostRemoved))
        var first = Int(board.stops[board.start(of: vehicle)].next)
        for _ in 0..<random.below(count - length + 1) { first = Int(board.stops[first].next) }
        remove(length, from: &first)
        board.mendCall(of: vehicle)
        tried.append(job)
        put(job, below: Int(Int32.max))
        return true
    }

    /// Of the jobs that are left out.
    private mutating func dearerOfTwo() -> Int {
        let jobs = unserved.jobs
        let (one, other) = (jobs[random.below(jobs.count)], jobs[random.below(jobs.count)])
        return board.prizes[one] < board.prizes[other] ? other : one
    }

    /// Of the vehicles that live near, one that could have the job if it had nothing else.
    private mutating func vehicleToClear(for job: Int) -> Int? {
        let count = board.near.homesCount
        let row = board.near.homes(job)
        let offset = random.below(count)
        for rank in 0..<count {
            let vehicle = Int(row[(rank + offset) % count])
            if vehicle >= 0, board.routes[vehicle].count > 0, board.fitsAlone(job, with: vehicle) { return vehicle }
        }
        return nil
    }
}
