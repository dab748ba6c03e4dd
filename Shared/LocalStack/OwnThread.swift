import Foundation

/// Runs blocking work (`waitpid`, `flock`, a socket with a time limit) on a thread of its own, so that it never
/// occupies one of the few threads all other tasks share.
func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
            continuation.resume(with: Result(catching: work))
        }
    }
}

/// Polls `condition` until it holds or `limit` has passed; answers whether it held.
///
/// Servers that are starting or ending have no signal a stranger could wait for, hence the polling.
func becomesTrue(
    within limit: Duration, every interval: Duration = .milliseconds(20),
    _ condition: @Sendable () async throws -> Bool
) async throws -> Bool {
    let deadline = ContinuousClock.now + limit
    while true {
        if try await condition() { return true }
        if ContinuousClock.now >= deadline { return false }
        try await Task.sleep(for: interval)
    }
}
