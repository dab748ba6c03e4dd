import CShims
import Glibc

/// The loop of one poll thread and the waits it watches over.
// Sendable: every mutable field is touched on the loop's own thread only (`watch` and `interrupt` check it).
final class PollLoop: @unchecked Sendable {
    typealias Continuation = CheckedContinuation<Readiness, any Error>

    private struct Waiter {
        let ticket: UInt64
        let descriptor: Int32
        let events: Int16
        let deadline: ContinuousClock.Instant?
        let continuation: Continuation
    }

    /// How many batches of jobs may run before descriptors are looked at again.
    private static let batchesPerPoll = 16

    let inbox: Inbox
    private let name: String
    private var waiters: [Waiter] = []
    private var descriptors: [pollfd] = []
    private var delivery = Inbox.Delivery()

    init(inbox: Inbox, name: String) {
        self.inbox = inbox
        self.name = name
    }

    func run() {
        _ = mendloop_name_this_thread(String(name.utf8.prefix(15)) ?? "poll")
        while !delivery.abandoned {
            var batches = 0
            while runJobs(), batches < Self.batchesPerPoll {
                batches += 1
            }
            if !delivery.abandoned {
                poll(block: delivery.jobs.isEmpty && delivery.cancelled.isEmpty)
            }
        }
        failAll()
    }

    /// Runs what has arrived; false when there was nothing.
    private func runJobs() -> Bool {
        let owner = inbox.collect(into: &delivery)
        if let owner {
            let executor = owner.asUnownedSerialExecutor()
            for job in delivery.jobs {
                job.runSynchronously(on: executor)
            }
        }
        for ticket in delivery.cancelled {
            finish(ticket: ticket)
        }
        if delivery.stopped, !waiters.isEmpty {
            failAll()
        }
        return !(delivery.jobs.isEmpty && delivery.cancelled.isEmpty)
    }

    func watch(
        ticket: UInt64, descriptor: Int32, interest: Interest, deadline: ContinuousClock.Instant?,
        continuation: Continuation
    ) {
        let events: Int16 =
            switch interest {
            case .read: Int16(POLLIN)
            case .write: Int16(POLLOUT)
            case .readWrite: Int16(POLLIN | POLLOUT)
            }
        waiters.append(
            Waiter(
                ticket: ticket, descriptor: descriptor, events: events, deadline: deadline, continuation: continuation))
    }

    func interrupt(_ descriptor: Int32) {
        finish { _, waiter in waiter.descriptor == descriptor ? .interrupted : nil }
    }

    private func poll(block: Bool) {
        descriptors.removeAll(keepingCapacity: true)
        descriptors.append(pollfd(fd: inbox.wakeup, events: Int16(POLLIN), revents: 0))
        for waiter in waiters {
            descriptors.append(pollfd(fd: waiter.descriptor, events: waiter.events, revents: 0))
        }
        let ready = Glibc.poll(&descriptors, nfds_t(descriptors.count), block ? millisecondsToNextDeadline() : 0)
        inbox.awake()
        if ready > 0 {
            if descriptors[0].revents != 0 {
                inbox.acknowledge()
            }
            finish { index, _ in Self.readiness(descriptors[index + 1].revents) }
        }
        let now = ContinuousClock.now
        finish { _, waiter in waiter.deadline.map { $0 <= now } == true ? .timedOut : nil }
    }

    /// Resumes the waiters that `outcome` has an answer for and keeps the others, in order. Not `removeAll(where:)`,
    /// which may ask about one element twice.
    private func finish(_ outcome: (Int, Waiter) -> Readiness?) {
        var kept = 0
        for index in waiters.indices {
            let waiter = waiters[index]
            if let readiness = outcome(index, waiter) {
                waiter.continuation.resume(returning: readiness)
            } else {
                waiters[kept] = waiter
                kept += 1
            }
        }
        waiters.removeLast(waiters.count - kept)
    }

    private func finish(ticket: UInt64) {
        guard let index = waiters.firstIndex(where: { $0.ticket == ticket }) else { return }
        waiters.remove(at: index).continuation.resume(throwing: CancellationError())
    }

    private func failAll() {
        let failed = waiters
        waiters.removeAll()
        for waiter in failed {
            waiter.continuation.resume(throwing: PollThreadStopped())
        }
    }

    private func millisecondsToNextDeadline() -> Int32 {
        guard let next = waiters.lazy.compactMap(\.deadline).min() else { return -1 }
        let left = (next - ContinuousClock.now).components
        // Rounded up, so that the thread does not spin through the last millisecond.
        let milliseconds = left.seconds.multipliedReportingOverflow(by: 1000)
        guard !milliseconds.overflow else { return Int32.max }
        return Int32(clamping: max(0, milliseconds.partialValue + left.attoseconds / 1_000_000_000_000_000 + 1))
    }

    private static func readiness(_ revents: Int16) -> Readiness? {
        guard revents != 0 else { return nil }
        var readiness: Readiness = []
        let flags = Int32(revents)
        if flags & POLLIN != 0 { readiness.insert(.readable) }
        if flags & POLLOUT != 0 { readiness.insert(.writable) }
        if flags & (POLLHUP | POLLERR | POLLNVAL) != 0 { readiness.insert(.closed) }
        return readiness
    }
}
