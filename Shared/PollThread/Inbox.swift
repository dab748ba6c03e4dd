import CShims
import Glibc
import Synchronization

/// What other threads leave for the poll thread: jobs, cancelled tickets, the wish to stop. The eventfd is written
/// only while the thread sleeps in poll(2), so a burst of jobs costs one system call.
final class Inbox: Sendable {
    struct Delivery {
        var jobs: [UnownedJob] = []
        var cancelled: [UInt64] = []
        /// No wait is accepted any more.
        var stopped = false
        /// The `PollThread` is gone: the OS thread ends.
        var abandoned = false
    }

    private struct State {
        var delivery = Delivery()
        var asleep = false
        weak var owner: PollThread?
    }

    let wakeup: Int32
    private let state = Mutex(State())

    init() {
        wakeup = mendloop_eventfd()
        precondition(wakeup >= 0, "no descriptor left for a poll thread: errno \(errno)")
    }

    deinit {
        close(wakeup)
    }

    func adopt(_ owner: PollThread) {
        state.withLock { $0.owner = owner }
    }

    func add(_ job: UnownedJob) {
        change { $0.jobs.append(job) }
    }

    func cancel(_ ticket: UInt64) {
        change { $0.cancelled.append(ticket) }
    }

    func stop() {
        change { $0.stopped = true }
    }

    func abandon() {
        change { $0.abandoned = true }
    }

    /// Empties the inbox into `delivery`, whose arrays keep their capacity. With nothing to do, the thread is marked as
    /// asleep in the same critical section, so that no later arrival can be missed: it must poll(2) next.
    /// Returns the executor, held strongly while its jobs run.
    func collect(into delivery: inout Delivery) -> PollThread? {
        delivery.jobs.removeAll(keepingCapacity: true)
        delivery.cancelled.removeAll(keepingCapacity: true)
        return state.withLock { state in
            swap(&delivery.jobs, &state.delivery.jobs)
            swap(&delivery.cancelled, &state.delivery.cancelled)
            delivery.stopped = state.delivery.stopped
            delivery.abandoned = state.delivery.abandoned
            state.asleep = delivery.jobs.isEmpty && delivery.cancelled.isEmpty && !delivery.abandoned
            return delivery.jobs.isEmpty ? nil : state.owner
        }
    }

    private func change(_ body: (inout Delivery) -> Void) {
        let mustWake = state.withLock { state in
            body(&state.delivery)
            defer { state.asleep = false }
            return state.asleep
        }
        if mustWake {
            var one: UInt64 = 1
            _ = write(wakeup, &one, 8)
        }
    }

    /// The thread is back from poll(2): what arrives from now on is seen without a wake-up.
    func awake() {
        state.withLock { $0.asleep = false }
    }

    /// Clears the counter after poll(2) reported it.
    func acknowledge() {
        var count: UInt64 = 0
        _ = read(wakeup, &count, 8)
    }
}
