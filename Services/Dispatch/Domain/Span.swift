import DomainContracts
import FoundationEssentials

/// Seconds since 1970, from `start` up to, not including, `end`: what the rules compute with.
struct Span: Codable, Sendable, Equatable {
    var start: Int
    var end: Int

    var minutes: Int { (end - start) / 60 }

    func overlaps(_ other: Span) -> Bool { start < other.end && other.start < end }
    func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
}

extension Span {
    /// Rounded outwards to whole seconds, so that no two spans overlap less than their windows do.
    init(_ window: TimeWindow) {
        start = Int(window.start.timeIntervalSince1970.rounded(.down))
        end = Int(window.end.timeIntervalSince1970.rounded(.up))
    }

    var window: TimeWindow { TimeWindow(start: Date(epoch: start), end: Date(epoch: end)) }
}

extension Date {
    init(epoch seconds: Int) { self.init(timeIntervalSince1970: Double(seconds)) }

    /// Whole seconds since 1970, rounded down.
    var epoch: Int { Int(timeIntervalSince1970.rounded(.down)) }
    /// Whole milliseconds since 1970.
    var epochMilliseconds: Int { Int((timeIntervalSince1970 * 1000).rounded()) }
}
