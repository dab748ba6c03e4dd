extension RoutingProblem {
    /// The same for some of the vehicles, and for some of the jobs.
    ///
    /// - Parameter wanted: all keep their numbers unless given; then they are some of those that were asked for, nothing is
    ///   fetched, and nobody helps.
    func with(_ chosen: [Int], jobs wanted: [Int]? = nil) -> RoutingProblem {
        let places = Dictionary(uniqueKeysWithValues: chosen.enumerated().map { ($1, $0) })
        let chosenJobs = (wanted ?? Array(jobs.indices)).map { index in
            var job = jobs[index]
            // What is bound to a vehicle that is not there is nobody's.
            job.only = job.only.map { places[$0] ?? -1 }
            job.plannedFor = job.plannedFor.flatMap { places[$0] }
            let surcharges = job.surcharges.compactMap { vehicle, cost in places[vehicle].map { ($0, cost) } }
            job.surcharges = Dictionary(uniqueKeysWithValues: surcharges)
            job.fetchedBy = Set(job.fetchedBy.compactMap { places[$0] })
            return job
        }
        return RoutingProblem(
            checkedJobs: chosenJobs, askedCount: wanted?.count ?? askedCount,
            helperJobs: wanted == nil ? helperJobs : [:], chosen.map { vehicles[$0] },
            depotCalls: chosen.map { wanted == nil ? depotCalls[$0] : nil }, travel)
    }
}
