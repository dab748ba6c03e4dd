import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// An example made into a message: envelope, data, key and bytes.
struct TriggeredMessage {
    let outgoing: OutgoingMessage
    /// Pointers to ids that stand for something only the caller can know, and were not named.
    let open: [String]

    /// - Parameter channel: only commands that have a channel take it.
    init(_ example: ContractExample, channel: String, id: String?, changes: [MemberChange], now: Date = Date()) throws {
        let command = example.command
        let id = id ?? UUID.v7().text
        var data = try example.filled(at: now)
        if case .object(let members) = data, members["channel"] != nil {
            try data.set(["channel"], to: .string(channel))
        }
        let speaker: (type: String, id: String) =
            switch example.speaker {
            case .adapter: ("adapter", channel)
            case .customer: ("customer", "oX3kd")
            case .engineer: ("engineer", ContractExample.given)
            case .user: ("user", Person.name)
            }
        var message = JSONValue.object([
            "specversion": .string("1.0"), "id": .string(id), "type": .string(command.wireType),
            "source": .string(command.isChannelled ? "/adapters/\(channel)" : "/mendloop/cli"),
            "time": .string(RFC3339.format(now)), "datacontenttype": .string("application/json"),
            "authtype": .string(speaker.type), "authid": .string(speaker.id), "data": data,
        ])
        for change in changes {
            // What was text stays text, though it may look like a number: a phone, say.
            let isText = message.value(at: change.pointer)?.text != nil && change.value != .null
            try message.set(change.pointer, to: isText ? .string(change.value.text ?? change.text) : change.value)
        }
        if message["authid"] == .string(ContractExample.given) {
            try message.set(["authid"], to: message["data"]?["engineerId"] ?? .string("engineer"))
        }
        if let story = message["data"]?["workOrderId"], story != .string(ContractExample.given) {
            try message.set(["partitionkey"], to: story)
        }
        open = message.pointers(to: ContractExample.given).filter { $0.hasPrefix("/data") }
        for pointer in message.pointers(to: ContractExample.given) {
            let made = JSONValue.string(UUID.v7().text)
            try message.set(pointer.dropFirst().split(separator: "/").map(String.init), to: made)
        }
        outgoing = OutgoingMessage(
            exchange: MendloopTopology.commands,
            routingKey: command.routingKey(channel: command.isChannelled ? channel : nil),
            properties: AMQPProperties(
                contentType: "application/cloudevents+json", messageID: message["id"]?.text ?? id, timestamp: now,
                type: message["type"]?.text ?? command.wireType, appID: "mendloop-cli"),
            body: Array(try WireJSON.canonicalEncoder().encode(message)))
    }
}

/// A message and what was answered.
struct TriggeredExchange: Encodable {
    let exchange: String
    let routingKey: String
    let bytes: Int
    let body: String
    private(set) var replyType: String?
    private(set) var reply: JSONValue?

    init(_ message: TriggeredMessage) {
        exchange = message.outgoing.exchange
        routingKey = message.outgoing.routingKey
        bytes = message.outgoing.body.count
        body = String(decoding: message.outgoing.body, as: UTF8.self)
    }

    mutating func note(_ delivery: Delivery) {
        replyType = delivery.properties.type
        reply = try? WireJSON.decoder().decode(JSONValue.self, from: Data(delivery.body))
    }

    var text: String {
        var lines = ["→ \(exchange)  \(routingKey)  \(bytes) bytes", body]
        if let replyType {
            lines.append("← \(replyType)")
            if let data = reply?["data"] { lines.append((try? Output.json(data)) ?? "") }
        }
        return lines.joined(separator: "\n")
    }
}
