/// Everything that can go wrong between Mendloop and the broker. Reasons are the library's or the broker's own words;
/// none holds a password.
public enum AMQPError: Error, Sendable, Equatable {
    /// The address could not be reached, or the handshake (TLS included) failed.
    case connect(host: String, port: Int, reason: String)
    /// The broker refused the user's name or password.
    case authentication(user: String, reason: String)
    /// The broker closed the channel or the connection, with its AMQP reply code and text.
    case closedByPeer(code: Int, text: String)
    /// An exchange or queue exists with other properties than those declared.
    case mismatch(entity: String, text: String)
    /// The broker ended the consumer of this queue: the queue was deleted or its leader is gone.
    case consumerCancelled(queue: String)
    /// No queue takes this routing key: the mandatory message came back.
    case unroutable(exchange: String, routingKey: String, text: String)
    /// The peer said nothing for nearly two heartbeats.
    case heartbeatMissed
    /// An answer did not come in time.
    case timeout(String)
    /// The connection broke: end of file, reset, or bytes that are not AMQP.
    case connectionLost(reason: String)
    /// There is no connection, and none came within the time the caller was willing to wait.
    case notConnected
    /// The broker has stopped taking messages (memory or disk alarm), with its reason.
    case blocked(reason: String)
    /// The object was closed by its owner.
    case closed
    /// The URL is not one of a broker.
    case malformedURL(reason: String)
    /// The message or name cannot be put on the wire: a name over 255 bytes, headers over 96 KiB.
    case unencodable(reason: String)

    /// True when the queue is known and its node not up yet: for a while after a broker has started.
    public var isQueueDown: Bool {
        if case .closedByPeer(404, let text) = self { return text.contains("is down or inaccessible") }
        return false
    }

    /// Somebody listened and hung up in the middle of the greeting: a broker that is starting, or too busy to answer in time.
    public var isHangUp: Bool {
        switch self {
        case .connect(_, _, let reason): reason.contains("closed unexpectedly")
        case .connectionLost: true
        default: false
        }
    }

    /// True when no single message is to blame: waiting and trying again may help, and it costs no message an attempt.
    public var isDependencyFault: Bool {
        switch self {
        case .connect, .authentication, .consumerCancelled, .heartbeatMissed, .timeout, .connectionLost, .notConnected,
            .blocked, .closed:
            true
        case .closedByPeer(let code, _):
            // Content too large, no route, no consumer, access refused, not found, precondition failed: what was asked
            // is at fault, and asking again gives the same answer.
            isQueueDown || ![311, 312, 313, 403, 404, 406].contains(code)
        case .mismatch, .unroutable, .malformedURL, .unencodable:
            false
        }
    }
}

extension AMQPError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .connect(let host, let port, let reason): "cannot connect to \(host):\(port): \(reason)"
        case .authentication(let user, let reason): "the broker refused user \(user): \(reason)"
        case .closedByPeer(let code, let text): "closed by the broker: \(code) \(text)"
        case .mismatch(let entity, let text): "\(entity) exists with other properties: \(text)"
        case .consumerCancelled(let queue): "the broker ended the consumer of queue \(queue)"
        case .unroutable(let exchange, let key, let text): "no queue takes \(key) from exchange \(exchange): \(text)"
        case .heartbeatMissed: "the broker missed its heartbeats"
        case .timeout(let what): "no answer in time: \(what)"
        case .connectionLost(let reason): "the connection broke: \(reason)"
        case .notConnected: "not connected"
        case .blocked(let reason): "the broker takes no messages: \(reason)"
        case .closed: "closed"
        case .malformedURL(let reason): "malformed broker URL: \(reason)"
        case .unencodable(let reason): "cannot be encoded: \(reason)"
        }
    }
}
