/// Where a started stack listens, with what is needed to get in.
public struct StackAddresses: Sendable, Equatable {
    let settings: StackSettings
    let credentials: StackCredentials

    /// The virtual host and the database that the services use.
    public static let mainName = "mendloop"

    /// `amqp://user:password@127.0.0.1:port/virtual-host`; of a cluster, with all nodes.
    public func amqpURL(virtualHost: String = mainName) -> String {
        let nodes = settings.brokerNodes.map { "\($0.host):\(settings.ports.amqp)" }.joined(separator: ",")
        return "amqp://\(Self.mainName):\(credentials["rabbitmq"])@\(nodes)/\(virtualHost)"
    }

    /// A database as one service's role sees it.
    public func databaseURL(_ service: LocalService, database: String = mainName) -> String {
        databaseURL(role: service.role, password: credentials[service.role], database: database)
    }

    /// A database as console's role sees it.
    public func doorDatabaseURL(database: String = mainName) -> String {
        databaseURL(role: ServiceProcesses.door, password: credentials[ServiceProcesses.door], database: database)
    }

    /// A database as its administrator sees it.
    public func adminDatabaseURL(database: String = mainName) -> String {
        databaseURL(role: LocalStack.administrator, password: credentials["admin"], database: database)
    }

    /// RabbitMQ's management page, and the user and password it asks for.
    public var management: (url: String, user: String, password: String) {
        let host = settings.brokerNodes.first?.host ?? Loopback.host
        return ("http://\(host):\(settings.ports.management)/", Self.mainName, credentials["rabbitmq"])
    }

    /// Signs the tokens that console believes.
    public var tokenSecret: String { credentials["tokens"] }

    /// RabbitMQ's port on 127.0.0.1.
    public var amqpPort: UInt16 { settings.ports.amqp }
    /// Where RabbitMQ serves its metrics on 127.0.0.1; nil in a stack that an earlier version started and that still runs.
    public var brokerMetricsPort: UInt16? { settings.ports.metrics }
    /// PostgreSQL's port on 127.0.0.1: that of the server which takes writes.
    public var postgresPort: UInt16 { settings.primary.port }

    private func databaseURL(role: String, password: String, database: String) -> String {
        let servers = settings.databasePlaces.map { "127.0.0.1:\($0.port)" }.joined(separator: ",")
        let choice = settings.cluster == nil ? "" : "?target_session_attrs=read-write"
        return "postgresql://\(role):\(password)@\(servers)/\(database)\(choice)"
    }
}
