/// The jobs in no route.
struct OutOfRoutes {
    private(set) var jobs: [Int]
    /// Of a job, its place in `jobs`, or -1.
    private var places: [Int]

    init(_ jobs: [Int], of count: Int) {
        self.jobs = jobs
        places = Array(repeating: -1, count: count)
        for (place, job) in jobs.enumerated() { places[job] = place }
    }

    func contains(_ job: Int) -> Bool { places[job] >= 0 }

    mutating func insert(_ job: Int) {
        guard places[job] < 0 else { return }
        places[job] = jobs.count
        jobs.append(job)
    }

    mutating func remove(_ job: Int) {
        let place = places[job]
        guard place >= 0, let last = jobs.popLast() else { return }
        if last != job {
            jobs[place] = last
            places[last] = place
        }
        places[job] = -1
    }
}
