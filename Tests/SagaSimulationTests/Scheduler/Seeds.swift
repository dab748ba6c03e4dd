import Foundation
import ServiceTesting

/// Which histories a run takes. Always the same ones: a red run is red again.
enum Seeds {
    /// Ranges that may run side by side; one seed alone where `MENDLOOP_SIMULATION_SEED` names it, and from there on as
    /// many as `MENDLOOP_SIMULATION_COUNT` says.
    static var lanes: [Range<UInt64>] {
        if let seed = number("MENDLOOP_SIMULATION_SEED") {
            return [seed..<seed + (number("MENDLOOP_SIMULATION_COUNT") ?? 1)]
        }
        let count: UInt64 =
            switch TestTier.current {
            case .fast: 15
            case .full: 50
            case .soak: 10_000
            }
        return (0..<2).map { $0 * 1_000_000 + 1..<$0 * 1_000_000 + 1 + count } + once.map { $0..<$0 + 1 }
    }

    /// Histories that found a fault.
    private static let once: [UInt64] = [
        // A visit ended for want of parts that it had not asked for, and nobody knew what to wait for.
        5223,
        // An engineer on his way when the order was closed; another's work reinstated it, and nobody knew that he had turned round.
        200_293,
    ]

    /// Lines of the trace that a failure prints, `MENDLOOP_SIMULATION_TRACE`.
    static var traceLength: Int { Int(number("MENDLOOP_SIMULATION_TRACE") ?? 60) }

    /// Whether a run prints how often it took what, `MENDLOOP_SIMULATION_COUNTS=1`.
    static var isCounted: Bool { number("MENDLOOP_SIMULATION_COUNTS") != nil }

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }
}
