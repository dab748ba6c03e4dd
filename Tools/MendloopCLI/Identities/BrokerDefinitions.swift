import ServiceKit

/// Users and what they may do, as a broker imports them: `rabbitmqctl import_definitions`, `load_definitions`.
struct BrokerDefinitions: Encodable {
    var users: [User]
    var permissions: [Permission]
    var queues: [Queue]
    var topicPermissions: [TopicPermission]

    private enum CodingKeys: String, CodingKey {
        case users, permissions, queues
        case topicPermissions = "topic_permissions"
    }

    /// Users who cannot come in until somebody gives them a password.
    init(_ identities: [BrokerIdentity], virtualHost: String) {
        users = identities.map { User($0, hash: "") }
        permissions = identities.map { Permission($0, virtualHost) }
        queues = identities.map { Queue($0, virtualHost) }
        topicPermissions = identities.flatMap { identity in
            identity.keys.map { TopicPermission(identity, $0, virtualHost) }
        }
    }

    struct User: Encodable {
        var name: String
        var passwordHash: String
        var hashingAlgorithm = "rabbit_password_hashing_sha256"
        /// None of RabbitMQ's own, so that management stays closed to it.
        var tags: String

        init(_ identity: BrokerIdentity, hash: String) {
            self.init(name: identity.user, hash: hash, tags: IdentityTag(identity.kind).text)
        }

        init(name: String, hash: String, tags: String) {
            self.name = name
            passwordHash = hash
            self.tags = tags
        }

        private enum CodingKeys: String, CodingKey {
            case name, tags
            case passwordHash = "password_hash"
            case hashingAlgorithm = "hashing_algorithm"
        }
    }

    struct Permission: Encodable {
        var user: String
        var vhost: String
        var configure: String
        var write: String
        var read: String

        init(_ identity: BrokerIdentity, _ virtualHost: String) {
            self.init(
                user: identity.user, vhost: virtualHost, configure: identity.configure, write: identity.write,
                read: identity.read)
        }

        init(user: String, vhost: String, configure: String, write: String, read: String) {
            self.user = user
            self.vhost = vhost
            self.configure = configure
            self.write = write
            self.read = read
        }
    }

    /// Survives brokers' restarts, on the majority of them.
    struct Queue: Encodable {
        var name: String
        var vhost: String
        var durable = true
        var autoDelete = false
        var arguments = ["x-queue-type": "quorum"]

        init(_ identity: BrokerIdentity, _ virtualHost: String) {
            name = identity.queue
            vhost = virtualHost
        }

        private enum CodingKeys: String, CodingKey {
            case name, vhost, durable, arguments
            case autoDelete = "auto_delete"
        }
    }

    struct TopicPermission: Encodable {
        var user: String
        var vhost: String
        var exchange: String
        var write: String
        var read: String

        init(_ identity: BrokerIdentity, _ keys: BrokerIdentity.Keys, _ virtualHost: String) {
            user = identity.user
            vhost = virtualHost
            exchange = keys.exchange
            write = keys.write
            read = keys.read
        }
    }
}

/// By which the broker's list of users says which of them are ours: `mendloop-adapter`.
struct IdentityTag: Equatable {
    private static let beginning = "mendloop-"

    let kind: BrokerIdentity.Kind

    init(_ kind: BrokerIdentity.Kind) { self.kind = kind }

    init?(_ text: String) {
        guard text.hasPrefix(Self.beginning),
            let kind = BrokerIdentity.Kind(rawValue: String(text.dropFirst(Self.beginning.count)))
        else { return nil }
        self.kind = kind
    }

    var text: String { Self.beginning + kind.rawValue }
}
