internal import CRabbitMQ

/// One librabbitmq connection with one open channel, and at times the one before it. Opening it, and the calls that wait for the broker's answer,
/// block the calling thread (bounded by the configuration's timeout), so its owner has a thread of its own; after that,
/// frames are read without blocking. Not Sendable: it never leaves the actor that opened it.
final class Connection {
    let state: OpaquePointer
    let descriptor: Int32
    /// What was agreed with the broker; nil when heartbeats are off.
    let heartbeat: Duration?
    let arena = Arena()
    /// The open channel. Numbers go round, so that frames of a closed channel are told from those of its successor.
    private(set) var channel: UInt16 = 0
    /// Why its owner gave it up.
    var failure: AMQPError?
    /// When the peer last said something, as far as was noticed.
    private(set) var lastHeard = ContinuousClock.now
    /// Something has come since that was last written down.
    var hasSigns = false
    var assembler = Assembler()
    /// Of the channel before, while it is kept open for what still comes on it.
    var keptAssembler: Assembler?
    /// Keeps what librabbitmq got to know while it closed: nothing may be read after that.
    private var isClosed = false

    private init(state: OpaquePointer) {
        self.state = state
        descriptor = amqp_get_sockfd(state)
        let seconds = amqp_get_heartbeat(state)
        heartbeat = seconds > 0 ? .seconds(Int(seconds)) : nil
    }

    deinit {
        // Closes the descriptor. Whoever waits on it holds this object, so nobody waits any more.
        amqp_destroy_connection(state)
    }

    /// Connects to one node and logs in. `heartbeat` false: for owners that do not pump the connection between their calls.
    static func open(
        _ configuration: AMQPConfiguration, at address: AMQPConfiguration.Address, heartbeat: Bool = true
    ) throws(AMQPError) -> Connection {
        guard let state = amqp_new_connection() else { throw connect(address, AMQP_STATUS_NO_MEMORY.rawValue) }
        do throws(AMQPError) {
            try Handshake(configuration: configuration, address: address, state: state).perform(heartbeat: heartbeat)
        } catch {
            amqp_destroy_connection(state)
            throw error
        }
        return Connection(state: state)
    }

    static func connect(_ address: AMQPConfiguration.Address, _ status: Int32) -> AMQPError {
        .connect(host: address.host, port: address.port, reason: reason(status))
    }

    static func reason(_ status: Int32) -> String {
        amqp_error_string2(status).map { String(cString: $0) } ?? "status \(status)"
    }

    /// The error behind a status of librabbitmq.
    static func error(_ status: Int32) -> AMQPError {
        switch status {
        case AMQP_STATUS_HEARTBEAT_TIMEOUT.rawValue: .heartbeatMissed
        case AMQP_STATUS_TIMEOUT.rawValue: .timeout("the broker's answer")
        case AMQP_STATUS_TABLE_TOO_BIG.rawValue: .unencodable(reason: "the table does not fit into a frame")
        default: .connectionLost(reason: reason(status))
        }
    }

    func openChannel() throws(AMQPError) {
        // 16 numbers: more than a broker could still be sending frames for.
        channel = channel % 16 + 1
        assembler.channel = channel
        assembler.drop()
        amqp_channel_open(state, channel)
        try check()
    }

    /// The channel before, if it is kept open.
    var keptChannel: UInt16? { keptAssembler?.channel }

    /// Keeps the open channel for what still comes on it, while another one is opened for what is sent from now on.
    func keepChannel() {
        keptAssembler = assembler
        assembler = Assembler()
    }

    /// Closes the channel that was kept, without waiting: what still comes on it is passed over, the broker's answer too.
    func letGoOfKeptChannel() throws(AMQPError) {
        guard let kept = keptChannel else { return }
        keptAssembler = nil
        var close = amqp_channel_close_t()
        close.reply_code = UInt16(AMQP_REPLY_SUCCESS)
        try checkSent(amqp_send_method(state, kept, MENDLOOP_CHANNEL_CLOSE, &close))
    }

    /// Frames are here that came while the broker's answer to something else was waited for.
    var hasFramesHere: Bool {
        amqp_frames_enqueued(state) != 0 || amqp_data_in_buffer(state) != 0
    }

    /// Closes the channel: what was delivered on it and not acknowledged goes back to its queue.
    func closeChannel() throws(AMQPError) {
        let reply = amqp_channel_close(state, channel, AMQP_REPLY_SUCCESS)
        assembler.channel = 0
        assembler.drop()
        try check(reply)
    }

    /// Says goodbye. The object must not be used for anything else afterwards.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        if failure == nil {
            amqp_connection_close(state, AMQP_REPLY_SUCCESS)
        }
        failure = failure ?? .closed
        mendloop_amqp_shutdown(descriptor)
    }

    /// Gives it up without a word; every wait on the descriptor ends.
    func abandon(_ error: AMQPError) {
        guard failure == nil else { return }
        failure = error
        mendloop_amqp_shutdown(descriptor)
    }

    /// Writes down what was heard. Heartbeats are swallowed inside librabbitmq, so that whoever looked late (the thread
    /// was busy, the process stopped) cannot tell silence from heartbeats that were read meanwhile, and waits for another.
    func noteSigns(now: ContinuousClock.Instant, plannedLook: ContinuousClock.Instant?) {
        if hasSigns {
            lastHeard = now
            hasSigns = false
        } else if let heartbeat, let plannedLook, now > plannedLook + heartbeat / 4 {
            lastHeard = max(lastHeard, now - heartbeat)
        }
    }

    var isWritable: Bool {
        mendloop_amqp_writable(descriptor) != 0
    }

    /// The answer to the last call that waited for one.
    func check() throws(AMQPError) {
        try check(amqp_get_rpc_reply(state))
        amqp_maybe_release_buffers_on_channel(state, channel)
    }

    func check(_ reply: amqp_rpc_reply_t) throws(AMQPError) {
        switch reply.reply_type {
        case AMQP_RESPONSE_NORMAL:
            hasSigns = true
        case AMQP_RESPONSE_SERVER_EXCEPTION:
            throw Self.closure(reply.reply, acknowledging: (state, channel))
        case AMQP_RESPONSE_LIBRARY_EXCEPTION:
            throw Self.error(reply.library_error)
        default:
            throw .connectionLost(reason: "end of file")
        }
    }

    /// For calls that are sent without waiting for an answer.
    func checkSent(_ status: Int32) throws(AMQPError) {
        if status != AMQP_STATUS_OK.rawValue {
            throw Self.error(status)
        }
    }

    /// The broker's reason for closing, after the close-ok it waits for.
    static func closure(_ method: amqp_method_t, acknowledging end: (state: OpaquePointer, channel: UInt16))
        -> AMQPError
    {
        guard let decoded = method.decoded else { return .connectionLost(reason: "end of file") }
        var nothing: UInt8 = 0
        if method.id == MENDLOOP_CHANNEL_CLOSE {
            let close = decoded.assumingMemoryBound(to: amqp_channel_close_t.self).pointee
            let error = AMQPError.closedByPeer(code: Int(close.reply_code), text: Wire.string(close.reply_text))
            amqp_send_method(end.state, end.channel, MENDLOOP_CHANNEL_CLOSE_OK, &nothing)
            return error
        }
        let close = decoded.assumingMemoryBound(to: amqp_connection_close_t.self).pointee
        let error = AMQPError.closedByPeer(code: Int(close.reply_code), text: Wire.string(close.reply_text))
        amqp_send_method(end.state, 0, MENDLOOP_CONNECTION_CLOSE_OK, &nothing)
        return error
    }
}
