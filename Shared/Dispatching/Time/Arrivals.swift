/// When a visit may begin, both ends included: what a promised window comes to. Seconds since 1970.
public struct Arrivals: Codable, Sendable, Equatable {
    public var earliest: Int
    public var latest: Int

    public init(earliest: Int, latest: Int) {
        self.earliest = earliest
        self.latest = max(earliest, latest)
    }

    /// Anywhere in the window but its last quarter of an hour, which is left for what comes between; a window that is no
    /// longer begins with the visit.
    public init(within window: Span) {
        self.init(earliest: window.start, latest: window.end - Self.reserve)
    }

    private static let reserve = 15 * 60

    public func contains(_ start: Int) -> Bool { earliest <= start && start <= latest }

    /// All that a visit of so many seconds may take.
    public func span(of seconds: Int) -> Span { Span(start: earliest, end: latest + seconds) }
}
