internal import CRabbitMQ

/// Each of these waits for the broker's answer.
extension Connection {
    func check(exchange: String) throws(AMQPError) {
        defer { arena.reset() }
        amqp_exchange_declare(
            state, channel, arena.bytes(exchange), arena.bytes("topic"), 1, 1, 0, 0, amqp_empty_table)
        try check()
    }

    func purge(_ queue: String) throws(AMQPError) -> Int {
        defer { arena.reset() }
        let count = amqp_queue_purge(state, channel, arena.bytes(queue))?.pointee.message_count
        try check()
        return Int(count ?? 0)
    }

    func delete(queue: String) throws(AMQPError) {
        defer { arena.reset() }
        amqp_queue_delete(state, channel, arena.bytes(queue), 0, 0)
        try check()
    }

    func delete(exchange: String) throws(AMQPError) {
        defer { arena.reset() }
        amqp_exchange_delete(state, channel, arena.bytes(exchange), 0)
        try check()
    }

    func get(_ queue: String) throws(AMQPError) -> Delivery? {
        defer { arena.reset() }
        let reply = amqp_basic_get(state, channel, arena.bytes(queue), 1)
        try check(reply)
        guard reply.reply.id == MENDLOOP_BASIC_GET_OK, let decoded = reply.reply.decoded else {
            amqp_maybe_release_buffers_on_channel(state, channel)
            return nil
        }
        let ok = decoded.assumingMemoryBound(to: amqp_basic_get_ok_t.self).pointee
        var message = amqp_message_t()
        try check(amqp_read_message(state, channel, &message, 0))
        defer {
            amqp_destroy_message(&message)
            amqp_maybe_release_buffers_on_channel(state, channel)
        }
        var reader = PropertiesReader()
        let received = Incoming.Received(
            tag: ok.delivery_tag, redelivered: ok.redelivered != 0, exchange: Wire.string(ok.exchange),
            routingKey: Wire.string(ok.routing_key), consumerTag: "", properties: reader.read(message.properties),
            body: Wire.array(message.body))
        return Delivery(received, epoch: 0)
    }
}
