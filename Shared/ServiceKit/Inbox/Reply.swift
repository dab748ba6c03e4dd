import AMQP
import DomainContracts
import Foundation

/// An answer on its way to who asked: never mandatory, never stored; who lost it asks again.
struct Reply: Sendable {
    let queue: String
    let correlation: String?
    let answer: Answer
    let about: Envelope

    /// Nil when nobody asked, or asked for the answer to go where it must not: only to a direct reply queue of
    /// RabbitMQ's or to one named `reply.<user>.…`.
    init?(to properties: AMQPProperties, answer: Answer, about envelope: Envelope) {
        guard let queue = properties.replyTo,
            queue.hasPrefix("amq.rabbitmq.reply-to.") || queue.hasPrefix("reply.")
        else { return nil }
        self.queue = queue
        correlation = properties.correlationID
        self.answer = answer
        about = envelope
    }

    func message(from service: ServiceName, id: UUID, at now: Date) throws -> OutgoingMessage {
        let envelope = Envelope(
            id: id.text, source: "/mendloop/\(service.rawValue)", type: answer.type, time: now,
            partitionkey: about.partitionkey, correlationid: about.correlationid ?? about.id, causationid: about.id)
        var body = Array(try WireJSON.encoder().encode(envelope))
        body.removeLast()
        body += Array(#","data":"#.utf8) + answer.data + [UInt8(ascii: "}")]
        return OutgoingMessage(
            exchange: "", routingKey: queue, mandatory: false,
            properties: AMQPProperties(
                contentType: "application/cloudevents+json", persistent: false, correlationID: correlation,
                messageID: envelope.id, type: answer.type, appID: "mendloop-\(service.rawValue)"),
            body: body)
    }
}
