import DomainContracts
import FoundationEssentials

/// Decides a period's jobs once more, each at the time it came, under whatever rules: a dry run. Everybody accepts, nobody
/// cancels, so that two runs differ by their rules alone.
public struct Replay: Sendable {
    public struct Arrival: Sendable {
        public var number: String
        public var at: Int
        public var job: JobRequest

        public init(number: String, at: Int, job: JobRequest) {
            self.number = number
            self.at = at
            self.job = job
        }
    }

    public struct Result: Sendable {
        /// Who gets each job; nil is nobody.
        public var engineers: [UUID?]
        public var outcome: SimulatedOutcome
        public var load: [UUID: (visits: Int, minutes: Int)]
    }

    private let roster: Roster
    private let arrivals: [Arrival]
    private let board: Board

    /// - Parameter booked: what was booked before the first job came.
    public init(
        roster: Roster, arrivals: [Arrival], booked: [(engineerId: UUID, stop: Timeline.Stop)], travel: TravelTimes
    ) {
        self.roster = roster
        self.arrivals = arrivals
        let first = arrivals.first?.at ?? 0
        let end = arrivals.reduce(first) { max($0, Board.range(for: [$1.job], now: $1.at).end) }
        var board = Board(roster, range: Span(start: first - 86_400, end: end), travel: travel)
        for (engineerId, stop) in booked {
            if let member = roster.position(of: engineerId) { board.enter(stop, of: member) }
        }
        self.board = board
    }

    public func run(_ rules: RuleSet) -> Result {
        var decider = Decider(CompiledRules(rules, roster))
        var board = board
        var result = Result(engineers: [], outcome: .nothing, load: [:])
        var waited = 0
        for arrival in arrivals {
            let decision = decider.decide(arrival.job, on: &board, now: arrival.at)
            if arrival.job.dueAt != nil { result.outcome.arrivalsDue += 1 }
            guard case .offer(let choice) = decision.outcome else {
                result.engineers.append(nil)
                result.outcome.impossible += 1
                continue
            }
            let start = choice.slot.span.start
            result.engineers.append(choice.engineerId)
            result.outcome.assigned += 1
            for engineer in [choice.engineerId] + choice.helpers.map(\.engineerId) {
                result.load[engineer, default: (0, 0)].visits += 1
                result.load[engineer, default: (0, 0)].minutes += choice.slot.span.minutes
            }
            if let due = arrival.job.dueAt, start <= due { result.outcome.arrivalsMet += 1 }
            waited += max(0, start - arrival.at) / 60
        }
        result.outcome.travelMinutes = board.travelMinutes()
        result.outcome.meanWaitMinutes = waited / max(1, result.outcome.assigned)
        let visits = roster.members.filter(\.hasShifts).map { result.load[$0.id]?.visits ?? 0 }
        result.outcome.mostVisits = visits.max() ?? 0
        result.outcome.fewestVisits = visits.min() ?? 0
        return result
    }
}

extension SimulatedOutcome {
    public static let nothing = SimulatedOutcome(
        assigned: 0, impossible: 0, travelMinutes: 0, arrivalsDue: 0, arrivalsMet: 0, meanWaitMinutes: 0,
        mostVisits: 0, fewestVisits: 0)
}
