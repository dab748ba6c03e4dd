/// When a visit may begin, the calendar of whoever goes apart.
enum Starts: Sendable {
    case onGrid
    /// Within a range that says when.
    case asSoonAsPossible
    /// When enough helpers can begin as well.
    case together(CrewStarts)
}

/// How many helpers could begin at each time on the grid.
struct CrewStarts: Sendable {
    private let wanted: Int
    /// Number on the grid of the first time.
    private let origin: Int
    private var counts: [UInt16]
    /// By member: when he could begin, as numbers on the grid.
    private var times: [Int: [ClosedRange<Int>]] = [:]

    private static let grid = Planning.gridSeconds

    /// - Parameter range: all the time that is looked at.
    init(helpers wanted: Int, range: Span) {
        self.wanted = wanted
        origin = range.start / Self.grid
        counts = Array(repeating: 0, count: max(0, range.end / Self.grid - origin + 1))
    }

    /// Enters that a member could begin between two moments.
    mutating func enter(_ member: Int, from earliest: Int, to latest: Int) {
        let first = max(roundUp(earliest, to: Self.grid) / Self.grid, origin)
        let last = min(latest / Self.grid, origin + counts.count - 1)
        guard first <= last else { return }
        times[member, default: []].append(first...last)
        for time in first...last { counts[time - origin] += 1 }
    }

    /// The first time on the grid within a range of moments at which enough could begin besides a member.
    func first(in moments: ClosedRange<Int>, without member: Int) -> Int? {
        let first = max(roundUp(moments.lowerBound, to: Self.grid) / Self.grid, origin)
        let last = min(moments.upperBound / Self.grid, origin + counts.count - 1)
        guard first <= last else { return nil }
        let own = times[member] ?? []
        let found = (first...last).first { time in
            Int(counts[time - origin]) - (own.contains { $0.contains(time) } ? 1 : 0) >= wanted
        }
        return found.map { $0 * Self.grid }
    }
}
