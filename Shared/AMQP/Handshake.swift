internal import CRabbitMQ

/// Connecting and logging in: the part that blocks.
struct Handshake {
    let configuration: AMQPConfiguration
    let address: AMQPConfiguration.Address
    let state: OpaquePointer

    func perform(heartbeat: Bool) throws(AMQPError) {
        var timeout = timeval(configuration.timeout)
        amqp_set_handshake_timeout(state, &timeout)
        amqp_set_rpc_timeout(state, &timeout)
        let socket = try makeSocket()
        // One of several that is cut off must not keep us from the others: a round of all takes as long as one alone would.
        var share = timeval(configuration.timeout / configuration.addresses.count)
        let status = amqp_socket_open_noblock(socket, address.host, Int32(address.port), &share)
        guard status == AMQP_STATUS_OK.rawValue else { throw Connection.connect(address, status) }
        let silence = UInt32(2 * configuration.heartbeatSeconds * 1000)
        _ = mendloop_amqp_limit_unsent(amqp_get_sockfd(state), silence)
        try logIn(heartbeat: heartbeat ? configuration.heartbeatSeconds : 0)
    }

    private func makeSocket() throws(AMQPError) -> OpaquePointer {
        let socket = configuration.tls == nil ? amqp_tcp_socket_new(state) : amqp_ssl_socket_new(state)
        guard let socket else { throw Connection.connect(address, AMQP_STATUS_NO_MEMORY.rawValue) }
        if let tls = configuration.tls {
            amqp_ssl_socket_set_verify_peer(socket, tls.verify ? 1 : 0)
            amqp_ssl_socket_set_verify_hostname(socket, tls.verify ? 1 : 0)
            try requireTLS(amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST), "TLS 1.2")
            if tls.verify {
                try requireTLS(amqp_ssl_socket_set_cacert(socket, tls.authorities), tls.authorities)
            }
            if let certificate = tls.certificate, let key = tls.key {
                try requireTLS(amqp_ssl_socket_set_key(socket, certificate, key), "\(certificate), \(key)")
            }
        }
        return socket
    }

    private func requireTLS(_ status: Int32, _ what: String) throws(AMQPError) {
        if status != AMQP_STATUS_OK.rawValue {
            throw .connect(host: address.host, port: address.port, reason: "\(what): \(Connection.reason(status))")
        }
    }

    private func logIn(heartbeat: Int) throws(AMQPError) {
        let arena = Arena()
        // Without connection.blocked a memory alarm is silent; the others make the broker say what it would else do
        // without a word.
        var properties = arena.table([
            "product": "Mendloop", "connection_name": .string(configuration.connectionName),
            "capabilities": .table([
                "connection.blocked": true, "consumer_cancel_notify": true, "publisher_confirms": true,
                "basic.nack": true, "authentication_failure_close": true,
            ]),
        ])
        let reply = mendloop_amqp_login(
            state, configuration.virtualHost, Int32(heartbeat), &properties, configuration.user,
            configuration.password)
        switch reply.reply_type {
        case AMQP_RESPONSE_NORMAL:
            return
        case AMQP_RESPONSE_SERVER_EXCEPTION:
            let error = Connection.closure(reply.reply, acknowledging: (state, 0))
            if case .closedByPeer(403, let text) = error {
                throw .authentication(user: configuration.user, reason: text)
            }
            throw error
        case AMQP_RESPONSE_LIBRARY_EXCEPTION:
            throw Connection.connect(address, reply.library_error)
        default:
            throw Connection.connect(address, AMQP_STATUS_CONNECTION_CLOSED.rawValue)
        }
    }
}

extension timeval {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
