import DomainContracts
import FoundationEssentials

/// Seconds since 1970, from `start` up to, not including, `end`: what decisions compute with.
public struct Span: Codable, Sendable, Equatable {
    public var start: Int
    public var end: Int

    public init(start: Int, end: Int) {
        self.start = start
        self.end = end
    }

    public var minutes: Int { (end - start) / 60 }

    public func overlaps(_ other: Span) -> Bool { start < other.end && other.start < end }
    public func contains(_ moment: Int) -> Bool { start <= moment && moment < end }
    public func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }

    /// The part of it that lies in another; nil where there is none.
    public func within(_ other: Span) -> Span? {
        overlaps(other) ? Span(start: max(start, other.start), end: min(end, other.end)) : nil
    }

    /// What is left of it, in up to two pieces.
    public func without(_ other: Span) -> [Span] {
        guard overlaps(other) else { return [self] }
        return [Span(start: start, end: other.start), Span(start: other.end, end: end)].filter { $0.start < $0.end }
    }
}

extension Span {
    /// Rounded outwards to whole seconds, so that no two spans overlap less than their windows do.
    public init(_ window: TimeWindow) {
        start = Int(window.start.timeIntervalSince1970.rounded(.down))
        end = Int(window.end.timeIntervalSince1970.rounded(.up))
    }

    public var window: TimeWindow { TimeWindow(start: Date(epoch: start), end: Date(epoch: end)) }
}

extension Date {
    public init(epoch seconds: Int) { self.init(timeIntervalSince1970: Double(seconds)) }

    /// Whole seconds since 1970, rounded down.
    public var epoch: Int { Int(timeIntervalSince1970.rounded(.down)) }
    /// Whole milliseconds since 1970.
    public var epochMilliseconds: Int { Int((timeIntervalSince1970 * 1000).rounded()) }
}
