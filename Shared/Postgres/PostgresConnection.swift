internal import CLibPQ
public import PollThread
import Synchronization

/// One session with the server. Calls from several tasks wait for each other in order; the C library is only ever
/// touched on the poll thread, without blocking.
///
/// A task's cancellation cancels its statement on the server, and the session stays usable.
public actor PostgresConnection: ThreadBound {
    public nonisolated let thread: PollThread
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// What the pool needs to know without a hop to the thread. Written on the thread only.
    enum Condition: UInt8, AtomicRepresentable {
        case closed, ready, inTransaction
        /// A call is under way, or the session listens: not to be lent to anybody else.
        case busy
    }

    nonisolated let condition = Atomic<Condition>(.closed)
    /// Set by the pool: the next call may find the session dead since its last use, and then opens a new one.
    nonisolated let mayReconnect = Atomic<Bool>(false)
    /// Set while the latest attempt to connect has failed.
    nonisolated let connectFailure = Mutex<PostgresError?>(nil)

    nonisolated let configuration: PostgresConfiguration
    /// Shared by the connections of a pool.
    nonisolated let servers: ServerMemory
    var session: Session?
    var statements: StatementCache
    var isListening = false
    private var isTaken = false
    private var queue: [CheckedContinuation<Void, Never>] = []

    /// Not yet connected: see `connect()`. All connections of a thread share it; by default each has its own.
    public init(_ configuration: PostgresConfiguration, thread: PollThread = PollThread(name: "postgres")) {
        self.init(configuration, thread: thread, servers: ServerMemory())
    }

    init(_ configuration: PostgresConfiguration, thread: PollThread, servers: ServerMemory) {
        self.configuration = configuration
        self.servers = servers
        self.thread = thread
        self.statements = StatementCache(limit: configuration.preparedStatementLimit)
    }

    /// Whether a session is open, as far as is known.
    public nonisolated var isOpen: Bool {
        condition.load(ordering: .acquiring) != .closed
    }

    /// Ends the session, after the calls under way.
    public func close() async {
        await take()
        defer { release() }
        drop()
    }

    // MARK: one at a time

    /// Waits for this task's turn. Whoever holds the turn ends in bounded time, so waiting needs no cancellation.
    func take() async {
        if isTaken {
            await withCheckedContinuation { queue.append($0) }
        }
        isTaken = true
        if session != nil {
            condition.store(.busy, ordering: .releasing)
        }
    }

    func release() {
        updateCondition()
        if isListening, let session = sessionPointer {
            interruptWaits(on: PQsocket(session))
        }
        if queue.isEmpty {
            isTaken = false
        } else {
            queue.removeFirst().resume()
        }
    }

    /// Whether some call holds the session; a listener then keeps its hands off.
    var isInUse: Bool { isTaken }

    // MARK: the session

    var sessionPointer: OpaquePointer? {
        session?.pointer
    }

    /// The session, opened anew if the pool allows it and it died since its last use.
    func readySession(shielded: Bool = false) async throws -> OpaquePointer {
        if mayReconnect.exchange(false, ordering: .acquiringAndReleasing) {
            if let pointer = sessionPointer, isFit(pointer) {
                return pointer
            }
            drop()
            try await open()
        }
        guard let pointer = sessionPointer else {
            throw PostgresError(kind: .connection(.closed), message: "the session has ended")
        }
        if !shielded {
            try Task.checkCancellation()
        }
        return pointer
    }

    /// Gives up the session. Every caller that holds its pointer must throw next.
    func drop() {
        if let pointer = sessionPointer {
            interruptWaits(on: PQsocket(pointer))
        }
        session = nil
        isListening = false
        statements.forgetAll()
        condition.store(.closed, ordering: .releasing)
    }

    private func updateCondition() {
        guard let pointer = sessionPointer else { return }
        let now: Condition =
            switch PQtransactionStatus(pointer) {
            case PQTRANS_IDLE where !isListening: .ready
            case PQTRANS_INTRANS, PQTRANS_INERROR: .inTransaction
            default: .busy
            }
        condition.store(now, ordering: .releasing)
    }
}
