/// Where the broker is, and who comes.
public struct AMQPConfiguration: Sendable, Equatable {
    /// What TLS needs; nil configuration means plain TCP.
    public struct TLS: Sendable, Equatable {
        /// A PEM file with the authorities to trust.
        public var authorities: String
        /// PEM files of the client's own certificate and key, if the broker asks for one.
        public var certificate: String?
        public var key: String?
        /// Whether the broker's certificate and host name are checked.
        public var verify: Bool
    }

    /// Where one node of the broker listens.
    public struct Address: Sendable, Equatable, CustomStringConvertible {
        public var host: String
        public var port: Int

        public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    }

    /// The broker's nodes, at least one. With which of them a connection begins is drawn, so that they share the connections;
    /// the others follow in turn.
    public var addresses: [Address]
    public var user: String
    var password: String
    public var virtualHost: String
    public var tls: TLS?
    /// What the broker's management pages call this connection.
    public var connectionName: String
    /// 1…3600. A silent peer is given up within twice this.
    public var heartbeatSeconds: Int
    /// Bounds each step of connecting, and each later call that waits for the broker's answer. Declaring a quorum queue
    /// on a busy machine takes seconds.
    public var timeout: Duration = .seconds(10)

    /// Reads `amqp://user:password@host:port/vhost` or `amqps://…`; several hosts, the nodes of one cluster, have commas between
    /// them, each with a port of its own or none. User and password default to `guest`, the port to 5672
    /// or 5671, a missing or empty vhost to `/`; parts are percent-decoded. Query items: `cacertfile` (also `cacert`),
    /// `certfile`, `keyfile`, `verify` (`verify_peer`, the default, or `verify_none`), `heartbeat` (seconds).
    ///
    /// Throws `malformedURL`.
    public init(url: String, connectionName: String, heartbeatSeconds: Int = 10) throws(AMQPError) {
        let parts = try BrokerURL(url)
        addresses = parts.addresses
        user = parts.user
        password = parts.password
        virtualHost = parts.virtualHost
        self.connectionName = connectionName
        guard let heartbeat = parts.query["heartbeat"].map({ Int($0) }) ?? heartbeatSeconds, 1...3600 ~= heartbeat
        else { throw .malformedURL(reason: "the heartbeat must be 1 to 3600 seconds") }
        self.heartbeatSeconds = heartbeat
        if parts.isSecure {
            tls = TLS(
                authorities: parts.query["cacertfile"] ?? parts.query["cacert"] ?? "/etc/ssl/certs/ca-certificates.crt",
                certificate: parts.query["certfile"], key: parts.query["keyfile"],
                verify: !["verify_none", "none", "false", "0"].contains(parts.query["verify"] ?? "verify_peer"))
        }
    }
}

extension AMQPConfiguration {
    /// Its addresses, with commas between.
    public var place: String { addresses.map(\.description).joined(separator: ",") }
}

extension AMQPConfiguration: CustomStringConvertible, CustomReflectable {
    /// Without the password.
    public var description: String {
        "\(tls == nil ? "amqp" : "amqps")://\(user)@\(place)/\(virtualHost) (\(connectionName))"
    }

    /// So that a dump shows no password either.
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
