import FoundationEssentials
import FoundationInternationalization

/// What a zone's clocks show against UTC, as stretches of one offset each: asking the zone's rules once is a thousand
/// times dearer than walking along these.
struct ZoneOffsets: Sendable {
    /// A stretch of time with one offset.
    struct Stretch: Sendable, Equatable {
        /// Seconds since 1970; the first stretch reaches back for ever, the last one on for ever.
        let start: Double
        /// Seconds that local time is ahead of UTC.
        let offset: Int
    }

    let identifier: String
    /// In order; never empty.
    let stretches: [Stretch]

    /// The years for which changes of the clocks are looked up; before and after, the nearest offset holds.
    static let years = 2_010...2_060

    /// Nil unless the IANA database has the zone.
    init?(_ identifier: String) {
        // Abbreviations and offsets such as `GMT+8` would be taken too: they say nothing of summer time.
        guard identifier == "UTC" || identifier.wholeMatch(of: /[A-Za-z]+(\/[A-Za-z0-9_+\-]+)+/) != nil,
            let zone = TimeZone(identifier: identifier)
        else { return nil }
        self.identifier = identifier
        let first = CalendarDay(year: Self.years.lowerBound, month: 1, day: 1).start(offset: 0).timeIntervalSince1970
        let last = CalendarDay(year: Self.years.upperBound, month: 12, day: 31).start(offset: 0).timeIntervalSince1970
        func offset(_ seconds: Double) -> Int { zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds)) }
        var stretches = [Stretch(start: -.infinity, offset: offset(first))]
        // No zone sets its clocks twice within four days.
        let stride = 4 * 86_400.0
        var seen = first
        while seen < last {
            let next = seen + stride
            let after = offset(next)
            if after != stretches[stretches.count - 1].offset {
                var (before, then) = (seen, next)
                while then - before > 1 {
                    let middle = ((before + then) / 2).rounded(.down)
                    if offset(middle) == after { then = middle } else { before = middle }
                }
                stretches.append(Stretch(start: then, offset: after))
            }
            seen = next
        }
        self.stretches = stretches
    }

    private init(identifier: String, stretches: [Stretch]) {
        self.identifier = identifier
        self.stretches = stretches
    }

    static let utc = ZoneOffsets(identifier: "UTC", stretches: [Stretch(start: -.infinity, offset: 0)])

    /// The stretches from a moment on.
    func stretches(from start: Double) -> ArraySlice<Stretch> {
        var (low, high) = (0, stretches.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if stretches[middle].start <= start { low = middle } else { high = middle }
        }
        return stretches[low...]
    }

    /// When the stretch ends, seconds since 1970.
    func end(of index: Int) -> Double {
        index + 1 < stretches.count ? stretches[index + 1].start : .infinity
    }
}
