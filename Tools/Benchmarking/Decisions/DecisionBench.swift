import Dispatching
import Foundation

/// How long one decision takes on warm state: rules, every engineer's best slot, the ten best in order, their reasons.
public struct DecisionBench {
    /// So many engineers, with so many jobs planned among them.
    public struct Size: Sendable {
        public var engineers: Int
        public var planned: Int
        /// Milliseconds within which 99 of 100 decisions are to be made.
        var goal: Double
    }

    public static let sizes = [
        Size(engineers: 100, planned: 1_000, goal: 0.1), Size(engineers: 1_000, planned: 8_000, goal: 1),
    ]

    public var decisions = 2_000
    public var rounds = 3
    public var seed: UInt64 = 1

    public init() {}

    public func run(_ note: (String) -> Void) throws -> [Figure] {
        try Self.sizes.flatMap { size in
            let name = "a decision, \(size.engineers) × \(size.planned)"
            var median = Figure("\(name), p50", unit: "ms")
            var tail = Figure(
                "\(name), p99", unit: "ms", goals: [.init(peer: nil, value: size.goal, isUpperBound: true)])
            for round in 0..<rounds {
                note("\(name), round \(round + 1) of \(rounds)")
                let times = try measure(size, seed: seed + UInt64(round))
                median.add(Statistics.quantile(0.5, of: times) ?? 0, of: Figure.ours)
                tail.add(Statistics.quantile(0.99, of: times) ?? 0, of: Figure.ours)
            }
            return [median, tail]
        }
    }

    /// Milliseconds of each decision.
    private func measure(_ size: Size, seed: UInt64) throws -> [Double] {
        var town = DecisionTown(seed: seed)
        let roster = Roster(town.people(size.engineers))
        var decider = Decider(CompiledRules(try DecisionTown.rules(), roster))
        var board = Board(
            roster, range: Span(start: DecisionTown.now, end: DecisionTown.now + 8 * 86_400), travel: .estimate)
        var planned = [[Timeline.Stop]](repeating: [], count: roster.count)
        for _ in 0..<size.planned {
            let job = town.job()
            let decision = decider.decide(job, on: &board, now: DecisionTown.now)
            guard case .offer(let choice) = decision.outcome, let member = roster.position(of: choice.engineerId) else {
                continue
            }
            planned[member].append(Timeline.Stop(span: choice.slot.span, point: job.site))
        }
        return (0..<decisions).map { _ in
            let job = town.job()
            let began = ContinuousClock.now
            let decision = decider.decide(job, on: &board, now: DecisionTown.now)
            let scores = decision.findings.candidates.prefix(Decider.ranked).map(decision.findings.score)
            let took = (ContinuousClock.now - began) / .milliseconds(1)
            precondition(scores.count <= Decider.ranked)
            // Each job meets the board as planned: the size stays what it is called.
            if case .offer(let choice) = decision.outcome, let member = roster.position(of: choice.engineerId) {
                board.set(planned[member], of: member)
            }
            return took
        }
    }
}
