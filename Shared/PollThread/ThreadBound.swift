/// An actor that lives on a poll thread. It must also say so to the compiler, which looks for the property in the actor
/// itself and would otherwise run it on the shared pool:
///
///     nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
public protocol ThreadBound: Actor {
    nonisolated var thread: PollThread { get }
}

// Isolated methods on purpose: a nonisolated async helper around `withTaskCancellationHandler` runs its closures on the
// shared pool, where the loop's state may not be touched.
extension ThreadBound {
    /// Suspends until `descriptor` is ready for `interest`, somebody interrupts, or `deadline` passes (`.timedOut`).
    /// Several waits on one descriptor are allowed; each gets the same news.
    ///
    /// Throws `CancellationError` once the task is cancelled, unless `ignoringCancellation` (to drain what a cancelled
    /// request left on the wire), and `PollThreadStopped` after the thread's shutdown.
    public func wait(
        for descriptor: Int32, _ interest: Interest, until deadline: ContinuousClock.Instant? = nil,
        ignoringCancellation: Bool = false
    ) async throws -> Readiness {
        let ticket = thread.newTicket()
        if ignoringCancellation {
            return try await suspend(ticket, descriptor, interest, deadline, ignoringCancellation: true)
        }
        let thread = self.thread
        return try await withTaskCancellationHandler {
            // `self` must be named in here: a closure that does not capture its actor runs on the shared pool.
            try await self.suspend(ticket, descriptor, interest, deadline, ignoringCancellation: false)
        } onCancel: {
            thread.cancel(ticket)
        }
    }

    private func suspend(
        _ ticket: UInt64, _ descriptor: Int32, _ interest: Interest, _ deadline: ContinuousClock.Instant?,
        ignoringCancellation: Bool
    ) async throws -> Readiness {
        precondition(thread.isCurrent, "a ThreadBound actor must declare `unownedExecutor`")
        return try await withCheckedThrowingContinuation { continuation in
            // Cancelled before: say so here. Cancelled later: the ticket reaches the inbox, which is read after this
            // job has ended, so the waiter is always there to be found.
            if Task.isCancelled, !ignoringCancellation {
                continuation.resume(throwing: CancellationError())
            } else {
                self.thread.loop.watch(
                    ticket: ticket, descriptor: descriptor, interest: interest, deadline: deadline,
                    continuation: continuation)
            }
        }
    }

    /// Sleeps on the thread until `deadline`. Throws as `wait` does.
    public func sleep(until deadline: ContinuousClock.Instant) async throws {
        // poll(2) ignores negative descriptors.
        _ = try await wait(for: -1, .read, until: deadline)
    }

    /// Ends all waits on `descriptor` with `.interrupted`: before closing it, or to make its pump look at new work.
    public func interruptWaits(on descriptor: Int32) {
        thread.loop.interrupt(descriptor)
    }
}
