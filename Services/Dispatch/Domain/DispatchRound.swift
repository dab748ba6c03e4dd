import DomainContracts
import FoundationEssentials

/// Several open jobs decided together: one after another, in the order given, each seeing the bookings of those before.
struct DispatchRound: Sendable {
    /// Time that is taken already.
    struct Booked: Sendable {
        var engineerId: UUID
        var span: Span
        var place: Place
    }

    struct Verdict: Sendable {
        var workOrderId: UUID
        var decision: AssignmentDecision
    }

    let range: Span
    /// Engineers whom the rules let have one of the jobs, their calendars apart: whose bookings are needed.
    let possibleEngineers: [UUID]
    private let requests: [JobRequest]
    private let roster: Roster
    private let now: Int

    init(jobs: [(id: UUID, job: Job)], roster: Roster, now: Int) {
        let requests = jobs.compactMap { JobRequest($0.id, $0.job, roster, now: now) }
        self.requests = requests
        self.roster = roster
        self.now = now
        range = Board.range(for: requests, now: now)
        possibleEngineers = roster.members.indices.filter { member in
            requests.contains { AssignmentRules.firstBroken($0, member, roster) == nil }
        }.map { roster.members[$0].id }
    }

    func decide(bookings: [Booked]) -> [Verdict] {
        var board = Board(roster, range: range)
        for booking in bookings {
            guard let member = roster.position(of: booking.engineerId) else { continue }
            board.enter(booking.span, at: booking.place, of: member)
        }
        return requests.map { request in
            Verdict(
                workOrderId: request.workOrderId,
                decision: AssignmentRules.decide(request, roster, &board, now: now))
        }
    }
}
