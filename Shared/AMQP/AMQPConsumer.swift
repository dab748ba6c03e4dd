public import PollThread

/// Takes messages from one queue, over a connection and a thread of its own, and hands them out in batches. It connects
/// at the first `nextBatch`, and again after each loss, with growing delays. Close it when done.
public actor AMQPConsumer: LineKeeping {
    public nonisolated let thread: PollThread
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    let line: Line
    private let source: Topology.Queue
    private let declaresQueue: Bool
    private let bindings: [Topology.Binding]
    private let prefetch: Int
    private let arguments: [String: AMQPValue]

    private var ready = DeliveryBuffer()
    private var ledger = DeliveryLedger()
    private var consumerTag = ""
    private var isSuspended = false
    /// What `nextBatch` has yet to tell its caller.
    private var untold: AMQPError?
    /// Consumers of the queue, and when to count them again.
    private var sharing: (count: Int, until: ContinuousClock.Instant)?
    private static let countingInterval = Duration.seconds(5)
    /// When to look whether a queue that is not durable still is there.
    private var lookAtQueue = ContinuousClock.now
    private static let lookingInterval = Duration.seconds(5)

    /// `prefetch` (1…65535) is how many messages may be here unacknowledged; `isDurable` false for a queue that goes with its
    /// node; `arguments` are the consumer's, such as `x-stream-offset`.
    public init(
        _ configuration: AMQPConfiguration, queue: String, isDurable: Bool = true, prefetch: Int,
        arguments: [String: AMQPValue] = [:], backoff: Backoff = .default
    ) {
        thread = PollThread(name: "amqp-consume")
        line = Line(configuration, backoff)
        source = Topology.Queue(queue, durable: isDurable)
        declaresQueue = false
        bindings = []
        self.prefetch = prefetch
        self.arguments = arguments
    }

    /// Consumes from a queue that lives as long as the connection: it is declared exclusive and auto-delete, with
    /// `bindings` (their `queue` is ignored), each time the connection is made. What is published in between is missed.
    public init(
        _ configuration: AMQPConfiguration, exclusiveReplyQueue queue: String, bindings: [Topology.Binding] = [],
        prefetch: Int, backoff: Backoff = .default
    ) {
        thread = PollThread(name: "amqp-consume")
        line = Line(configuration, backoff)
        source = Topology.Queue(queue, durable: false, exclusive: true, autoDelete: true)
        declaresQueue = true
        self.bindings = bindings
        self.prefetch = prefetch
        arguments = [:]
    }

    public var isConnected: Bool { line.connection != nil }

    /// Why there is no connection.
    public var lastError: AMQPError? { line.lastError }

    /// Why the last connection that stood was lost, whatever has failed since.
    public var lastLoss: AMQPError? { line.lastLoss }

    /// Waits for at least one message, then gives everything that is already here, up to `limit`, in the order of
    /// delivery. Connections lost on the way are made again without a word. Empty when `suspend` came while it waited,
    /// and after `close`; a call made while suspended waits for `resume`.
    ///
    /// Throws `CancellationError`, and, as `AMQPError`, what waiting does not mend by itself: `authentication`,
    /// `closedByPeer` (the queue or vhost is not there, or not for this user), `consumerCancelled`. The consumer goes on trying all the same: call again when it suits.
    public func nextBatch(limit: Int) async throws -> [Delivery] {
        start()
        let wasSuspended = isSuspended
        if let connection = line.connection { tryDraining(connection) }
        while ready.isEmpty {
            if line.isClosed || (isSuspended && !wasSuspended) { return [] }
            if let error = untold {
                untold = nil
                throw error
            }
            try await change(until: nil)
        }
        let batch = ready.take(max(1, limit))
        if let last = batch.last { ledger.handedOut(through: last.deliveryTag) }
        return batch
    }

    /// Where messages are here that are not handed out, waits until there are `count`, for at most `limit`. Returns at once
    /// when none is here, and when `suspend` or `close` comes.
    public func gather(_ count: Int, within limit: Duration) async {
        let deadline = ContinuousClock.now + limit
        if let connection = line.connection { tryDraining(connection) }
        while !ready.isEmpty, ready.count < count, !isSuspended, !line.isClosed, ContinuousClock.now < deadline {
            guard (try? await change(until: deadline)) != nil else { return }
        }
    }

    /// How many consumers share the queue, this one among them, as the broker said within the last five seconds; 1 while
    /// there is no connection.
    public func consumerCount() -> Int {
        if let sharing, ContinuousClock.now < sharing.until { return sharing.count }
        var count = 1
        send { (connection) throws(AMQPError) in
            count = max(1, try connection.declare(source, passive: true).consumerCount)
        }
        sharing = (count, .now + Self.countingInterval)
        return count
    }

    /// Acknowledges this message and every earlier one of its epoch. One of an older epoch is ignored: the broker
    /// delivers those messages again.
    public func acknowledge(through delivery: Delivery) {
        guard delivery.epoch == ledger.epoch, let tag = ledger.settle(through: delivery.deliveryTag) else { return }
        send { (connection) throws(AMQPError) in try connection.acknowledge(tag, multiple: true) }
    }

    /// Acknowledges this message alone.
    public func acknowledge(_ delivery: Delivery) {
        guard delivery.epoch == ledger.epoch, ledger.settle(delivery.deliveryTag) else { return }
        send { (connection) throws(AMQPError) in try connection.acknowledge(delivery.deliveryTag, multiple: false) }
    }

    /// Gives this message back: to its queue, or (`requeue` false) to the queue's dead-letter exchange.
    public func reject(_ delivery: Delivery, requeue: Bool) {
        guard delivery.epoch == ledger.epoch, ledger.settle(delivery.deliveryTag) else { return }
        send { (connection) throws(AMQPError) in try connection.reject(delivery.deliveryTag, requeue: requeue) }
    }

    /// Holds nothing from now on: whatever is here unacknowledged goes back to the queue. The connection stays.
    public func suspend() {
        guard !isSuspended else { return }
        isSuspended = true
        if let connection = line.connection {
            send { (connection) throws(AMQPError) in
                try connection.cancel(consumer: consumerTag)
                try connection.closeChannel()
            }
            tryDraining(connection)
        }
        forget()
        announceChange()
    }

    /// Consumes again after `suspend`.
    public func resume() {
        guard isSuspended else { return }
        isSuspended = false
        if let connection = line.connection {
            send { (connection) throws(AMQPError) in try self.consume(connection) }
            tryDraining(connection)
        }
        announceChange()
    }

    /// Says goodbye to the broker; what is unacknowledged goes back to the queue.
    public func close() async {
        await stop()
    }

    func prepare(_ connection: Connection) throws(AMQPError) {
        if !isSuspended { try consume(connection) }
    }

    private func consume(_ connection: Connection) throws(AMQPError) {
        forget()
        try connection.openChannel()
        try connection.limitPrefetch(prefetch)
        if declaresQueue {
            _ = try connection.declare(source)
            for binding in bindings {
                var binding = binding
                binding.queue = source.name
                try connection.bind(binding)
            }
        }
        consumerTag = try connection.consume(source.name, acknowledging: true, arguments: arguments)
        lookAtQueue = .now + Self.lookingInterval
        // Whatever it was, it has mended.
        untold = nil
        sharing = nil
    }

    /// When a node of a cluster dies, each other node forgets the queues that went with it, by their names. One that has been declared
    /// anew before the last of them did so is forgotten as well: nothing comes any more, and nobody is told (RabbitMQ 3.10).
    func checkDeadlines(_ now: ContinuousClock.Instant) throws(AMQPError) -> ContinuousClock.Instant? {
        guard !source.durable, !isSuspended, let connection = line.connection else { return nil }
        if now >= lookAtQueue {
            lookAtQueue = now + Self.lookingInterval
            // Throws where there is none; one without consumers is another of the same name.
            let isHeard = try connection.declare(source, passive: true).consumerCount > 0
            if !isHeard { throw .consumerCancelled(queue: source.name) }
        }
        return lookAtQueue
    }

    func handle(_ event: Incoming) throws(AMQPError) {
        switch event {
        case .delivery(let received):
            ledger.arrived(received.tag)
            ready.append(Delivery(received, epoch: ledger.epoch))
        case .cancelled(let tag) where tag == consumerTag:
            throw .consumerCancelled(queue: source.name)
        default:
            break
        }
    }

    func handledAll() {
        if !ready.isEmpty { announceChange() }
    }

    func lost(_ error: AMQPError) {
        forget()
        // The first is the cause: what later attempts meet, such as no queue after the end of its consumer, follows from it.
        guard untold == nil else { return }
        switch error {
        case .authentication, .consumerCancelled, .mismatch, .closedByPeer(530, _): untold = error
        case .closedByPeer where !error.isDependencyFault: untold = error
        default: break
        }
    }

    /// A new epoch: what was handed out can no longer be acknowledged, what was not is never handed out.
    private func forget() {
        ready = DeliveryBuffer()
        ledger.beginEpoch()
        consumerTag = ""
    }

    private func send(_ body: (Connection) throws(AMQPError) -> Void) {
        guard let connection = line.connection else { return }
        do throws(AMQPError) {
            try body(connection)
        } catch {
            giveUp(connection, error)
        }
    }

    private func tryDraining(_ connection: Connection) {
        guard line.connection === connection else { return }
        do throws(AMQPError) {
            try drain(connection)
        } catch {
            giveUp(connection, error)
        }
    }
}
