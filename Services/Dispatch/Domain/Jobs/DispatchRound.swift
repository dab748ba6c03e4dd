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
    private let requests: [JobRequest]
    /// Where the jobs are, in their order.
    var sites: [TravelPoint] { requests.map(\.site) }
    private let now: Int

    /// - Parameter vans: by job, the parts that it takes, and who has them.
    init(jobs: [(id: UUID, job: Job)], decider: Decider, now: Int, vans: [UUID: PartsInVans] = [:]) {
        let requests = jobs.compactMap { id, job in
            var request = job.request(id, now: now)
            request?.vans = vans[id]
            return request
        }
        var decider = decider
        range = Board.range(for: requests, now: now)
        possibleMembers = Array(
            Set(decider.possibleMembers(for: requests)).union(decider.possibleHelpers(for: requests)))
        self.decider = decider
        self.requests = requests
        self.now = now
    }

    mutating func decide(on board: Board) -> [Verdict] {
        var board = board
        var verdicts: [Verdict] = []
        for request in requests {
            verdicts.append(
                Verdict(
                    workOrderId: request.workOrderId, decision: decider.decide(request, on: &board, now: now)))
        }
        return verdicts
    }
}
