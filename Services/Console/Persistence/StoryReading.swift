import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Reads lines of stories by pages.
enum StoryReading {
    /// The contacts with customers, the newest first; a report is one of its customer's, even if no order came of it.
    static func contacts(of customers: [UUID], behind cursor: PageCursor?, limit: Int) -> SQL {
        """
        SELECT at, message_id, line FROM (
            SELECT l.at, l.message_id, l.line FROM story_line AS l JOIN order_view AS o ON o.id = l.work_order_id
            WHERE o.customer_id = ANY(\(customers)) AND l.is_contact
            UNION
            SELECT l.at, l.message_id, l.line FROM story_line AS l JOIN contact_view AS c ON c.id = l.contact_id
            WHERE c.customer_id = ANY(\(customers)) AND l.is_contact
        ) AS contact
        WHERE \(fragment: before(cursor)) ORDER BY at DESC, message_id DESC LIMIT \(limit + 1)
        """
    }

    /// The contacts about one order, the newest first.
    static func contacts(about workOrder: UUID, behind cursor: PageCursor?, limit: Int) -> SQL {
        """
        SELECT at, message_id, line FROM story_line
        WHERE work_order_id = \(workOrder) AND is_contact AND \(fragment: before(cursor))
        ORDER BY at DESC, message_id DESC LIMIT \(limit + 1)
        """
    }

    /// What happened to a device, the oldest first.
    ///
    /// - Parameter records: every record of it.
    static func lines(ofDevice records: [UUID], behind cursor: PageCursor?, limit: Int) -> SQL {
        var after: SQL = "true"
        if let cursor { after = "(l.at, l.message_id) > (\(cursor.at), \(cursor.id))" }
        return """
            SELECT l.at, l.message_id, l.line FROM story_line AS l JOIN order_view AS o ON o.id = l.work_order_id
            WHERE o.device_id = ANY(\(records)) AND \(fragment: after) ORDER BY l.at, l.message_id LIMIT \(limit + 1)
            """
    }

    private static func before(_ cursor: PageCursor?) -> SQL {
        guard let cursor else { return "true" }
        return "(at, message_id) < (\(cursor.at), \(cursor.id))"
    }

    /// The page, and the cursor for what lies behind it.
    static func page(_ rows: [PostgresRow], limit: Int) throws -> (lines: [StoryLine], cursor: String?) {
        let decoder = WireJSON.decoder()
        let shown = rows.prefix(limit)
        let lines = try shown.map { row in
            try decoder.decode(StoryLine.self, from: Data(try row.get("line", as: String.self).utf8))
        }
        guard rows.count > limit, let last = shown.last else { return (lines, nil) }
        return (lines, PageCursor(at: try last.get("at"), id: try last.get("message_id")).text)
    }
}
