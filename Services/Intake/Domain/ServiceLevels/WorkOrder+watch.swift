import DomainContracts
import FoundationEssentials

/// What a look at the clocks found.
enum ClockFinding: Sendable, Equatable {
    case warned(ClockState)
    case breached(ClockState)
}

extension WorkOrder {
    /// Finds the first clock whose warning or breach is due and not told yet, marks it as told, and says when to look
    /// again. One at a time, because one message tells one piece of news about an order.
    mutating func watchClocks(now: Date) -> ClockFinding? {
        var finding: ClockFinding?
        for index in clocks.indices {
            guard let due = clocks[index].nextWatch(at: now), due <= now else { continue }
            if clocks[index].reading(at: now).isLate {
                clocks[index].breachedAt = now
                finding = .breached(clocks[index].state(at: now))
            } else {
                clocks[index].warnedAt = now
                finding = .warned(clocks[index].state(at: now))
            }
            break
        }
        clockStatus = Dictionary(
            clocks.map { ($0.kind.rawValue, $0.state(at: now).status.rawValue) }, uniquingKeysWith: { $1 })
        watchClocksAt = clocks.compactMap { $0.nextWatch(at: now) }.min()
        return finding
    }
}
