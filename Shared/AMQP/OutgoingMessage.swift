/// A message to be published.
public struct OutgoingMessage: Sendable, Equatable {
    /// Empty is the default exchange, which routes by queue name.
    public var exchange: String
    public var routingKey: String
    /// An unroutable mandatory message comes back instead of being dropped in silence.
    public var mandatory: Bool
    public var properties: AMQPProperties
    public var body: [UInt8]

    public init(
        exchange: String, routingKey: String, mandatory: Bool = true, properties: AMQPProperties = AMQPProperties(),
        body: [UInt8]
    ) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.mandatory = mandatory
        self.properties = properties
        self.body = body
    }

    /// Refuses what librabbitmq would cut off or fail on in the middle of the frames.
    func validate() throws(AMQPError) {
        try Self.requireShort(exchange, "exchange")
        try Self.requireShort(routingKey, "routing key")
        try Self.requireShort(properties.contentType, "content type")
        try Self.requireShort(properties.contentEncoding, "content encoding")
        try Self.requireShort(properties.correlationID, "correlation id")
        try Self.requireShort(properties.replyTo, "reply-to")
        try Self.requireShort(properties.expiration, "expiration")
        try Self.requireShort(properties.messageID, "message id")
        try Self.requireShort(properties.type, "type")
        try Self.requireShort(properties.userID, "user id")
        try Self.requireShort(properties.appID, "app id")
        if !properties.headers.isEmpty {
            try Wire.requireEncodable(properties.headers, limit: 96 << 10, "headers")
        }
    }

    static func requireShort(_ text: String?, _ what: String) throws(AMQPError) {
        if let text, text.utf8.count > 255 {
            throw .unencodable(reason: "\(what) is longer than 255 bytes")
        }
    }
}

/// What became of a published message.
public enum PublishOutcome: Sendable, Equatable {
    /// The broker has taken responsibility for it; on a quorum queue it is on the disks of a majority.
    case confirmed
    /// No queue took it (mandatory messages only), with the broker's code and text.
    case returned(code: Int, text: String)
    /// The broker refused it (nack), as a full queue with `x-overflow: reject-publish` does.
    case rejected
    /// The connection was lost, or the time for confirming ran out, before the confirm: it may or may not be there.
    case unknown
}
