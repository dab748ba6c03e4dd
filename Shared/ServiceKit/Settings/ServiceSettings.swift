import FoundationEssentials
import Logging

/// What every one of the six services reads from its environment at its start, checked before anything is opened.
public struct ServiceSettings: Sendable {
    /// The service's name as it stands on the wire: `intake`, `field-service`, …
    public let service: String
    /// Which copy of the service this is: `MENDLOOP_INSTANCE`; by default host name and process id.
    public let instance: String
    /// `MENDLOOP_AMQP_URL`: `amqp://` or `amqps://` with user, password and virtual host, and the nodes of a cluster with commas
    /// between them. Holds a password, also where that was
    /// given as `MENDLOOP_AMQP_PASSWORD`.
    public let amqpURL: String
    /// `MENDLOOP_DATABASE_URL`: `postgres://` or `postgresql://` of the service's own role, a primary and its standbys with commas
    /// between them. Holds a password, also where that
    /// was given as `MENDLOOP_DATABASE_PASSWORD`.
    public let databaseURL: String
    /// `MENDLOOP_HTTP_HOST`: the address that health and metrics listen on; 127.0.0.1 by default.
    public let httpHost: String
    /// `MENDLOOP_HTTP_PORT`: 0 takes a free port; by default the service's own (see ``defaultPort(of:)``).
    public let httpPort: UInt16
    /// `MENDLOOP_LOG_LEVEL`: info by default.
    public let logLevel: Logger.Level
    /// `MENDLOOP_PREFETCH`: how many messages a consumer may hold unacknowledged, 2…2000; 200 by default. It bounds the
    /// batch, so it is never 1.
    public let prefetch: Int
    /// `MENDLOOP_LINK_SECRET`: signs the links that customers get; at least 32 bytes, the same for all services.
    public let linkSecret: String
    /// `MENDLOOP_INBOX_RETENTION_DAYS`: real days for which handled messages are remembered, 1…3650; 30 by default.
    public let inboxRetentionDays: Int
    /// `MENDLOOP_POOL_SIZE`: database connections of this process, 2…100; 6 by default.
    public let poolSize: Int
    /// `OTEL_EXPORTER_OTLP_ENDPOINT`: the base address of an OpenTelemetry collector that takes OTLP over HTTP; nil: nobody is
    /// told of spans.
    public var traceEndpoint: URL?
    /// Domain time: real, unless `MENDLOOP_TIME_EPOCH` and `MENDLOOP_TIME_SCALE` scale it.
    public var clock: DomainClock

    /// Reads and checks all of it.
    ///
    /// - Throws: ``SettingsError`` naming the first variable that is missing or wrong.
    public init(service: String, settings: Settings = Settings()) throws(SettingsError) {
        self.service = service
        instance = try settings.string("MENDLOOP_INSTANCE", default: Self.defaultInstance())
        amqpURL = try settings.brokerURL()
        databaseURL = try settings.databaseURL()
        httpHost = try settings.string("MENDLOOP_HTTP_HOST", default: "127.0.0.1")
        httpPort = UInt16(
            try settings.integer("MENDLOOP_HTTP_PORT", in: 0...65_535, default: Self.defaultPort(of: service)))
        logLevel = try settings.logLevel()
        prefetch = try settings.integer("MENDLOOP_PREFETCH", in: 2...2_000, default: 200)
        linkSecret = try settings.secret("MENDLOOP_LINK_SECRET", minimumBytes: 32)
        inboxRetentionDays = try settings.integer("MENDLOOP_INBOX_RETENTION_DAYS", in: 1...3_650, default: 30)
        poolSize = try settings.integer("MENDLOOP_POOL_SIZE", in: 2...100, default: 6)
        traceEndpoint = try settings.parsed(Self.traceVariable, expected: "an http:// or https:// URL") { text in
            SettingCatalog.isWebAddress(text) ? URL(string: text) : nil
        }
        clock = try DomainClock(settings: settings)
    }

    static let traceVariable = "OTEL_EXPORTER_OTLP_ENDPOINT"

    /// The port a service listens on when nothing else is said: 8081 to 8087 in the order of the loop, console last, else 8088.
    public static func defaultPort(of service: String) -> Int {
        let order = ["intake", "dispatch", "field-service", "inventory", "billing", "feedback", "console"]
        return 8081 + (order.firstIndex(of: service) ?? order.count)
    }

    private static func defaultInstance() -> String {
        "\(ProcessInfo.processInfo.hostName)-\(ProcessInfo.processInfo.processIdentifier)"
    }
}

extension Settings {
    /// `MENDLOOP_LOG_LEVEL`; info when it is not set.
    public func logLevel() throws(SettingsError) -> Logger.Level {
        let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        return try parsed("MENDLOOP_LOG_LEVEL", expected: "one of \(names)") { Logger.Level(rawValue: $0.lowercased()) }
            ?? .info
    }
}
