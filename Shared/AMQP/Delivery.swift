/// A message that the broker has handed over.
public struct Delivery: Sendable, Equatable {
    /// Counts deliveries on one channel, from 1.
    public let deliveryTag: UInt64
    /// The generation of the channel it came on: an acknowledgement of an older generation has no effect, because the
    /// broker delivers the message again.
    public let epoch: Int
    public let redelivered: Bool
    /// How often a quorum queue had delivered it before (`x-delivery-count`); 0 the first time, and on other queues.
    public let deliveryCount: Int
    public let exchange: String
    public let routingKey: String
    public let properties: AMQPProperties
    public let body: [UInt8]
    public let consumerTag: String
}
