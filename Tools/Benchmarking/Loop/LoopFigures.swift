/// The figures of one level of `bench loop`.
struct LoopFigures {
    private var lives = Figure("whole lives")
    private var messages = Figure(
        "messages handled",
        goals: [.init(peer: LoopReferences.sixC, value: 0.5), .init(peer: LoopReferences.sixFastStream, value: 10)])
    private var perLife = Figure(
        "messages handled in a life", unit: "messages", goals: [.init(peer: nil, value: 60, isUpperBound: true)])
    private var middle = Figure("report to offer, p50", unit: "ms")
    private var late = Figure("report to offer, p99", unit: "ms")

    var all: [Figure] { [lives, messages, perLife, middle, late] }

    /// Rates of the references: all are messages, or rows, a second.
    mutating func add(_ references: [String: Double]) {
        for (name, rate) in references { messages.add(rate, of: name) }
    }

    /// `handledInTime` counts up to the last closure, `handled` up to when all was quiet.
    mutating func add(_ outcome: LifeDriver.Outcome, handled: Int, handledInTime: Int) {
        lives.add(Double(outcome.closed) / outcome.seconds, of: Figure.ours)
        messages.add(Double(handledInTime) / outcome.seconds, of: Figure.ours)
        perLife.add(Double(handled) / Double(max(1, outcome.closed)), of: Figure.ours)
        let milliseconds = outcome.offeredAfter.map { $0 * 1_000 }
        if let value = Statistics.quantile(0.5, of: milliseconds) { middle.add(value, of: Figure.ours) }
        if let value = Statistics.quantile(0.99, of: milliseconds) { late.add(value, of: Figure.ours) }
    }
}
