import DomainContracts
import Foundation
import ServiceKit

/// What outsiders have on a broker, and its policies: the part of its definitions that `migrate` does not make. Passwords are in it
/// as the broker's salted hashes.
struct BrokerRecord: Codable, Sendable {
    var users: [JSONValue]
    var permissions: [JSONValue]
    var topicPermissions: [JSONValue]
    var queues: [JSONValue]
    var bindings: [JSONValue]
    var policies: [JSONValue]

    private enum CodingKeys: String, CodingKey {
        case users, permissions, queues, bindings, policies
        case topicPermissions = "topic_permissions"
    }

    /// Leaves away what is the services' own, and other virtual hosts'.
    func ofOutsiders(on virtualHost: String) -> BrokerRecord {
        let users = users.filter { user in user.texts("tags").contains { IdentityTag($0) != nil } }
        let names = Set(users.compactMap { $0.text("name") })
        func isHere(_ value: JSONValue) -> Bool { value.text("vhost") == virtualHost }
        func isTheirs(_ value: JSONValue) -> Bool { isHere(value) && names.contains(value.text("user") ?? "") }
        // A queue is called after its user: `adapter-web`, `consumer-finance.book`.
        func isTheirQueue(_ name: String?) -> Bool {
            guard let name else { return false }
            return names.contains { name == $0 || name.hasPrefix($0 + ".") }
        }
        return BrokerRecord(
            users: users, permissions: permissions.filter(isTheirs),
            topicPermissions: topicPermissions.filter(isTheirs),
            queues: queues.filter { isHere($0) && isTheirQueue($0.text("name")) },
            bindings: bindings.filter { isHere($0) && isTheirQueue($0.text("destination")) },
            policies: policies.filter(isHere))
    }

    /// Without these users and what they may do.
    func without(_ known: Set<String>) -> BrokerRecord {
        var record = self
        record.users.removeAll { known.contains($0.text("name") ?? "") }
        record.permissions.removeAll { known.contains($0.text("user") ?? "") }
        record.topicPermissions.removeAll { known.contains($0.text("user") ?? "") }
        return record
    }

    /// The same on a virtual host of another name.
    func moved(to virtualHost: String) -> BrokerRecord {
        func moved(_ values: [JSONValue]) -> [JSONValue] { values.map { $0.with("vhost", .string(virtualHost)) } }
        return BrokerRecord(
            users: users, permissions: moved(permissions), topicPermissions: moved(topicPermissions),
            queues: moved(queues), bindings: moved(bindings), policies: moved(policies))
    }
}

extension JSONValue {
    fileprivate func text(_ member: String) -> String? {
        guard case .object(let members) = self, case .string(let text)? = members[member] else { return nil }
        return text
    }

    /// Of a list, or of a text with commas: RabbitMQ has written tags both ways.
    fileprivate func texts(_ member: String) -> [String] {
        guard case .object(let members) = self else { return [] }
        switch members[member] {
        case .string(let text)?: return text.split(separator: ",").map(String.init)
        case .array(let values)?:
            return values.compactMap { value in
                if case .string(let text) = value { return text }
                return nil
            }
        default: return []
        }
    }

    fileprivate func with(_ member: String, _ value: JSONValue) -> JSONValue {
        guard case .object(var members) = self else { return self }
        members[member] = value
        return .object(members)
    }
}

/// A message taken out of a queue, as a line of a file.
struct SetAsideMessage: Codable, Sendable {
    var queue: String?
    var routingKey: String
    /// The message's own text; base64 where it is none.
    var payload: String
    var encoding: String

    private enum CodingKeys: String, CodingKey {
        case queue, payload
        case routingKey = "routing_key"
        case encoding = "payload_encoding"
    }
}

extension BrokerManagement {
    /// What outsiders have on this virtual host.
    func record() async throws -> BrokerRecord {
        let all: BrokerRecord = try await get("api/definitions")
        return all.ofOutsiders(on: virtualHost)
    }

    /// Gives back what the broker lacks; exchanges must be there. A user that it has keeps the password he has now: an older one
    /// may have been changed because somebody knew it.
    ///
    /// - Returns: the users that came back.
    func restore(_ record: BrokerRecord) async throws -> [String] {
        let known = Set(try await users().map(\.name))
        let lacking = record.without(known).moved(to: virtualHost)
        try await send("POST", "api/definitions", try JSONEncoder().encode(lacking))
        return lacking.users.compactMap { $0.text("name") }.sorted()
    }

    /// Takes up to `count` messages out of a queue for good; none where there is no such queue.
    func take(_ count: Int, from queue: String) async throws -> [SetAsideMessage] {
        let request = [
            "count": JSONValue.int(count), "ackmode": .string("ack_requeue_false"), "encoding": .string("auto"),
        ]
        do {
            let answer = try await send(
                "POST", "api/queues/\(Self.encoded(virtualHost))/\(queue)/get", try JSONEncoder().encode(request))
            return try JSONDecoder().decode([SetAsideMessage].self, from: answer).map { message in
                var message = message
                message.queue = queue
                return message
            }
        } catch BrokerManagementFault.answered(404, _) {
            return []
        }
    }
}
