import AMQP
import DomainContracts
import Foundation

/// An answer on its way to who asked: never mandatory, never stored; who lost it asks again.
struct Reply: Sendable {
    let queue: String
    let correlation: String?
    let answer: Answer
    let about: Envelope
    /// The answer of an earlier time, given again.
    var isRepetition = false
    /// The events that the message caused; nil where that is not known any more.
    private(set) var told: [ToldEvents.Told]?

    /// Nil when nobody asked, or asked for the answer to go where it must not: only to a direct reply queue of
    /// RabbitMQ's, to one named `reply.<user>.…`, or to the inbox of the channel that the routing key names.
    init?(to properties: AMQPProperties, answer: Answer, about envelope: Envelope, channel: String? = nil) {
        guard let queue = properties.replyTo,
            queue.hasPrefix("amq.rabbitmq.reply-to.") || queue.hasPrefix("reply.")
                || channel.map({ queue == "adapter-\($0).inbox" }) == true
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
                contentType: "application/cloudevents+json",
                headers: told.map { [ToldEvents.header: .string(ToldEvents.text($0))] } ?? [:], persistent: false,
                correlationID: correlation,
                messageID: envelope.id, type: answer.type, appID: "mendloop-\(service.rawValue)"),
            body: body)
    }
}

extension Reply {
    /// More than any command causes; longer lists are cut, since headers are no place for them.
    private static let mostTold = 50

    /// What each message of a batch told.
    static func told(by effects: [BatchState.TurnEffects]) -> [DedupeKey: [ToldEvents.Told]] {
        var told: [DedupeKey: [ToldEvents.Told]] = [:]
        for turn in effects {
            told[DedupeKey(source: turn.envelope.source, id: turn.envelope.id), default: []] +=
                turn.effects.events.map { ToldEvents.Told(id: $0.envelope.id, type: $0.envelope.type) }
        }
        return told
    }

    func telling(_ told: [DedupeKey: [ToldEvents.Told]]) -> Reply {
        if isRepetition { return self }
        var reply = self
        reply.told = told[DedupeKey(source: about.source, id: about.id)].map { Array($0.prefix(Self.mostTold)) }
        return reply
    }
}
