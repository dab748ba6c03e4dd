internal import CRabbitMQ

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads message properties; the fields whose texts repeat from message to message share their storage.
struct PropertiesReader {
    private var contentType = RepeatedText()
    private var type = RepeatedText()
    private var appID = RepeatedText()
    private var replyTo = RepeatedText()

    mutating func read(_ source: amqp_basic_properties_t) -> AMQPProperties {
        let flags = source._flags
        func has(_ flag: Int32) -> Bool { flags & UInt32(flag) != 0 }
        var target = AMQPProperties(persistent: has(AMQP_BASIC_DELIVERY_MODE_FLAG) && source.delivery_mode == 2)
        if has(AMQP_BASIC_CONTENT_TYPE_FLAG) { target.contentType = contentType.string(source.content_type) }
        if has(AMQP_BASIC_CONTENT_ENCODING_FLAG) { target.contentEncoding = Wire.string(source.content_encoding) }
        if has(AMQP_BASIC_HEADERS_FLAG) { target.headers = Wire.table(source.headers) }
        if has(AMQP_BASIC_PRIORITY_FLAG) { target.priority = source.priority }
        if has(AMQP_BASIC_CORRELATION_ID_FLAG) { target.correlationID = Wire.string(source.correlation_id) }
        if has(AMQP_BASIC_REPLY_TO_FLAG) { target.replyTo = replyTo.string(source.reply_to) }
        if has(AMQP_BASIC_EXPIRATION_FLAG) { target.expiration = Wire.string(source.expiration) }
        if has(AMQP_BASIC_MESSAGE_ID_FLAG) { target.messageID = Wire.string(source.message_id) }
        if has(AMQP_BASIC_TIMESTAMP_FLAG) {
            target.timestamp = Date(timeIntervalSince1970: Double(source.timestamp))
        }
        if has(AMQP_BASIC_TYPE_FLAG) { target.type = type.string(source.type) }
        if has(AMQP_BASIC_USER_ID_FLAG) { target.userID = Wire.string(source.user_id) }
        if has(AMQP_BASIC_APP_ID_FLAG) { target.appID = appID.string(source.app_id) }
        return target
    }
}
