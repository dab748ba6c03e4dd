import UnixSignals

/// Ctrl-C and SIGTERM as cancellation, so that what was started is put away.
enum Interruption {
    /// Runs `body`; a signal cancels it. Throws what `body` throws.
    static func cancelling(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await body()
                return true
            }
            group.addTask {
                for await _ in signals where !Task.isCancelled {
                    Terminal.note("stopping")
                    return false
                }
                return true
            }
            let isDone = try await group.next() ?? true
            group.cancelAll()
            // After a signal, what the cancelled body throws is the end; it puts things away first.
            if !isDone { while try await group.next() != nil {} }
        }
    }
}
