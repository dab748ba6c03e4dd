/// When those jobs begin that have helpers. As long as such a job is in a plan, it and its helpers have that one moment for a
/// window: so nothing that happens on one of their routes moves another, and an insertion is still checked in constant time.
final class CrewTimes {
    private let problem: RoutingProblem
    private let jobs: UnsafeMutablePointer<JobCell>
    /// Of jobs with helpers: as they are while nothing is settled.
    private let open: [Int: JobCell]
    /// Of those that are in the plan.
    private(set) var starts: [Int: Int32] = [:]
    /// What the round has changed, in order, as it was before.
    private var before: [(job: Int, start: Int32?)] = []

    /// - Parameter jobs: outlives this.
    init(_ problem: RoutingProblem, _ jobs: UnsafeMutablePointer<JobCell>) {
        self.problem = problem
        self.jobs = jobs
        open = Dictionary(uniqueKeysWithValues: problem.helperJobs.keys.map { ($0, jobs[$0]) })
    }

    /// Nil: nothing is settled any more.
    func settle(_ job: Int, at start: Int32?) {
        before.append((job, starts[job]))
        set(job, start)
    }

    func beginRound() { before.removeAll(keepingCapacity: true) }

    func takeBack() {
        for change in before.reversed() { set(change.job, change.start) }
    }

    /// As it was before the round.
    var startsBefore: [Int: Int32] {
        before.reversed().reduce(into: starts) { $0[$1.job] = $1.start }
    }

    /// When a job began before the round; nil where it was in no route.
    func startBefore(_ job: Int) -> Int32? {
        guard let change = before.first(where: { $0.job == job }) else { return starts[job] }
        return change.start
    }

    private func set(_ job: Int, _ start: Int32?) {
        starts[job] = start
        guard let asked = open[job] else { return }
        for member in problem.crew(of: job) {
            jobs[member].ready = start ?? asked.ready
            jobs[member].due = start ?? asked.due
            jobs[member].windows = start == nil ? asked.windows : 1
        }
    }
}
