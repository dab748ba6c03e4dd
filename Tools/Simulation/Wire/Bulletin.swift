import Synchronization

/// Where one task leaves what another waits for: a value by key, posted before or after it is asked for.
final class Bulletin<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var values: [Key: Value] = [:]
        var waiting: [Key: [Int: CheckedContinuation<Value?, Never>]] = [:]
        var tickets = 0
    }

    private let state = Mutex(State())

    /// Leaves `value`; the newest stays, and everybody who waits for it gets it.
    func post(_ key: Key, _ value: Value) {
        let waiting = state.withLock { state in
            state.values[key] = value
            return state.waiting.removeValue(forKey: key)
        }
        for continuation in (waiting ?? [:]).values { continuation.resume(returning: value) }
    }

    /// The value, if it has been posted.
    subscript(key: Key) -> Value? { state.withLock { $0.values[key] } }

    /// How many keys have a value.
    var count: Int { state.withLock { $0.values.count } }

    /// Everything posted, in no order.
    var values: [Value] { state.withLock { Array($0.values.values) } }

    func forget(_ key: Key) {
        state.withLock { _ = $0.values.removeValue(forKey: key) }
    }

    /// Waits for the value; nil when `limit` (real time) passed or the task was cancelled.
    func value(_ key: Key, within limit: Duration) async -> Value? {
        if let value = self[key] { return value }
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask { await self.value(key) }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            // The post may have come between the limit and the cancellation.
            return first ?? self[key]
        }
    }

    /// Waits for the value; nil when the task was cancelled.
    func value(_ key: Key) async -> Value? {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known: Value?? = state.withLock { state in
                    if let value = state.values[key] { return .some(value) }
                    if Task.isCancelled { return .some(nil) }
                    state.waiting[key, default: [:]][ticket] = continuation
                    return nil
                }
                if let known { continuation.resume(returning: known) }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                let found = state.waiting[key]?.removeValue(forKey: ticket)
                if state.waiting[key]?.isEmpty == true { state.waiting[key] = nil }
                return found
            }
            continuation?.resume(returning: nil)
        }
    }
}
