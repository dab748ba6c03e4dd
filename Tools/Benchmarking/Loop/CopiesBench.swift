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
        try await loop.onSite(note) { site, services, driver in
            var figures = CopiesFigures()
            for round in 1...max(1, rounds) {
                for copies in round.isMultiple(of: 2) ? [2, 1] : [1, 2] {
                    try await services.start(copies: copies)
                    // Caches and the database's plans are warm before anything counts, those of new copies too.
                    _ = try await driver.run(max(1, loop.lives / 4), inFlight: loop.inFlight)
                    let before = try await CopiesFigures.Reading.of(site, services)
                    let outcome = try await driver.run(loop.lives, inFlight: loop.inFlight)
                    let after = try await CopiesFigures.Reading.of(site, services)
                    let rate = figures.add(outcome, before, after, of: copies == 1 ? Self.one : Figure.ours)
                    note("round \(round), \(copies == 1 ? "one copy" : "two copies"): \(FigureTable.number(rate))/s")
                }
            }
            return figures.all
        }
    }
}
