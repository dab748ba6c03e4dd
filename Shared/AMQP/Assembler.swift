internal import CRabbitMQ

/// Puts the frames of one channel together: a delivery or a return is a method, a header, and as many body frames as it
/// takes. A frame's memory is librabbitmq's and is used again after each frame, so everything is copied here.
struct Assembler {
    /// A body larger than the largest message RabbitMQ takes by default is no message.
    static let largestBody: UInt64 = 128 << 20

    private enum Head {
        case delivery(tag: UInt64, redelivered: Bool, exchange: String, routingKey: String, consumerTag: String)
        case returned(code: Int, text: String, exchange: String, routingKey: String)
    }

    /// The channel whose frames count; those of others are of closed channels. 0 when none is open.
    var channel: UInt16 = 0
    private var head: Head?
    private var properties = AMQPProperties()
    private var body: [UInt8] = []
    private var missing = 0
    private var reader = PropertiesReader()
    private var exchange = RepeatedText()
    private var routingKey = RepeatedText()
    private var consumerTag = RepeatedText()

    /// Forgets a message of which only a part has come.
    mutating func drop() {
        head = nil
        body = []
    }

    /// The event that this frame completes. Methods that close the channel or the connection are the caller's.
    mutating func take(_ frame: amqp_frame_t) throws(AMQPError) -> Incoming? {
        guard frame.channel == 0 || frame.channel == channel else { return nil }
        switch Int32(frame.frame_type) {
        case AMQP_FRAME_METHOD:
            return method(frame.payload.method)
        case AMQP_FRAME_HEADER:
            guard head != nil, let decoded = frame.payload.properties.decoded else { return nil }
            let size = frame.payload.properties.body_size
            guard size <= Self.largestBody else {
                throw .connectionLost(reason: "a body of \(size) bytes was announced")
            }
            properties = reader.read(decoded.assumingMemoryBound(to: amqp_basic_properties_t.self).pointee)
            missing = Int(size)
            return missing == 0 ? finish() : nil
        case AMQP_FRAME_BODY:
            guard head != nil else { return nil }
            let fragment = frame.payload.body_fragment
            let bytes = UnsafeRawBufferPointer(start: fragment.bytes, count: fragment.len)
            missing -= bytes.count
            if body.isEmpty {
                body = [UInt8](bytes)
                if missing > 0 { body.reserveCapacity(bytes.count + missing) }
            } else {
                body.append(contentsOf: bytes)
            }
            return missing <= 0 ? finish() : nil
        default:
            return nil
        }
    }

    private mutating func method(_ method: amqp_method_t) -> Incoming? {
        guard let decoded = method.decoded else { return nil }
        switch method.id {
        case MENDLOOP_BASIC_DELIVER:
            let deliver = decoded.assumingMemoryBound(to: amqp_basic_deliver_t.self).pointee
            head = .delivery(
                tag: deliver.delivery_tag, redelivered: deliver.redelivered != 0,
                exchange: exchange.string(deliver.exchange), routingKey: routingKey.string(deliver.routing_key),
                consumerTag: consumerTag.string(deliver.consumer_tag))
        case MENDLOOP_BASIC_RETURN:
            let back = decoded.assumingMemoryBound(to: amqp_basic_return_t.self).pointee
            head = .returned(
                code: Int(back.reply_code), text: Wire.string(back.reply_text),
                exchange: exchange.string(back.exchange), routingKey: routingKey.string(back.routing_key))
        case MENDLOOP_BASIC_ACK:
            let ack = decoded.assumingMemoryBound(to: amqp_basic_ack_t.self).pointee
            return .settled(tag: ack.delivery_tag, multiple: ack.multiple != 0, accepted: true)
        case MENDLOOP_BASIC_NACK:
            let nack = decoded.assumingMemoryBound(to: amqp_basic_nack_t.self).pointee
            return .settled(tag: nack.delivery_tag, multiple: nack.multiple != 0, accepted: false)
        case MENDLOOP_BASIC_CANCEL:
            let cancel = decoded.assumingMemoryBound(to: amqp_basic_cancel_t.self).pointee
            return .cancelled(consumerTag: Wire.string(cancel.consumer_tag))
        case MENDLOOP_CONNECTION_BLOCKED:
            let blocked = decoded.assumingMemoryBound(to: amqp_connection_blocked_t.self).pointee
            return .blocked(reason: Wire.string(blocked.reason))
        case MENDLOOP_CONNECTION_UNBLOCKED:
            return .unblocked
        default:
            break
        }
        return nil
    }

    private mutating func finish() -> Incoming? {
        guard let head else { return nil }
        defer { drop() }
        switch head {
        case .delivery(let tag, let redelivered, let exchange, let routingKey, let consumerTag):
            return .delivery(
                Incoming.Received(
                    tag: tag, redelivered: redelivered, exchange: exchange, routingKey: routingKey,
                    consumerTag: consumerTag, properties: properties, body: body))
        case .returned(let code, let text, let exchange, let routingKey):
            return .returned(
                Incoming.Returned(
                    code: code, text: text, exchange: exchange, routingKey: routingKey, messageID: properties.messageID,
                    correlationID: properties.correlationID))
        }
    }
}
