import Synchronization

/// So many may pass at a time; the others wait in line.
final class Permits: Sendable {
    private struct State {
        var free: Int
        var waiting: [(ticket: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
        var lastTicket: UInt64 = 0
        var closed: PostgresError?
        var onAllFree: [CheckedContinuation<Void, Never>] = []
    }

    private let total: Int
    private let state: Mutex<State>

    init(_ total: Int) {
        self.total = total
        self.state = Mutex(State(free: total))
    }

    var waiting: Int {
        state.withLock { $0.waiting.count }
    }

    func acquire() async throws {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    // Looked at under the lock that the cancellation takes, so neither can miss the other.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if let closed = state.closed { return .failure(closed) }
                    if state.free > 0 {
                        state.free -= 1
                        return .success(())
                    }
                    state.waiting.append((ticket, continuation))
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0).continuation }
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    /// Passes the permit on to whoever has waited longest.
    func release() {
        let next: CheckedContinuation<Void, any Error>? = state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst().continuation }
            state.free += 1
            return nil
        }
        next?.resume()
        resumeIfAllFree()
    }

    /// Turns away those who wait now, not those who come later.
    func turnAway(with error: any Error) {
        let waiting = state.withLock { state in
            defer { state.waiting.removeAll() }
            return state.waiting
        }
        waiting.forEach { $0.continuation.resume(throwing: error) }
    }

    /// Turns everybody away, now and later, and returns when all permits are back.
    func close(with error: PostgresError) async {
        state.withLock { $0.closed = error }
        turnAway(with: error)
        await withCheckedContinuation { continuation in
            state.withLock { $0.onAllFree.append(continuation) }
            resumeIfAllFree()
        }
    }

    private func resumeIfAllFree() {
        let ready = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard state.free == total else { return [] }
            defer { state.onAllFree.removeAll() }
            return state.onAllFree
        }
        ready.forEach { $0.resume() }
    }
}
