import AMQP
import ArgumentParser
import Foundation
import LocalStack
import ServiceKit

/// Gives programs outside their users of the broker, and takes them away.
struct IdentityDesk: Sendable {
    let management: BrokerManagement
    /// The broker's address, with anybody's name.
    let broker: String

    /// Makes a user and says what it may do.
    ///
    /// - Returns: the address by which it comes in, password included: it is told this once.
    func add(_ identity: BrokerIdentity) async throws -> String {
        if try await find(identity) != nil {
            throw ValidationError("\(identity.user) is there already; rotate gives it another password")
        }
        return try await admit(identity)
    }

    /// Gives a user another password, what its kind may do in this version, and the way out of what it has open.
    func rotate(_ identity: BrokerIdentity) async throws -> String {
        try await expect(identity)
        let address = try await admit(identity)
        try await management.disconnect(identity)
        return address
    }

    func remove(_ identity: BrokerIdentity) async throws {
        try await expect(identity)
        try await management.remove(identity)
        try await management.disconnect(identity)
    }

    struct Listed: Encodable {
        var user: String
        var kind: String
        var connections: Int
    }

    /// By name.
    func list(_ kinds: Set<BrokerIdentity.Kind>) async throws -> [Listed] {
        let connections = try await management.connections()
        return try await management.users().compactMap { user in
            guard let kind = user.tags.compactMap({ IdentityTag($0) }).first?.kind, kinds.contains(kind) else {
                return nil
            }
            return Listed(
                user: user.name, kind: kind.rawValue, connections: connections.count { $0.user == user.name })
        }.sorted { $0.user < $1.user }
    }

    /// The kind of a consumer of this name; nil where there is none.
    func kind(ofConsumer name: String) async throws -> BrokerIdentity.Kind? {
        try await list([.finance, .erp]).first { $0.user == "consumer-\(name)" }.flatMap {
            BrokerIdentity.Kind(rawValue: $0.kind)
        }
    }

    private func admit(_ identity: BrokerIdentity) async throws -> String {
        let password = BrokerPassword()
        try await management.put(identity, hash: password.hash)
        try await management.allow(identity)
        try await management.declareQueue(identity)
        guard let address = ServerURL(broker) else { throw ValidationError("the broker's address is no URL") }
        return address.by(identity.user, password: password.text).text
    }

    private func find(_ identity: BrokerIdentity) async throws -> BrokerManagement.User? {
        try await management.users().first { $0.name == identity.user }
    }

    /// A user of another kind, such as a service's, is none of ours to change.
    private func expect(_ identity: BrokerIdentity) async throws {
        guard let user = try await find(identity), user.tags.contains(IdentityTag(identity.kind).text) else {
            throw ValidationError("the broker has no \(identity.kind.rawValue) \(identity.user)")
        }
    }
}

extension IdentityDesk {
    /// The desk of a private stack.
    static func of(_ stack: LocalStack, virtualHost: String = StackAddresses.mainName) throws -> IdentityDesk {
        let addresses = try stack.addresses()
        let (page, user, password) = addresses.management
        return try IdentityDesk(
            page: page, user: user, password: password, broker: addresses.amqpURL(virtualHost: virtualHost))
    }

    init(page: String, user: String, password: String, broker: String) throws {
        guard let url = URL(string: page) else { throw ValidationError("\(page) is no URL") }
        self.broker = broker
        management = BrokerManagement(
            url: url, user: user, password: password,
            virtualHost: try AMQPConfiguration(url: broker, connectionName: "mendloop").virtualHost)
    }
}

extension Stack {
    /// The desk of the broker that the environment names, else of the folder's.
    func identities() throws -> IdentityDesk {
        guard let broker = try foreignBrokerURL() else { return try .of(local) }
        let settings = Settings()
        return try IdentityDesk(
            page: try settings.string(
                "MENDLOOP_RABBITMQ_MANAGEMENT_URL",
                expected: "the address of RabbitMQ's management interface, beside MENDLOOP_AMQP_URL"),
            user: try settings.string("MENDLOOP_RABBITMQ_USER", expected: "an administrator of the broker"),
            password: try settings.string("MENDLOOP_RABBITMQ_PASSWORD", expected: "his password"), broker: broker)
    }
}
