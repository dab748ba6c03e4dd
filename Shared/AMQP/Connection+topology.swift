internal import CRabbitMQ

/// Each of these waits for the broker's answer.
extension Connection {
    func selectConfirms() throws(AMQPError) {
        amqp_confirm_select(state, channel)
        try check()
    }

    func declare(_ exchange: Topology.Exchange) throws(AMQPError) {
        try Wire.requireEncodable(exchange.arguments, limit: 96 << 10, "arguments")
        try OutgoingMessage.requireShort(exchange.name, "exchange")
        defer { arena.reset() }
        amqp_exchange_declare(
            state, channel, arena.bytes(exchange.name), arena.bytes(exchange.kind.rawValue), 0,
            exchange.durable ? 1 : 0,
            0, 0, arena.table(exchange.arguments))
        try check()
    }

    /// The queue's name (the broker's choice if empty), and how many messages are ready and consumers there.
    func declare(_ queue: Topology.Queue, passive: Bool = false) throws(AMQPError) -> QueueDepth {
        try Wire.requireEncodable(queue.arguments, limit: 96 << 10, "arguments")
        try OutgoingMessage.requireShort(queue.name, "queue")
        defer { arena.reset() }
        let ok = amqp_queue_declare(
            state, channel, arena.bytes(queue.name), passive ? 1 : 0, queue.durable ? 1 : 0, queue.exclusive ? 1 : 0,
            queue.autoDelete ? 1 : 0, arena.table(queue.arguments))
        let depth = ok.map {
            QueueDepth(
                queue: Wire.string($0.pointee.queue), messageCount: Int($0.pointee.message_count),
                consumerCount: Int($0.pointee.consumer_count))
        }
        try check()
        guard let depth else { throw .connectionLost(reason: "no answer to queue.declare") }
        return depth
    }

    func bind(_ binding: Topology.Binding) throws(AMQPError) {
        try Wire.requireEncodable(binding.arguments, limit: 96 << 10, "arguments")
        defer { arena.reset() }
        amqp_queue_bind(
            state, channel, arena.bytes(binding.queue), arena.bytes(binding.exchange), arena.bytes(binding.key),
            arena.table(binding.arguments))
        try check()
    }

    func unbind(_ binding: Topology.Binding) throws(AMQPError) {
        defer { arena.reset() }
        amqp_queue_unbind(
            state, channel, arena.bytes(binding.queue), arena.bytes(binding.exchange), arena.bytes(binding.key),
            arena.table(binding.arguments))
        try check()
    }

    func acknowledge(_ tag: UInt64, multiple: Bool) throws(AMQPError) {
        try checkSent(amqp_basic_ack(state, channel, tag, multiple ? 1 : 0))
    }

    func reject(_ tag: UInt64, requeue: Bool) throws(AMQPError) {
        try checkSent(amqp_basic_reject(state, channel, tag, requeue ? 1 : 0))
    }
}

/// What a queue holds.
public struct QueueDepth: Sendable, Equatable {
    public var queue: String
    /// Messages ready for delivery; those held by a consumer are not counted.
    public var messageCount: Int
    public var consumerCount: Int
}
