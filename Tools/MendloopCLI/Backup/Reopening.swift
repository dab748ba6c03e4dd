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

    /// An event is under way as long as somebody who hears it has it neither in his inbox nor parked, however long ago it was
    /// told: a service that was down has not heard it. Inboxes forget the oldest first (`Housekeeping`): what was told before
    /// that is taken for handled. An event that is told again for one comes to all who hear it, so where it is taken for
    /// handled it is marked so.
    private func retelling(of schema: String) -> String {
        let teller = Self.serviceName(schema)
        let hearers = EventBindings.live.sorted { $0.key < $1.key }.compactMap { service, keys -> Hearer? in
            let own = keys.filter { $0.hasPrefix(teller + ".") }
            let hearer = Self.schema(service)
            return own.isEmpty || !schemas.contains(hearer)
                ? nil : Hearer(schema: hearer, keys: own, madeAt: madeAt)
        }
        guard !hearers.isEmpty else { return "" }
        // Read once, and no more of it than somebody may not have heard.
        return """
            WITH read AS MATERIALIZED (
                SELECT id, routing_key, told_at, event->>'source' AS source, event->>'id' AS message_id,
                    coalesce(event->>'subject', '') AS subject, event->>'traceparent' AS traceparent
                FROM (
                    SELECT id, routing_key, told_at, convert_from(body, 'UTF8')::jsonb AS event FROM \(schema).event_log
                    WHERE told_at > least(\(hearers.map(\.knownSince).joined(separator: ", ")))
                    OFFSET 0
                ) AS log
            ), again AS (
                DELETE FROM \(schema).event_log AS told USING read WHERE read.id = told.id AND (
                    \(hearers.map(\.lacksIt).joined(separator: "\n            OR "))
                )
                RETURNING told.id, wire_type, told.routing_key, told.told_at, body, source, message_id, subject, traceparent
            ), \(hearers.map(\.marking).joined(separator: ", ")), gone AS (
                INSERT INTO \(schema).outbox (id, message_id, wire_type, routing_key, subject, traceparent, body)
                OVERRIDING SYSTEM VALUE
                SELECT id, message_id, wire_type, routing_key, subject, traceparent, body FROM again
                RETURNING id
            )
            SELECT '\(Self.mark)|\(schema) tells again|' || count(*) FROM gone;
            """
    }

    private static func schema(_ service: String) -> String { service.replacing("-", with: "_") }
    private static func serviceName(_ schema: String) -> String { schema.replacing("_", with: "-") }
}

/// A service that hears some of another's events, and what a restored database knows of what it has heard.
private struct Hearer {
    let schema: String
    /// Of the events it hears.
    let keys: [String]
    /// When the backup was made.
    let madeAt: String

    /// What was told since then and is neither in its inbox nor parked, it has not handled. An inbox keeps a day at least, and its
    /// newest row for ever: one without rows has heard nothing yet. An hour is more than lies between handling an event and its
    /// teller's knowing that it is told.
    var knownSince: String {
        """
        (SELECT CASE WHEN min(handled_at) IS NULL THEN '-infinity' ELSE
            least(min(handled_at) + interval '1 hour', '\(madeAt)'::timestamptz - interval '1 day') END
            FROM \(schema).inbox WHERE NOT kept)
        """
    }

    /// Of a row of `read`.
    var lacksIt: String {
        """
        (\(hears("read.routing_key")) AND read.told_at > \(knownSince)
            AND NOT EXISTS (SELECT FROM \(schema).inbox AS heard WHERE (heard.source, heard.message_id) = (read.source, read.message_id))
            AND NOT EXISTS (SELECT FROM \(schema).parked_message AS heard
                WHERE (heard.source, heard.message_id) = (read.source, read.message_id)))
        """
    }

    /// Has it know what it handled before its inbox begins.
    var marking: String {
        """
        known_to_\(schema) AS (
            INSERT INTO \(schema).inbox (source, message_id, wire_type)
            SELECT source, message_id, wire_type FROM again
            WHERE \(hears("again.routing_key")) AND told_at <= \(knownSince)
                AND NOT EXISTS (SELECT FROM \(schema).parked_message AS heard
                    WHERE (heard.source, heard.message_id) = (again.source, again.message_id))
            ON CONFLICT DO NOTHING
        )
        """
    }

    private func hears(_ key: String) -> String {
        let patterns = keys.map { "\(key) LIKE '\($0.replacing("_", with: "\\_").replacing("*", with: "%"))'" }
        return "(\(patterns.joined(separator: " OR ")))"
    }
}
