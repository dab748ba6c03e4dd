public import PollThread

/// Publishes with confirms, over a connection and a thread of its own. It connects at the first publish, and again after
/// each loss, with growing delays. Messages of one call go out in order; calls may overlap. Close it when done.
public actor AMQPPublisher: LineKeeping {
    public nonisolated let thread: PollThread
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    let line: Line
    var window = ConfirmWindow()
    /// Something was rejected on this channel: nothing more is sent on it.
    private var isDoubtful = false
    private let patience: Duration
    private let confirmTimeout: Duration

    /// `patience` is how long a publish waits for a connection that takes messages; `confirmTimeout` how long a message
    /// that is on the wire may stay unconfirmed before its connection is given up.
    public init(
        _ configuration: AMQPConfiguration, backoff: Backoff = .default, patience: Duration = .seconds(10),
        confirmTimeout: Duration = .seconds(30)
    ) {
        thread = PollThread(name: "amqp-publish")
        line = Line(configuration, backoff)
        self.patience = patience
        self.confirmTimeout = confirmTimeout
    }

    public var isConnected: Bool { line.connection != nil }

    /// Whether the broker has stopped taking messages (memory or disk alarm).
    public var isBlocked: Bool { line.blockedReason != nil }

    /// Why there is no connection.
    public var lastError: AMQPError? { line.lastError }

    /// Why the last connection that stood was lost, whatever has failed since.
    public var lastLoss: AMQPError? { line.lastLoss }

    /// Connects now rather than at the first publish. Throws as `publish` does before anything is sent.
    public func connect() async throws(AMQPError) {
        _ = try await ready(until: .now + patience)
    }

    /// Publishes all of them and waits until each is settled. When the connection is lost on the way, those without a
    /// confirm are `unknown`, and so are those not sent yet, so that none overtakes another.
    ///
    /// Throws before anything is sent: `unencodable`, `notConnected`, `blocked`, `authentication`, `closed`. Throws
    /// `closedByPeer` when the broker closes the channel because of a message, such as one to an exchange that is not
    /// there.
    ///
    /// `whenSent` is called on the publisher's thread once all that could be sent is on the wire, before any confirm is
    /// waited for.
    public func publish(
        _ messages: [OutgoingMessage], whenSent: @Sendable () -> Void = {}
    ) async throws(AMQPError) -> [PublishOutcome] {
        for message in messages {
            try message.validate()
        }
        guard !messages.isEmpty else { return [] }
        let deadline = ContinuousClock.now + patience
        var connection = try await ready(until: deadline)
        if isDoubtful, window.isEmpty {
            do throws(AMQPError) {
                try renewChannel(connection)
            } catch {
                giveUp(connection, error)
                connection = try await ready(until: deadline)
            }
        }
        let batch = PublishBatch(messages)
        await send(batch, on: connection)
        whenSent()
        lookAgain(by: batch.begun + confirmTimeout)
        return try await withCheckedContinuation { batch.await($0) }.get()
    }

    /// Publishes one message.
    public func publish(_ message: OutgoingMessage) async throws(AMQPError) -> PublishOutcome {
        try await publish([message])[0]
    }

    /// Says goodbye to the broker. What is still unconfirmed becomes `unknown`.
    public func close() async {
        await stop()
    }

    private func send(_ batch: PublishBatch, on connection: Connection) async {
        var unlooked = 0
        for index in batch.messages.indices {
            // A look at the socket for each 32 KiB: confirms are read while messages go out, and a peer that takes
            // nothing is waited for here, not inside librabbitmq.
            if unlooked >= 32 << 10 || index == 0 {
                guard await hasRoom(connection) else { return batch.abandon(from: index) }
                unlooked = 0
            }
            unlooked += batch.messages[index].body.count + 256
            do throws(AMQPError) {
                try connection.publish(batch.messages[index])
                window.append(batch, index)
            } catch {
                giveUp(connection, error)
                return batch.abandon(from: index)
            }
        }
    }

    /// Waits until the socket takes bytes and the broker messages; false when the connection is gone or patience is out.
    private func hasRoom(_ connection: Connection) async -> Bool {
        let deadline = ContinuousClock.now + patience
        while true {
            do throws(AMQPError) {
                try drain(connection)
            } catch {
                giveUp(connection, error)
            }
            guard line.connection === connection, ContinuousClock.now < deadline else { return false }
            if line.blockedReason != nil {
                if (try? await change(until: deadline)) == nil { return false }
            } else if connection.isWritable {
                return true
            } else if (try? await wait(for: connection.descriptor, .write, until: deadline)) == nil {
                return false
            }
        }
    }

    /// In a cluster, a channel that first published to a queue while its leader was being replaced asks the dead one for ever, and
    /// rejects all that is for that queue (RabbitMQ 3.10). Another channel knows better; where the queue is full, it does no harm.
    private func renewChannel(_ connection: Connection) throws(AMQPError) {
        try connection.closeChannel()
        window = ConfirmWindow()
        try prepare(connection)
    }

    func prepare(_ connection: Connection) throws(AMQPError) {
        isDoubtful = false
        try connection.openChannel()
        try connection.selectConfirms()
    }

    func handle(_ event: Incoming) throws(AMQPError) {
        switch event {
        case .settled(let tag, let multiple, let accepted):
            if !accepted { isDoubtful = true }
            window.settle(through: tag, multiple: multiple, accepted ? .confirmed : .rejected)
        case .returned(let returned):
            window.markReturned(returned)
        default:
            break
        }
    }

    func lost(_ error: AMQPError) {
        window.abandonAll(error)
    }

    func checkDeadlines(_ now: ContinuousClock.Instant) throws(AMQPError) -> ContinuousClock.Instant? {
        guard let oldest = window.oldest else { return nil }
        let due = oldest + confirmTimeout
        guard now >= due else { return due }
        if line.blockedReason == nil { throw .timeout("confirms of published messages") }
        // The broker said that it reads nothing now; a new connection would fare no better, but callers get their answer.
        window.answerUnknown()
        return nil
    }
}
