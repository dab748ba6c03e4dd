import Foundation
import Testing

/// How much of the tests a run takes: `./mendloop test --fast`, `./mendloop test`, `./mendloop test --soak`.
public enum TestTier: Int, Sendable, Comparable {
    case fast, full, soak

    /// From `MENDLOOP_TEST_TIER` (`fast`, `full`, `soak`); full where it is not set.
    public static var current: TestTier {
        switch ProcessInfo.processInfo.environment["MENDLOOP_TEST_TIER"] {
        case "fast": .fast
        case "soak": .soak
        default: .full
        }
    }

    public static func < (left: TestTier, right: TestTier) -> Bool { left.rawValue < right.rawValue }
}

extension Trait where Self == ConditionTrait {
    /// Takes more than a few seconds: left out by `--fast`.
    public static var slow: Self { .enabled(if: TestTier.current >= .full, "left out by --fast") }

    /// Takes minutes: runs with `--soak` only.
    public static var soak: Self { .enabled(if: TestTier.current >= .soak, "runs with --soak") }
}
