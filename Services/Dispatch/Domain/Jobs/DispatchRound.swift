import Dispatching
import DomainContracts
import FoundationEssentials

/// Several open jobs decided together: one after another, in the order given, each seeing the bookings of those before.
struct DispatchRound: Sendable {
    struct Verdict: Sendable {
        var workOrderId: UUID
        var decision: Decision
    }

    /// The time that the jobs may be given.
    let range: Span
    /// Members of the roster whom the rules let have one of the jobs, their calendars apart: whose bookings are needed.
    let possibleMembers: [Int]
    private(set) var decider: Decider
    private let wanted: [Wanted]
    /// Where the jobs are, in their order.
    var sites: [TravelPoint] { wanted.map(\.request.site) }
    private let now: Int

    private struct Wanted {
        var request: JobRequest
        /// Within what was agreed with the customer: asked first.
        var promised: JobRequest?
    }

    /// - Parameter vans: by job, the parts that it takes, and who has them.
    init(jobs: [(id: UUID, job: Job)], decider: Decider, now: Int, vans: [UUID: PartsInVans] = [:]) {
        let wanted = jobs.compactMap { id, job -> Wanted? in
            guard var request = job.request(id, now: now) else { return nil }
            var promised = job.promisedRequest(id, now: now)
            request.vans = vans[id]
            promised?.vans = vans[id]
            return Wanted(request: request, promised: promised)
        }
        let requests = wanted.flatMap { [$0.request] + ($0.promised.map { [$0] } ?? []) }
        var decider = decider
        range = Board.range(for: requests, now: now)
        possibleMembers = Array(
            Set(decider.possibleMembers(for: requests)).union(decider.possibleHelpers(for: requests)))
        self.decider = decider
        self.wanted = wanted
        self.now = now
    }

    mutating func decide(on board: Board) -> [Verdict] {
        var board = board
        var verdicts: [Verdict] = []
        for wanted in wanted {
            verdicts.append(
                Verdict(
                    workOrderId: wanted.request.workOrderId,
                    decision: kept(wanted.promised, on: &board) ?? decider.decide(wanted.request, on: &board, now: now))
            )
        }
        return verdicts
    }

    /// What was agreed with the customer binds as long as anybody can keep it.
    private mutating func kept(_ promised: JobRequest?, on board: inout Board) -> Decision? {
        guard let promised else { return nil }
        let decision = decider.decide(promised, on: &board, now: now)
        if case .offer = decision.outcome { return decision }
        return nil
    }
}
