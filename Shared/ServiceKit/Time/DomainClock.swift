import DomainContracts
import FoundationEssentials
import Logging

/// Domain time: what SLA clocks, leases offered to people, visits and follow-ups are measured in.
///
/// It is real time unless a deployment scales it (demos and simulation only), in which case every process of the
/// deployment computes the same instant from the same two settings, so it needs no coordination and survives restarts.
/// Retries, broker TTLs, retention, tokens and infrastructure leases never use it: they run on real time.
public struct DomainClock: Sendable {
    enum Source: Sendable {
        case real
        case scaled(epoch: Date, factor: Int)
        case manual(ManualTime)
    }

    let source: Source

    /// Real time, one second a second.
    public static let real = DomainClock(source: .real)

    /// Simulated time: `epoch` + (real time − `epoch`) × `factor`. Both are the same for all processes of a deployment.
    ///
    /// - Parameter factor: how many domain seconds pass in one real second, 1…1440.
    public static func scaled(epoch: Date, factor: Int) -> DomainClock {
        DomainClock(source: .scaled(epoch: epoch, factor: min(max(factor, 1), DomainClock.largestFactor)))
    }

    /// Time that stands still until its owner moves it.
    public static func manual(_ time: ManualTime) -> DomainClock {
        DomainClock(source: .manual(time))
    }

    /// The largest permitted scale: one domain day in a real minute.
    public static let largestFactor = 1440

    /// The present domain time, in whole milliseconds, so that it is equal to itself after a round trip through
    /// PostgreSQL and the wire.
    public func now() -> Date {
        switch source {
        case .real: Date.now.inWholeMilliseconds
        case .scaled: domainTime(atReal: Date.now).inWholeMilliseconds
        case .manual(let time): time.now.inWholeMilliseconds
        }
    }

    /// How long to wait in real time until `instant` is reached; zero if it is past.
    ///
    /// A manual clock does not flow: it answers as if one second took one second, and its owner wakes whoever waits.
    public func realDelay(until instant: Date) -> Duration {
        let remaining: Double
        switch source {
        case .real: remaining = instant.timeIntervalSince(Date.now)
        case .scaled(_, let factor):
            remaining = instant.timeIntervalSince(domainTime(atReal: Date.now)) / Double(factor)
        case .manual(let time): remaining = instant.timeIntervalSince(time.now)
        }
        // Bounded, because a duration of a far future would overflow; whoever waits looks again anyway.
        return .seconds(min(max(remaining, 0), 366 * 86_400))
    }

    /// Real time since `instant` was reached; zero if it is still to come.
    public func realTime(since instant: Date) -> Duration {
        .seconds(max(now().timeIntervalSince(instant), 0) / Double(factor))
    }

    /// Domain seconds that pass in one real second; 1 unless the deployment scales its time.
    public var factor: Int {
        if case .scaled(_, let factor) = source { factor } else { 1 }
    }

    /// The domain time at a real instant.
    func domainTime(atReal real: Date) -> Date {
        guard case .scaled(let epoch, let factor) = source else { return real }
        return epoch.addingTimeInterval(real.timeIntervalSince(epoch) * Double(factor))
    }

    /// Says loudly, once at the start, that this deployment does not run on real time.
    public func announce(to logger: Logger) {
        guard case .scaled(let epoch, let factor) = source else { return }
        logger.warning(
            """
            DOMAIN TIME IS SCALED: one real second is \(factor) domain seconds. \
            Never run a deployment that serves people like this.
            """,
            metadata: [
                "epoch": "\(RFC3339.format(epoch))", "scale": "\(factor)", "domainTime": "\(RFC3339.format(now()))",
            ])
    }
}

extension Date {
    /// This instant without what is finer than a millisecond.
    public var inWholeMilliseconds: Date {
        Date(timeIntervalSince1970: (timeIntervalSince1970 * 1000).rounded(.down) / 1000)
    }
}
