import Dispatching
import DomainContracts
import FoundationEssentials

/// Several open jobs decided together: one after another, in the order given, each seeing the bookings of those before.
struct DispatchRound: Sendable {
    struct Verdict: Sendable {
        var workOrderId: UUID
        var decision: Decision
        /// Set where nobody is free in time: others may make room.
        var wish: RoomWish?
    }

    /// When a job would have to begin, and who could have it if he were free.
    struct RoomWish: Sendable {
        var workOrderNumber: String
        var job: JobRequest
        var arrivals: Arrivals
        var engineers: [UUID]
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
        var workOrderNumber: String
        var request: JobRequest
        /// Within what was agreed with the customer: asked first.
        var promised: JobRequest?
        /// When it has to begin, whoever has to make room; nil where it may be late.
        var binding: Arrivals?
    }

    /// - Parameters:
    ///   - vans: by job, the parts that it takes, and who has them.
    ///   - people: by job, what is known of engineers at its customer and device.
    init(
        jobs: [(id: UUID, job: Job)], decider: Decider, now: Int, vans: [UUID: PartsInVans] = [:],
        people: [UUID: KnownPeople] = [:]
    ) {
        let wanted = jobs.compactMap { id, job -> Wanted? in
            guard var request = job.request(id, now: now) else { return nil }
            var promised = job.promisedRequest(id, now: now)
            request.vans = vans[id]
            promised?.vans = vans[id]
            if let known = people[id] {
                request.consider(known)
                promised?.consider(known)
            }
            return Wanted(
                workOrderNumber: job.workOrderNumber, request: request, promised: promised,
                binding: job.bindingArrivals(now: now))
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
        return wanted.map { wanted in
            let id = wanted.request.workOrderId
            if let kept = kept(wanted.promised, on: &board) { return Verdict(workOrderId: id, decision: kept) }
            let decision = decider.decide(wanted.request, on: &board, now: now)
            return Verdict(workOrderId: id, decision: decision, wish: wish(wanted, decision))
        }
    }

    /// Windows that the customer of the first of the jobs can be offered, each with who would come; none where several engineers go.
    mutating func windows(
        _ count: Int, of seconds: Int, on board: Board, within range: Span
    ) -> [(engineerId: UUID, slot: Slot)] {
        guard let request = wanted.first?.request, decider.crew(for: request) == nil else { return [] }
        return decider.windows(count, of: seconds, for: request, on: board, within: range, now: now)
    }

    /// Nil where somebody comes in time, or the rules let nobody go whatever his calendar says. What several go to is left
    /// to people.
    private mutating func wish(_ wanted: Wanted, _ decision: Decision) -> RoomWish? {
        guard let arrivals = wanted.binding else { return nil }
        if wanted.promised == nil, case .offer(let choice) = decision.outcome,
            choice.slot.span.start <= arrivals.latest
        {
            return nil
        }
        guard decider.crew(for: wanted.request) == nil else { return nil }
        let job = wanted.request.beginning(arrivals)
        let members = decider.possibleMembers(for: [job])
        guard !members.isEmpty else { return nil }
        return RoomWish(
            workOrderNumber: wanted.workOrderNumber, job: job, arrivals: arrivals,
            engineers: members.map { decider.roster.id(of: $0) })
    }

    /// What was agreed with the customer binds as long as anybody can keep it.
    private mutating func kept(_ promised: JobRequest?, on board: inout Board) -> Decision? {
        guard let promised else { return nil }
        let decision = decider.decide(promised, on: &board, now: now)
        if case .offer = decision.outcome { return decision }
        return nil
    }
}
