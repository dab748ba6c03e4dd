import Glibc
import Synchronization

/// A serial executor that is one OS thread in poll(2): it runs the jobs of the actors pinned to it and wakes them when
/// their descriptors are ready. Actors on it may make non-blocking C calls only; whatever blocks, blocks them all.
///
/// The thread lives as long as the object: every actor pinned to it keeps it, so no job is ever left unrun.
public final class PollThread: SerialExecutor, Sendable {
    private let inbox: Inbox
    let loop: PollLoop
    private let identity: pthread_t
    private let tickets = Atomic<UInt64>(0)

    /// Starts the thread. `name` shows in debuggers and /proc; the first 15 bytes count.
    public init(name: String) {
        let inbox = Inbox()
        let loop = PollLoop(inbox: inbox, name: name)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                if let argument {
                    Unmanaged<PollLoop>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            }, Unmanaged.passRetained(loop).toOpaque())
        precondition(code == 0, "no poll thread: pthread_create said \(code)")
        pthread_detach(thread)
        self.inbox = inbox
        self.loop = loop
        self.identity = thread
        inbox.adopt(self)
    }

    deinit {
        // May run on the thread itself, as it lets go of the last job's actor: the loop then ends after this batch.
        inbox.abandon()
    }

    /// Ends every wait, present and future, with `PollThreadStopped`. Actors still run, so they can put their affairs
    /// in order; the OS thread ends when the last of them is gone.
    public func shutdown() {
        inbox.stop()
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        inbox.add(UnownedJob(job))
    }

    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    public func checkIsolated() {
        precondition(isCurrent, "not on the poll thread")
    }

    public func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }

    /// Whether the caller runs on this thread.
    public var isCurrent: Bool {
        pthread_equal(pthread_self(), identity) != 0
    }

    func newTicket() -> UInt64 {
        tickets.add(1, ordering: .relaxed).newValue
    }

    func cancel(_ ticket: UInt64) {
        inbox.cancel(ticket)
    }
}
