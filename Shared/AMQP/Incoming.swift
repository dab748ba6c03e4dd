/// What the broker says without being asked, each message whole.
enum Incoming {
    /// A confirm (`accepted`) or nack of one published message, or of all up to it (`multiple`).
    case settled(tag: UInt64, multiple: Bool, accepted: Bool)
    case returned(Returned)
    case delivery(Received)
    case blocked(reason: String)
    case unblocked
    /// The broker ended the consumer.
    case cancelled(consumerTag: String)

    struct Returned {
        var code: Int
        var text: String
        var exchange: String
        var routingKey: String
        var messageID: String?
        var correlationID: String?
    }

    struct Received {
        var tag: UInt64
        var redelivered: Bool
        var exchange: String
        var routingKey: String
        var consumerTag: String
        var properties: AMQPProperties
        var body: [UInt8]
    }
}

extension Delivery {
    init(_ received: Incoming.Received, epoch: Int) {
        self.init(
            deliveryTag: received.tag, epoch: epoch, redelivered: received.redelivered,
            deliveryCount: received.properties.headers["x-delivery-count"]?.intValue ?? 0,
            exchange: received.exchange, routingKey: received.routingKey, properties: received.properties,
            body: received.body, consumerTag: received.consumerTag)
    }
}
