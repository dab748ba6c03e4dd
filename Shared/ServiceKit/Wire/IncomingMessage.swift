import AMQP
import DomainContracts
import Foundation

/// A message as the broker gave it, before anybody knows whether it can be read.
package struct IncomingMessage: Sendable {
    let routingKey: String
    let properties: AMQPProperties
    let body: [UInt8]

    package init(routingKey: String, properties: AMQPProperties, body: [UInt8]) {
        self.routingKey = routingKey
        self.properties = properties
        self.body = body
    }

    /// The `type` that says which contract the data follow: the AMQP property, else the body's or the header's.
    package func wireType() throws -> String {
        if let type = properties.type, type.hasPrefix("mendloop.") { return type }
        if isBinaryMode { return try binaryEnvelope().type }
        return try WireJSON.decoder().decode(TypeOnly.self, from: Data(body)).type
    }

    func decode<M: Message>(_ type: M.Type) throws -> DecodedMessage {
        let event = try decodeData(M.self)
        return DecodedMessage(envelope: event.envelope, message: event.data)
    }

    /// Structured or binary CloudEvents, told apart by the content type as the HTTP binding does.
    package func decodeData<D: Codable & Sendable>(_ type: D.Type) throws -> CloudEvent<D> {
        if isBinaryMode {
            let envelope = try binaryEnvelope()
            let data = try WireJSON.decoder().decode(DataOnly<D>.self, from: Data(#"{"data":"#.utf8 + body + "}".utf8))
            return CloudEvent(envelope, data.data)
        }
        return try WireJSON.decoder().decode(CloudEvent<D>.self, from: Data(body))
    }

    /// The envelope alone, when the data cannot be read; nil when not even that can.
    package func envelopeIfReadable() -> Envelope? {
        isBinaryMode ? try? binaryEnvelope() : try? WireJSON.decoder().decode(Envelope.self, from: Data(body))
    }

    private var isBinaryMode: Bool {
        !(properties.contentType ?? "application/cloudevents+json").hasPrefix("application/cloudevents")
    }

    /// The attributes from `ce-`, `cloudEvents_` or `cloudEvents:` headers.
    private func binaryEnvelope() throws -> Envelope {
        var attributes: [String: String] = [:]
        for (name, value) in properties.headers {
            guard let prefix = Self.attributePrefixes.first(where: { name.lowercased().hasPrefix($0) }) else {
                continue
            }
            attributes[String(name.dropFirst(prefix.count)).lowercased()] = value.text
        }
        return try WireJSON.decoder().decode(Envelope.self, from: WireJSON.encoder().encode(attributes))
    }

    private static let attributePrefixes = ["ce-", "cloudevents_", "cloudevents:"]

    private struct TypeOnly: Decodable { let type: String }
    private struct DataOnly<D: Decodable>: Decodable { let data: D }
}

extension AMQPValue {
    /// Header values as the text CloudEvents attributes are.
    fileprivate var text: String? {
        switch self {
        case .string(let text): text
        case .int(let number): String(number)
        case .bool(let flag): String(flag)
        case .date(let date): RFC3339.format(date)
        default: nil
        }
    }
}
