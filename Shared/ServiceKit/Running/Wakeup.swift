import Foundation
import Synchronization

/// Lets one loop sleep until there is something to do: woken in-process by a commit, or by its own slow poll, which
/// finds what another copy of the service left.
final class Wakeup: Sendable {
    private struct State {
        var isPending = false
        var waiter: CheckedContinuation<Void, Never>?
        /// Counts the waits; the alarm and the cancellation of an earlier one must not end a later one.
        var ticket = 0
        var expired = 0
    }

    private let state = Mutex(State())

    /// Whether the next wait will end at once.
    var isPending: Bool { state.withLock { $0.isPending } }

    /// Whether a loop sleeps here at this moment.
    var isWaitedFor: Bool { state.withLock { $0.waiter != nil } }

    func wake() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isPending = true }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns when woken, at once if that happened since the last wait, or after `limit`, or when cancelled.
    func wait(upTo limit: Duration) async {
        let ticket = state.withLock { state in
            state.ticket += 1
            return state.ticket
        }
        let alarm = Task {
            try await Task.sleep(for: limit)
            expire(ticket)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    if state.isPending || Task.isCancelled || state.expired == ticket {
                        state.isPending = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            expire(ticket)
        }
        alarm.cancel()
    }

    private func expire(_ ticket: Int) {
        let waiter = state.withLock { state in
            guard state.ticket == ticket else { return nil as CheckedContinuation<Void, Never>? }
            state.expired = ticket
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}

/// The loops that a commit may have made work for.
struct Wakeups: Sendable {
    let relay = Wakeup()
    let timers = Wakeup()
    let parked = Wakeup()
    /// Each worker's, with the tables it watches.
    let workers: [(watched: Set<String>, wakeup: Wakeup)]

    init(workers: [any Worker] = []) { self.workers = workers.map { ($0.watched, Wakeup()) } }

    func after(_ news: CommitNews, clock: DomainClock) {
        if news.hasEvents { relay.wake() }
        // The runner looks once a second by itself.
        if let due = news.nextTimer, clock.realDelay(until: due) < .seconds(1) { timers.wake() }
        if news.wokeParked { parked.wake() }
        for (watched, wakeup) in workers where !watched.isDisjoint(with: news.changed) { wakeup.wake() }
    }
}
