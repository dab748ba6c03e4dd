/// The last steps of a history, as a person reads them. Kept only where a history is run again to be read: writing
/// them down costs more than taking them.
struct Trace {
    let isKept: Bool
    private(set) var lines: [String] = []
    private static let longest = 20_000

    init(isKept: Bool) { self.isKept = isKept }

    mutating func note(_ line: @autoclosure () -> String) {
        guard isKept else { return }
        if lines.count == Self.longest { lines.removeFirst(Self.longest / 4) }
        lines.append(line())
    }
}

/// An invariant that did not hold.
struct Violation: Equatable {
    let what: String
}
