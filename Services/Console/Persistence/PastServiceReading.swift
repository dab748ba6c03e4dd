import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Reads services of before Mendloop, the newest first.
enum PastServiceReading {
    static func of(customers: [UUID], behind cursor: PageCursor?, limit: Int) -> SQL {
        page("customer_id = ANY(\(customers))", cursor, limit)
    }

    static func of(devices: [UUID], behind cursor: PageCursor?, limit: Int) -> SQL {
        page("device_id = ANY(\(devices))", cursor, limit)
    }

    private static func page(_ condition: SQL, _ cursor: PageCursor?, _ limit: Int) -> SQL {
        var older: SQL = "true"
        if let cursor {
            let at = RFC3339.format(cursor.at)
            older = "(received_at < \(at) OR (received_at = \(at) AND id::text > \(cursor.id)))"
        }
        return """
            SELECT id, received_at, state->'past' AS past FROM order_view
            WHERE \(fragment: condition) AND state ? 'past' AND \(fragment: older)
            ORDER BY received_at DESC, id LIMIT \(limit + 1)
            """
    }

    /// Services are nil where there are none; the cursor is for what lies behind the page.
    static func page(_ rows: [PostgresRow], limit: Int) throws -> (services: [PastServiceRecorded]?, cursor: String?) {
        let decoder = WireJSON.decoder()
        let services = try rows.prefix(limit).map {
            try $0.get("past", as: JSONB.self).decode(PastServiceRecorded.self, decoder: decoder)
        }
        guard rows.count > limit, let last = rows.prefix(limit).last,
            let at = try RFC3339.parse(last.get("received_at", as: String.self))
        else { return (services.isEmpty ? nil : services, nil) }
        return (services, PageCursor(at: at, id: try last.get("id", as: UUID.self).text).text)
    }
}
