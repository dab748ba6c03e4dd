/// How to reach the server, and what every session is told on connecting.
public struct PostgresConfiguration: Sendable {
    /// `postgres://user:password@host:port/database?…` or a libpq `keyword=value` string. Of several hosts, with commas
    /// between, the one that takes writes is used, and a former primary that was started again beside its successor never.
    public var url: String
    public var applicationName: String
    /// The most sessions a pool opens, at least 1.
    public var poolSize: Int
    /// The server gives up on a statement after this long; zero means never.
    public var statementTimeout: Duration
    /// The server gives up on waiting for a lock after this long; zero means never.
    public var lockTimeout: Duration
    /// The server ends a session that sits in an open transaction for this long; zero means never.
    public var idleInTransactionTimeout: Duration
    /// The schemas looked in for unqualified names, as in `SET search_path`.
    public var searchPath: String?
    /// How long connecting may take, name look-up included. Servers share it where the URL names several.
    public var connectTimeout: Duration = .seconds(5)
    /// The server ends slow statements itself; one silent for this much longer than `statementTimeout` is taken for
    /// frozen or out of reach, and the session is given up. Without a statement timeout the client waits for ever.
    public var silenceAllowance: Duration = .seconds(10)
    /// How many different statements a session keeps prepared.
    public var preparedStatementLimit = 256

    public init(
        url: String, applicationName: String, poolSize: Int = 8, statementTimeout: Duration = .seconds(30),
        lockTimeout: Duration = .seconds(10), idleInTransactionTimeout: Duration = .seconds(60),
        searchPath: String? = nil
    ) {
        self.url = url
        self.applicationName = applicationName
        self.poolSize = poolSize
        self.statementTimeout = statementTimeout
        self.lockTimeout = lockTimeout
        self.idleInTransactionTimeout = idleInTransactionTimeout
        self.searchPath = searchPath
    }
}

extension PostgresConfiguration {
    /// Hosts and ports as the URL names them, without user or password; nil where it names none or cannot be parsed.
    public var server: String? {
        guard let options = try? Conninfo.parse(url), let places = try? Place.all(in: options) else { return nil }
        let names = places.compactMap(\.name)
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    var patience: Duration? {
        statementTimeout > .zero ? statementTimeout + silenceAllowance : nil
    }

    /// The settings in the form of a startup packet's `options`: no round trip, and `RESET` comes back to them.
    var sessionOptions: String {
        var settings = [
            ("statement_timeout", String(statementTimeout.wholeMilliseconds)),
            ("lock_timeout", String(lockTimeout.wholeMilliseconds)),
            ("idle_in_transaction_session_timeout", String(idleInTransactionTimeout.wholeMilliseconds)),
            // Ends the statements of a client that has vanished.
            ("client_connection_check_interval", "5000"),
            ("TimeZone", "UTC"),
            ("DateStyle", "ISO"),
        ]
        if let searchPath {
            settings.append(("search_path", searchPath))
        }
        return settings.map { "-c \($0)=\(Self.escape($1))" }.joined(separator: " ")
    }

    private static func escape(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            if character == " " || character == "\\" {
                text.append("\\")
            }
            text.append(character)
        }
    }
}

extension Duration {
    var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
