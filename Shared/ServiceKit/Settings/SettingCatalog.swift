import DomainContracts
import Foundation
import Logging

/// Every variable that Mendloop reads. Services read them where they need them (``ServiceSettings`` and their own `…Settings`);
/// tests hold this list to that.
public enum SettingCatalog {
    public static let entries: [SettingEntry] = ofEveryService + ofServices + ofConsole + around

    /// The entry that means a variable; nil for what nobody reads.
    public static func entry(of variable: String) -> SettingEntry? {
        entries.first { $0.name == variable } ?? entries.first { $0.matches(variable) }
    }

    private static let ofEveryService: [SettingEntry] = [
        .init(
            ServerSetting.broker.name, [.everyService, .commandLine, .examples], ServerSetting.broker.value,
            required: true, "The broker, with user, password and virtual host; of a cluster, all nodes."),
        .init(
            ServerSetting.database.name, [.everyService, .commandLine], ServerSetting.database.value, required: true,
            "The database, with the service's own role and its password; the primary and its standbys."),
        .init(
            ServerSetting.broker.passwordName, [.everyService, .commandLine], .text("a password"),
            "The broker's, where its URL holds none."),
        .init(
            ServerSetting.database.passwordName, [.everyService, .commandLine], .text("a password"),
            "The database's, where its URL holds none."),
        .init(
            "MENDLOOP_LINK_SECRET", [.everyService, .compose], .secret(32), required: true,
            "Signs the links that customers get; the same for all services."),
        .init(
            "MENDLOOP_INSTANCE", [.everyService], .text("a name"), default: "host name and process id",
            "Which copy of the service this is."),
        .init(
            "MENDLOOP_HTTP_HOST", [.everyService],
            .matching("an IPv4 or IPv6 address") { (try? ListeningAddress.of(host: $0, port: 1)) != nil },
            default: "127.0.0.1", "Where health and metrics are served."),
        .init(
            "MENDLOOP_HTTP_PORT", [.everyService], .integer(0...65_535), default: "8081 to 8087",
            "The same; 0 takes a free port."),
        .init(
            "MENDLOOP_LOG_LEVEL", [.everyService, .compose], .oneOf(Logger.Level.allCases.map(\.rawValue)),
            default: "info", "The least that is logged."),
        .init(
            "MENDLOOP_PREFETCH", [.everyService, .compose], .integer(2...2_000), default: "200",
            "Messages that a consumer may hold unacknowledged; it bounds the batch."),
        .init(
            "MENDLOOP_POOL_SIZE", [.everyService, .compose], .integer(2...100), default: "6",
            "Database connections of each copy."),
        .init(
            "MENDLOOP_INBOX_RETENTION_DAYS", [.everyService, .compose], .integer(1...3_650), default: "30",
            "For how long handled messages are remembered."),
        .init(
            "MENDLOOP_TIME_EPOCH", [.everyService, .commandLine],
            .matching("an RFC 3339 instant such as 2026-11-21T01:12:00Z") { RFC3339.parse($0) != nil },
            "Never for people: with MENDLOOP_TIME_SCALE, an instant from which on time runs faster."),
        .init(
            "MENDLOOP_TIME_SCALE", [.everyService, .commandLine], .integer(1...DomainClock.largestFactor),
            "Never for people: domain seconds in a real one."),
        .init(
            ServiceSettings.traceVariable, [.everyService, .compose],
            .matching("an http:// or https:// URL", isWebAddress),
            "The base address of an OpenTelemetry collector, to which spans are sent (OTLP/HTTP, JSON)."),
        .init(
            CrashPoint.variable, [.tests], .text("a point, and after a colon the passing that counts"),
            "Where a service is to die."),
    ]

    private static let ofServices: [SettingEntry] = [
        .init(
            "MENDLOOP_DISPUTE_WORKING_DAYS", [.service("intake"), .compose], .integer(1...60), default: "3",
            "How long a dispute may wait before the supervisor hears of it."),
        .init(
            "MENDLOOP_TRAVEL", [.service("dispatch"), .compose],
            .matching("estimate, matrix:PATH or osrm:URL") { text in
                text == "estimate" || text.hasPrefix("matrix:") && text.count > 7
                    || text.hasPrefix("osrm:") && isWebAddress(String(text.dropFirst(5)))
            }, default: "estimate", "Where travel times come from, see [travel.md](travel.md)."),
        .init(
            "MENDLOOP_TRAVEL_UTC_OFFSET_MINUTES", [.service("dispatch"), .compose], .integer(-720...840),
            default: "480", "By whose clock there is rush hour: minutes east of UTC."),
        .init(
            "MENDLOOP_DAY_PLAN_MILLISECONDS", [.service("dispatch"), .compose], .integer(0...60_000), default: "500",
            "How long a branch's day is thought about at a time; 0: days are not planned."),
        .init(
            "MENDLOOP_CURRENCY", [.service("inventory"), .service("billing"), .compose],
            .matching("three capital letters of ISO 4217") {
                $0.utf8.count == 3 && $0.utf8.allSatisfy { (65...90).contains($0) }
            }, default: "CNY", "Of everything; the same for both services."),
        .init(
            "MENDLOOP_PARTS_APPROVAL_LIMIT", [.service("inventory"), .compose], .integer(0...1_000_000_000_000),
            default: "500000", "Requests for parts worth more, in minor units, wait for an approver."),
        .init(
            "MENDLOOP_ESTIMATE_APPROVAL_LIMIT", [.service("billing"), .compose], .integer(0...1_000_000_000_000),
            default: "300000", "Estimates that cost us more, in minor units, wait for an approver."),
        .init(
            "MENDLOOP_UTC_OFFSET_MINUTES", [.service("billing"), .compose], .integer(-720...840), default: "480",
            "The company's clock, which dates bills: minutes east of UTC."),
    ]

    /// Whether a text is a web address without a query.
    static func isWebAddress(_ text: String) -> Bool {
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme) else { return false }
        return url.host()?.isEmpty == false && url.query() == nil && url.fragment() == nil
    }
}
