public import PollThread

/// Asks and awaits the answer, by direct reply-to: the reply comes back to this connection, with no queue in between.
/// It connects at the first request, and again after each loss. Requests may overlap. Close it when done.
public actor AMQPRequester: LineKeeping {
    public nonisolated let thread: PollThread
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private typealias Answer = Result<Delivery, AMQPError>

    private struct Pending {
        /// The channel that the reply comes on.
        let channel: UInt16
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<Answer, Never>
    }

    let line: Line
    private var pending: [String: Pending] = [:]
    private var asked: UInt64 = 0
    /// A reply did not come on the channel in use: no more is asked on it.
    private var isDoubtful = false
    /// Tells this requester's own correlation ids from those of another life of it.
    private let life = UInt64.random(in: .min ... .max)

    public init(_ configuration: AMQPConfiguration, backoff: Backoff = .default) {
        thread = PollThread(name: "amqp-request")
        line = Line(configuration, backoff)
    }

    public var isConnected: Bool { line.connection != nil }

    /// Why there is no connection.
    public var lastError: AMQPError? { line.lastError }

    /// Sends the message, mandatory and with this requester's `replyTo`, and waits for the reply with the same
    /// correlation id: the message's own, or one made here.
    ///
    /// Throws `unroutable` when nobody takes the routing key, `timeout` when no reply came within `timeout` (waiting for a
    /// connection included), `connectionLost` and its like when the connection broke meanwhile (the request may have been
    /// carried out), and what `AMQPPublisher.publish` throws.
    public func request(_ message: OutgoingMessage, timeout: Duration) async throws(AMQPError) -> Delivery {
        let deadline = ContinuousClock.now + timeout
        var message = message
        asked += 1
        let correlation = message.properties.correlationID ?? "\(String(life, radix: 36))-\(asked)"
        message.properties.correlationID = correlation
        message.properties.replyTo = "amq.rabbitmq.reply-to"
        message.mandatory = true
        try message.validate()
        var connection = try await ready(until: deadline)
        if isDoubtful, connection.keptChannel == nil {
            do throws(AMQPError) {
                try takeAnotherChannel(connection)
            } catch {
                giveUp(connection, error)
                connection = try await ready(until: deadline)
            }
        }
        guard pending[correlation] == nil else {
            throw .unencodable(reason: "a request with the correlation id \(correlation) is still open")
        }
        do throws(AMQPError) {
            try connection.publish(message)
        } catch {
            giveUp(connection, error)
            throw error
        }
        let answer: Answer = await withCheckedContinuation {
            pending[correlation] = Pending(channel: connection.channel, deadline: deadline, continuation: $0)
            lookAgain(by: deadline)
        }
        return try answer.get()
    }

    /// Says goodbye to the broker; open requests throw `closed`.
    public func close() async {
        await stop()
    }

    /// In a cluster, a channel may ask a queue's dead leader for ever, see `AMQPPublisher`; without confirms nobody is told. The
    /// one before stays beside the new one until its own requests are answered or have timed out: replies come on no other.
    private func takeAnotherChannel(_ connection: Connection) throws(AMQPError) {
        connection.keepChannel()
        try prepare(connection)
        // Replies that came while the broker opened it.
        try drain(connection)
    }

    func prepare(_ connection: Connection) throws(AMQPError) {
        isDoubtful = false
        try connection.openChannel()
        _ = try connection.consume("amq.rabbitmq.reply-to", acknowledging: false)
    }

    func handle(_ event: Incoming) throws(AMQPError) {
        switch event {
        case .delivery(let received):
            answer(received.properties.correlationID, .success(Delivery(received, epoch: 0)))
        case .returned(let returned):
            let error = AMQPError.unroutable(
                exchange: returned.exchange, routingKey: returned.routingKey, text: returned.text)
            answer(returned.correlationID, .failure(error))
        case .cancelled:
            throw .consumerCancelled(queue: "amq.rabbitmq.reply-to")
        default:
            break
        }
    }

    func lost(_ error: AMQPError) {
        for correlation in Array(pending.keys) {
            answer(correlation, .failure(error))
        }
    }

    func checkDeadlines(_ now: ContinuousClock.Instant) throws(AMQPError) -> ContinuousClock.Instant? {
        for (correlation, request) in pending where request.deadline <= now {
            if request.channel == line.connection?.channel { isDoubtful = true }
            answer(correlation, .failure(.timeout("the reply to request \(correlation)")))
        }
        if let connection = line.connection, let kept = connection.keptChannel,
            !pending.values.contains(where: { $0.channel == kept })
        {
            try connection.letGoOfKeptChannel()
        }
        return pending.values.lazy.map(\.deadline).min()
    }

    private func answer(_ correlation: String?, _ answer: Answer) {
        guard let correlation, let request = pending.removeValue(forKey: correlation) else { return }
        request.continuation.resume(returning: answer)
    }
}
