extension RoutingProblem {
    /// The same for some of the vehicles, and for some of the jobs.
    func with(_ chosen: [Int], jobs wanted: [Int]? = nil) -> RoutingProblem {
        let places = Dictionary(uniqueKeysWithValues: chosen.enumerated().map { ($1, $0) })
        let chosenJobs = (wanted ?? Array(jobs.indices)).map { index in
            var job = jobs[index]
            job.only = job.only.flatMap { places[$0] }
            job.plannedFor = job.plannedFor.flatMap { places[$0] }
            let surcharges = job.surcharges.compactMap { vehicle, cost in places[vehicle].map { ($0, cost) } }
            job.surcharges = Dictionary(uniqueKeysWithValues: surcharges)
            return job
        }
        return RoutingProblem(checkedJobs: chosenJobs, chosen.map { vehicles[$0] }, travel)
    }
}
