import Dispatching
import Foundation

/// A time zone's clocks, as shifts keep them: when they are changed in the next years.
enum ZoneClock {
    /// A mean year, seconds.
    private static let year = 31_556_952
    private static let yearsAhead = 12
    /// No zone sets its clocks twice within four days.
    private static let stride = 4 * 86_400

    /// The offset at the beginning of last year, and all changes from then on; the same all year long, so that shifts set twice
    /// are the same shifts. Nil unless the IANA database has the zone.
    static func changes(of identifier: String, now: Date) -> [OffsetChange]? {
        // Abbreviations and offsets such as `GMT+8` would be taken too: they say nothing of summer time.
        guard identifier == "UTC" || identifier.wholeMatch(of: /[A-Za-z]+(\/[A-Za-z0-9_+\-]+)+/) != nil,
            let zone = TimeZone(identifier: identifier)
        else { return nil }
        func minutes(_ moment: Int) -> Int { zone.secondsFromGMT(for: Date(epoch: moment)) / 60 }
        let first = (now.epoch / year - 1) * year
        var changes = [OffsetChange(from: first, minutes: minutes(first))]
        var seen = first
        while seen < first + yearsAhead * year {
            let next = seen + stride
            let after = minutes(next)
            if after != changes[changes.count - 1].minutes {
                var (before, then) = (seen, next)
                while then - before > 1 {
                    let middle = (before + then) / 2
                    if minutes(middle) == after { then = middle } else { before = middle }
                }
                changes.append(OffsetChange(from: then, minutes: after))
            }
            seen = next
        }
        return changes
    }
}
