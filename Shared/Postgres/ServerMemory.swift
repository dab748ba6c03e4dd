import Synchronization

/// What the sessions of a pool have learnt about the servers that its URL names.
///
/// When a standby is promoted it begins a new timeline. A server on an older one was the primary once, and somebody has started
/// it again beside its successor: what it takes is lost.
final class ServerMemory: Sendable {
    private struct State {
        var best = 0
        var newest = 0
    }

    private let state = Mutex(State())

    /// Whether no server has told its timeline yet.
    var isEmpty: Bool { state.withLock { $0.newest == 0 } }

    /// The order in which servers are tried: the best one first, the others after it.
    func order(_ count: Int) -> [Int] {
        let best = state.withLock { $0.best }
        return (0..<count).map { ($0 + best) % count }
    }

    /// This one has served: it comes first the next time.
    func served(_ index: Int) { state.withLock { $0.best = index } }

    /// Takes note of a server's timeline.
    ///
    /// - Returns: the newest that has been seen.
    @discardableResult
    func note(_ timeline: Int, of index: Int) -> Int {
        state.withLock { state in
            if timeline > state.newest {
                state.newest = timeline
                state.best = index
            }
            return state.newest
        }
    }
}
