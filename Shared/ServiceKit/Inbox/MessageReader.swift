import Crypto
import DomainContracts
import Foundation

/// Turns what the broker gave into items to decide about.
struct MessageReader: Sendable {
    enum Reading: Sendable {
        case item(BatchItem)
        case unreadable(UnreadableMessage)
    }

    /// What the wire contract allows, in bytes; photos and signatures travel by reference.
    static let largestBody = 256 << 10

    let definition: ServiceDefinition

    func read(_ incoming: IncomingMessage, parked: ParkedMessage? = nil) -> Reading {
        let origin = parked.map(BatchItem.Origin.parked) ?? .delivery(incoming)
        if incoming.body.count > Self.largestBody {
            return undecodable(Self.tooLarge(incoming.body.count), routeByKey(incoming), incoming, parked)
        }
        let type: String
        do {
            type = try incoming.wireType()
        } catch {
            return undecodable(Self.undecodable(error), routeByKey(incoming), incoming, parked)
        }
        guard incoming.keyNames(type) else {
            return undecodable(Self.misnamed(type, by: incoming.routingKey), routeByKey(incoming), incoming, parked)
        }
        guard let route = definition.routes[type] else {
            return .unreadable(UnreadableMessage(incoming: incoming, fault: .unknownType(type), parked: parked))
        }
        do {
            let decoded = try incoming.decode(route)
            if let channel = route.channel(in: incoming.routingKey), !decoded.envelope.isOf(channel) {
                return .item(foreign(decoded.envelope, channel, route, origin, incoming))
            }
            return .item(item(decoded, route, origin, incoming))
        } catch {
            let problem = WireJSON.problem(from: error)
            guard route.kind == .command, problem.code != "undecodable",
                let envelope = incoming.envelopeIfReadable()
            else { return undecodable(problem, route.kind == .command ? route : nil, incoming, parked) }
            return .item(refusedItem(problem, envelope, route, origin, incoming))
        }
    }

    private func item(
        _ decoded: DecodedMessage, _ route: MessageRoute, _ origin: BatchItem.Origin, _ incoming: IncomingMessage
    ) -> BatchItem {
        var keys = Keys()
        route.keys(decoded.message, &keys)
        return BatchItem(
            origin: origin, envelope: decoded.envelope, channel: route.channel(in: incoming.routingKey), keys: keys,
            route: route,
            decide: { turn throws(Refusal) in try route.decide(decoded.message, &turn) },
            answerAgain: { turn in route.answerAgain(decoded.message, &turn) },
            bodyHash: route.kind == .command ? Self.hash(decoded.message) : nil)
    }

    private func refusedItem(
        _ problem: Problem, _ envelope: Envelope, _ route: MessageRoute, _ origin: BatchItem.Origin,
        _ incoming: IncomingMessage
    ) -> BatchItem {
        BatchItem(
            origin: origin, envelope: envelope, channel: route.channel(in: incoming.routingKey), keys: Keys(),
            route: route, decide: { _ throws(Refusal) in throw Refusal(problem) }, answerAgain: { _ in nil },
            bodyHash: Array(SHA256.hash(data: incoming.body)))
    }

    /// Under the key of one channel with another's source: refused, and kept under the key, so that it takes nothing from what the other
    /// says under the same id.
    private func foreign(
        _ envelope: Envelope, _ channel: String, _ route: MessageRoute, _ origin: BatchItem.Origin,
        _ incoming: IncomingMessage
    ) -> BatchItem {
        let problem = Refusal.forbidden(
            "The channel, the source and the routing key's last word must say the same", pointer: "/source"
        ).problem
        var envelope = envelope
        envelope.source = "/misnamed/\(incoming.routingKey)"
        return refusedItem(problem, envelope, route, origin, incoming)
    }

    /// A command's sender gets a rejection; an event of ours that cannot be read is a dead letter and nothing more.
    private func undecodable(
        _ problem: Problem, _ route: MessageRoute?, _ incoming: IncomingMessage, _ parked: ParkedMessage?
    ) -> Reading {
        guard let route, parked == nil else {
            return .unreadable(UnreadableMessage(incoming: incoming, fault: .undecodable(problem), parked: parked))
        }
        let envelope =
            incoming.envelopeIfReadable()
            ?? Envelope(
                id: incoming.fallbackId, source: "/undecodable/\(incoming.routingKey)", type: route.wireType)
        var item = refusedItem(problem, envelope, route, .delivery(incoming), incoming)
        item.isUndecodable = true
        return .item(item)
    }

    /// The command a routing key names, for bodies that do not say it themselves.
    private func routeByKey(_ incoming: IncomingMessage) -> MessageRoute? {
        definition.routes.values.first { route in
            route.kind == .command && incoming.keyNames(route.wireType)
        }
    }

    /// Data of the same meaning hash the same, whatever the order of members and the white space.
    private static func hash(_ message: any Message) -> [UInt8]? {
        guard let bytes = try? WireJSON.canonicalEncoder().encode(message) else { return nil }
        var hash = SHA256()
        hash.update(data: Data(type(of: message).wireType.utf8))
        hash.update(data: bytes)
        return Array(hash.finalize())
    }

    private static func tooLarge(_ size: Int) -> Problem {
        Problem(
            code: "too-large", title: "The message is too large",
            detail: "\(size) bytes; a message has at most \(largestBody)", status: 413)
    }

    private static func misnamed(_ type: String, by key: String) -> Problem {
        Problem(
            code: "forbidden", title: "The routing key names another message", detail: "\(key) does not name \(type)",
            status: 403)
    }

    private static func undecodable(_ error: any Error) -> Problem {
        Problem(
            code: "undecodable", title: "The message cannot be read",
            detail: WireJSON.problem(from: error).detail ?? "no JSON object with a type", status: 400)
    }
}

extension Envelope {
    /// Whether it is of a channel, or of the system outside that has its name: `/adapters/web`, `/consumers/erp`.
    fileprivate func isOf(_ channel: String) -> Bool { source.hasSuffix("/\(channel)") }
}

extension MessageRoute {
    /// `intake.report-repair`, the key without its channel.
    var commandKey: String { IncomingMessage.key(ofType: wireType) }

    /// What follows the command in the routing key: the authority on the channel.
    func channel(in routingKey: String) -> String? {
        let key = commandKey
        guard kind == .command, routingKey.count > key.count + 1, routingKey.hasPrefix(key + ".") else { return nil }
        return String(routingKey.dropFirst(key.count + 1))
    }
}

extension IncomingMessage {
    /// Tells messages apart whose envelope cannot be read: the AMQP id, else a hash of the bytes.
    var fallbackId: String {
        properties.messageID ?? SHA256.hash(data: body).prefix(16).map { String($0, radix: 16) }.joined()
    }

    /// Whether the routing key names what the message says it is. The broker's permissions hold for keys: whoever may say one
    /// thing must not say another under its key.
    package func keyNames(_ type: String) -> Bool {
        let key = Self.key(ofType: type)
        return routingKey == key || routingKey.hasPrefix(key + ".")
    }

    /// `intake.report-repair` of `mendloop.intake.report-repair.v1`.
    fileprivate static func key(ofType type: String) -> String {
        type.split(separator: ".").dropFirst().dropLast().joined(separator: ".")
    }

    fileprivate func decode(_ route: MessageRoute) throws -> DecodedMessage { try route.decode(self) }
}
