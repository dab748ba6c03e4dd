internal import CRabbitMQ

extension Arena {
    func properties(_ source: AMQPProperties) -> amqp_basic_properties_t {
        var target = amqp_basic_properties_t()
        var flags = UInt32(AMQP_BASIC_DELIVERY_MODE_FLAG)
        target.delivery_mode = source.persistent ? 2 : 1
        func set(_ field: inout amqp_bytes_t, _ text: String?, _ flag: Int32) {
            guard let text else { return }
            field = bytes(text)
            flags |= UInt32(flag)
        }
        set(&target.content_type, source.contentType, AMQP_BASIC_CONTENT_TYPE_FLAG)
        set(&target.content_encoding, source.contentEncoding, AMQP_BASIC_CONTENT_ENCODING_FLAG)
        set(&target.correlation_id, source.correlationID, AMQP_BASIC_CORRELATION_ID_FLAG)
        set(&target.reply_to, source.replyTo, AMQP_BASIC_REPLY_TO_FLAG)
        set(&target.expiration, source.expiration, AMQP_BASIC_EXPIRATION_FLAG)
        set(&target.message_id, source.messageID, AMQP_BASIC_MESSAGE_ID_FLAG)
        set(&target.type, source.type, AMQP_BASIC_TYPE_FLAG)
        set(&target.user_id, source.userID, AMQP_BASIC_USER_ID_FLAG)
        set(&target.app_id, source.appID, AMQP_BASIC_APP_ID_FLAG)
        if !source.headers.isEmpty {
            target.headers = table(source.headers)
            flags |= UInt32(AMQP_BASIC_HEADERS_FLAG)
        }
        if let priority = source.priority {
            target.priority = priority
            flags |= UInt32(AMQP_BASIC_PRIORITY_FLAG)
        }
        if let timestamp = source.timestamp {
            target.timestamp = Self.seconds(timestamp)
            flags |= UInt32(AMQP_BASIC_TIMESTAMP_FLAG)
        }
        target._flags = flags
        return target
    }
}
