import DomainContracts
import Foundation
import ServiceKit

/// What a database that was set back needs before anybody works on it. Since the backup was made things happened that it knows
/// nothing of, and people and programs outside remember them:
///
/// - numbers of orders and bills were given to people: the next ones begin later;
/// - ledger entries were booked by finance: the ledger goes on in a series that nobody has seen;
/// - events were under way in the broker: those that somebody who hears them has not handled are told again.
struct Reopening: Sendable {
    /// In front of every line that it tells, so that it is found among the restore's own.
    static let mark = "mendloop"

    /// The ledger's new series: the restore's own second, which is later than every one before.
    let series: Int
    /// By how much every sequence goes ahead; nil where nothing has happened since, and numbers and series go on as they were.
    let ahead: Int?
    /// When the backup was made.
    private let madeAt: String
    /// Those that were migrated: console need not be there.
    private let schemas: [String]

    /// - Parameters:
    ///   - date: real time, when the restore began.
    ///   - backup: what is restored.
    init(at date: Date, ahead: Int?, of backup: BackupManifest) {
        madeAt = RFC3339.format(backup.madeAt)
        schemas = BackupSite.schemas.filter { backup.database.rows["\($0).book"] != nil }
        series = Int(String(RFC3339.format(date).prefix(19)).filter(\.isNumber)) ?? 0
        self.ahead = ahead
    }

    var sql: String {
        let numbering = ahead.map { [numbers($0)] + schemas.map(books) } ?? []
        return (numbering + schemas.map(retelling)).joined(separator: "\n")
    }

    private func numbers(_ ahead: Int) -> String {
        """
        SELECT '\(Self.mark)|ahead|' || max(next - coalesce(last_value, 0)) FROM (
            SELECT last_value, setval(format('%I.%I', schemaname, sequencename)::regclass,
                coalesce(last_value, 0) + \(ahead)) AS next
            FROM pg_sequences WHERE schemaname IN (\(schemas.map { "'\($0)'" }.joined(separator: ", ")))
        ) AS moved;
        """
    }

    /// Books that are opened later begin with the new series as well.
    private func books(of schema: String) -> String {
        """
        ALTER TABLE \(schema).book ALTER COLUMN series SET DEFAULT \(series);
        UPDATE \(schema).book SET series = \(series), next_sequence = 1;
        SELECT '\(Self.mark)|series|\(series)' FROM \(schema).book LIMIT 1;
        """
    }

    /// An event is under way as long as somebody who hears it has it neither in his inbox nor parked. Inboxes are cleared after
    /// a time: what was told before an inbox's oldest row says nothing. Nothing is under way for two days.
    private func retelling(of schema: String) -> String {
        let teller = Self.serviceName(schema)
        let hearers = EventBindings.live.sorted { $0.key < $1.key }.compactMap { service, keys -> String? in
            let own = keys.filter { $0.hasPrefix(teller + ".") }
            let hearer = Self.schema(service)
            return own.isEmpty || !schemas.contains(hearer) ? nil : missing(hearer, own)
        }
        guard !hearers.isEmpty else { return "" }
        return """
            WITH again AS (
                DELETE FROM \(schema).event_log AS told
                USING (
                    SELECT id, convert_from(body, 'UTF8')::jsonb AS event FROM \(schema).event_log
                    WHERE told_at > '\(madeAt)'::timestamptz - interval '2 days'
                ) AS read
                WHERE read.id = told.id AND (
            \(hearers.joined(separator: "\n        OR "))
                )
                RETURNING told.id, event, wire_type, routing_key, body
            ), gone AS (
                INSERT INTO \(schema).outbox (id, message_id, wire_type, routing_key, subject, traceparent, body)
                OVERRIDING SYSTEM VALUE
                SELECT id, event->>'id', wire_type, routing_key, coalesce(event->>'subject', ''), event->>'traceparent', body
                FROM again
                RETURNING id
            )
            SELECT '\(Self.mark)|\(schema) tells again|' || count(*) FROM gone;
            """
    }

    private func missing(_ hearer: String, _ keys: [String]) -> String {
        let patterns = keys.map { "routing_key LIKE '\($0.replacing("_", with: "\\_").replacing("*", with: "%"))'" }
        return """
            ((\(patterns.joined(separator: " OR ")))
                AND told_at > '\(madeAt)'::timestamptz - interval '2 days'
                AND told_at > (
                    SELECT CASE WHEN min(handled_at) < '\(madeAt)'::timestamptz - interval '12 hours'
                        THEN min(handled_at) + interval '1 hour' ELSE '-infinity' END
                    FROM \(hearer).inbox WHERE NOT kept)
                AND NOT EXISTS (SELECT FROM \(hearer).inbox AS heard
                    WHERE heard.source = event->>'source' AND heard.message_id = event->>'id')
                AND NOT EXISTS (SELECT FROM \(hearer).parked_message AS heard
                    WHERE heard.source = event->>'source' AND heard.message_id = event->>'id'))
            """
    }

    private static func schema(_ service: String) -> String { service.replacing("-", with: "_") }
    private static func serviceName(_ schema: String) -> String { schema.replacing("_", with: "-") }
}
