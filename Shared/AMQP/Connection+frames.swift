internal import CRabbitMQ

extension Connection {
    /// The next event among the frames that are already here, in librabbitmq's buffers or the socket's; nil when there is
    /// none. Sends a heartbeat when one is due. Never blocks for reading.
    ///
    /// Throws when the connection is lost, and `closedByPeer` when the broker closed the channel or the connection.
    func next() throws(AMQPError) -> Incoming? {
        if let failure { throw failure }
        var frame = amqp_frame_t()
        while true {
            var immediately = timeval(tv_sec: 0, tv_usec: 0)
            let status = amqp_simple_wait_frame_noblock(state, &frame, &immediately)
            if status == AMQP_STATUS_TIMEOUT.rawValue { return nil }
            guard status == AMQP_STATUS_OK.rawValue else { throw Self.error(status) }
            hasSigns = true
            if let event = try take(frame) { return event }
        }
    }

    private func take(_ frame: amqp_frame_t) throws(AMQPError) -> Incoming? {
        defer { amqp_maybe_release_buffers_on_channel(state, frame.channel) }
        if Int32(frame.frame_type) == AMQP_FRAME_METHOD {
            let method = frame.payload.method
            let ours = frame.channel == channel || frame.channel == keptChannel
            if method.id == MENDLOOP_CONNECTION_CLOSE || (method.id == MENDLOOP_CHANNEL_CLOSE && ours) {
                throw Self.closure(method, acknowledging: (state, frame.channel))
            }
        }
        // Several messages may be on their way at once, each in pieces, on a channel of its own.
        if frame.channel != 0, frame.channel == keptChannel { return try keptAssembler?.take(frame) }
        return try assembler.take(frame)
    }

    /// Puts a message on the wire. Up to a socket buffer's worth does not block; what exceeds it waits for the peer, for
    /// two heartbeats at most.
    func publish(_ message: OutgoingMessage) throws(AMQPError) {
        defer { arena.reset() }
        var properties = arena.properties(message.properties)
        let exchange = arena.bytes(message.exchange)
        let routingKey = arena.bytes(message.routingKey)
        let status = message.body.withUnsafeBytes { body in
            amqp_basic_publish(
                state, channel, exchange, routingKey, message.mandatory ? 1 : 0, 0, &properties,
                amqp_bytes_t(len: body.count, bytes: UnsafeMutableRawPointer(mutating: body.baseAddress)))
        }
        try checkSent(status)
    }

    func limitPrefetch(_ count: Int) throws(AMQPError) {
        amqp_basic_qos(state, channel, 0, UInt16(clamping: count), 0)
        try check()
    }

    /// Starts a consumer; its tag is the answer.
    func consume(_ queue: String, acknowledging: Bool, exclusive: Bool = false, arguments: [String: AMQPValue] = [:])
        throws(AMQPError) -> String
    {
        defer { arena.reset() }
        let ok = amqp_basic_consume(
            state, channel, arena.bytes(queue), amqp_empty_bytes, 0, acknowledging ? 0 : 1, exclusive ? 1 : 0,
            arena.table(arguments))
        let tag = ok.map { Wire.string($0.pointee.consumer_tag) } ?? ""
        try check()
        return tag
    }

    func cancel(consumer tag: String) throws(AMQPError) {
        defer { arena.reset() }
        amqp_basic_cancel(state, channel, arena.bytes(tag))
        try check()
    }
}
