import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// Looks at what an adapter says, and at what becomes of it. Holds no connection: it is told.
struct ConformanceJudge: Sendable {
    static let sizeLimit = 256 * 1_024

    let channel: String
    private(set) var findings: [ConformanceRule: ConformanceFinding] = [:]
    /// Messages that it has looked at.
    private(set) var heard = 0
    /// Data by source and id, and the other way round.
    private var dataById: [String: JSONValue] = [:]
    private var idByData: [JSONValue: String] = [:]
    /// Notifications that nobody has answered for yet.
    private(set) var undelivered: Set<UUID> = []

    init(channel: String) { self.channel = channel }

    /// In the order of the rules; one that was never seen has none.
    var report: [ConformanceFinding] {
        ConformanceRule.allCases.map { findings[$0] ?? ConformanceFinding(rule: $0) }
    }

    var isKept: Bool { findings.values.allSatisfy { $0.broken == 0 } }

    mutating func note(_ rule: ConformanceRule, _ breach: String? = nil) {
        findings[rule, default: ConformanceFinding(rule: rule)].note(breach)
    }

    /// A command of the adapter's.
    mutating func hear(_ key: String, _ properties: AMQPProperties, _ body: [UInt8]) {
        heard += 1
        let message = IncomingMessage(routingKey: key, properties: properties, body: body)
        note(.persistent, properties.persistent ? nil : "message \(heard): delivery_mode is not 2")
        note(.size, body.count <= Self.sizeLimit ? nil : "message \(heard) has \(body.count) bytes")
        guard let type = try? message.wireType(), let envelope = message.envelopeIfReadable() else {
            return note(
                .readable,
                "message \(heard) under \(key): the body is no CloudEvents JSON, and no ce- headers say what it is")
        }
        note(.readable)
        let name = "\(type) \(envelope.id)"
        let command = MessageCatalogue.commands.first { $0.wireType == type }
        note(
            .namedByKey,
            command != nil && message.keyNames(type) && key.hasSuffix(".\(channel)")
                ? nil : "\(name) came under \(key)" + (command == nil ? ", and no command has this type" : ""))
        check(properties, envelope, name)
        guard let command else { return }
        check(command, message, envelope, name)
    }

    private mutating func check(_ properties: AMQPProperties, _ envelope: Envelope, _ name: String) {
        var wrong: [String] = []
        if properties.contentType == nil { wrong.append("content_type is missing") }
        if properties.messageID != envelope.id { wrong.append("message_id is \(properties.messageID ?? "missing")") }
        if properties.type != envelope.type { wrong.append("type is \(properties.type ?? "missing")") }
        note(.properties, wrong.isEmpty ? nil : "\(name): " + wrong.joined(separator: ", "))
    }

    private mutating func check(
        _ command: any Command.Type, _ message: IncomingMessage, _ envelope: Envelope, _ name: String
    ) {
        do {
            try command.read(message)
            note(.valid)
        } catch {
            let faults = WireJSON.problem(from: error).errors.map { "\($0.pointer) \($0.detail)" }
            note(.valid, "\(name): " + (faults.isEmpty ? "\(error)" : faults.joined(separator: ", ")))
        }
        guard let data = try? message.decodeData(JSONValue.self).data else { return }
        let claimed = data["channel"]?.text ?? channel
        note(
            .ownChannel,
            envelope.source == "/adapters/\(channel)" && claimed == channel
                ? nil : "\(name): source is \(envelope.source), data.channel \(claimed)")
        check(repetitionOf: data, of: command, envelope, name)
        if command == ConfirmDelivery.self, let id = data["notificationId"]?.text.flatMap(UUID.init(uuidString:)),
            undelivered.remove(id) != nil
        {
            note(.delivers)
        }
    }

    private mutating func check(
        repetitionOf data: JSONValue, of command: any Command.Type, _ envelope: Envelope, _ name: String
    ) {
        let id = "\(envelope.source) \(envelope.id)"
        if let before = dataById[id] {
            note(.sameAgain, before == data ? nil : "\(name) was sent before with other data")
        }
        dataById[id] = data
        // A report's own id in the channel tells two that say the same from one that came twice. Of the rest nothing does: whoever
        // says “hurry up” twice has said it twice.
        guard command == ReportRepair.self else { return }
        if let before = idByData[data], before != id {
            note(.newIsNew, "\(name) says what \(before) said")
        } else {
            note(.newIsNew)
        }
        idByData[data] = id
    }

    /// A report of its channel was rejected.
    mutating func hear(rejection: ReportRepairRejected) {
        let faults = rejection.problem.errors.map { "\($0.pointer) \($0.detail)" }.joined(separator: ", ")
        note(.taken, "\(rejection.messageId): \(rejection.problem.code)" + (faults.isEmpty ? "" : " \(faults)"))
    }

    /// Somebody is to be told something on its channel.
    mutating func hear(notification: NotificationRequested) { undelivered.insert(notification.notificationId) }

    /// Nothing more will come.
    mutating func close() {
        for id in undelivered.sorted(by: { $0.text < $1.text }) {
            note(.delivers, "notification \(id.text) was not answered")
        }
        undelivered = []
        let reports = findings[.valid]?.kept ?? 0
        if findings[.taken] == nil, reports > 0 { note(.taken) }
    }
}

extension Command {
    fileprivate static func read(_ message: IncomingMessage) throws { _ = try message.decodeData(Self.self) }
}
