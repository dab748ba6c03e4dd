import AMQP
import DomainContracts
import Foundation

@testable import ServiceKit

/// A message on its way. Most travel as values, because encoding costs more than deciding; some travel in the bytes
/// they have on the wire, so that what the contract can carry is held against what the deciders do.
struct SimulatedMessage: Sendable {
    let envelope: Envelope
    let routingKey: String
    let message: any Message
    /// Set for those that are encoded and read back.
    let bytes: [UInt8]?
    /// Tells two bodies under one id apart, where the message is not encoded.
    let body: Int

    var incoming: IncomingMessage {
        IncomingMessage(
            routingKey: routingKey,
            properties: AMQPProperties(
                contentType: "application/cloudevents+json", messageID: envelope.id, type: envelope.type),
            body: bytes ?? [])
    }

    init<M: Message>(_ envelope: Envelope, _ routingKey: String, _ message: M, body: Int = 0, encoded: Bool) throws {
        self.envelope = envelope
        self.routingKey = routingKey
        self.message = message
        self.body = body
        bytes = encoded ? Array(try WireJSON.encoder().encode(CloudEvent(envelope, message))) : nil
    }

    /// For the trace.
    var name: String {
        envelope.nameInTrace
    }
}

extension Envelope {
    /// `assignment-offered 4f2a of 91c0`: the message's and its story's last digits.
    var nameInTrace: String {
        let words = type.split(separator: ".")
        let story = partitionkey.map { " of \($0.suffix(4))" } ?? ""
        return "\(words.dropFirst(2).first ?? "?") \(id.suffix(4))\(story)"
    }
}
