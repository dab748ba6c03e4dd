import LocalStack

/// `mendloop bench copies`: whole lives with two copies of every service, beside one copy on the same machine,
/// interleaved. On two cores more copies cannot be faster; what is shown is what sharing costs.
public struct CopiesBench: Sendable {
    public static let one = "one copy"

    /// Engineers, lives a round, lives in flight, and where it runs.
    public var loop: LoopBench
    public var rounds = 3

    public init(_ loop: LoopBench) { self.loop = loop }

    /// Ours are two copies.
    public func run(_ note: @Sendable (String) -> Void) async throws -> [Figure] {
        try await loop.onSite(note) { _, services, driver in
            var lives = Figure(
                "whole lives with two copies of every service", goals: [.init(peer: Self.one, value: 0.9)])
            // Caches, statement plans and pages are warm before anything counts.
            note("\(loop.lives) lives to warm up")
            _ = try await driver.run(loop.lives, inFlight: loop.inFlight)
            for round in 1...max(1, rounds) {
                for copies in round.isMultiple(of: 2) ? [2, 1] : [1, 2] {
                    try await services.start(copies: copies)
                    let outcome = try await driver.run(loop.lives, inFlight: loop.inFlight)
                    let rate = Double(outcome.closed) / outcome.seconds
                    note("round \(round), \(copies == 1 ? "one copy" : "two copies"): \(FigureTable.number(rate))/s")
                    lives.add(rate, of: copies == 1 ? Self.one : Figure.ours)
                }
            }
            return [lives]
        }
    }
}
