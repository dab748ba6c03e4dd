import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Reads the lists of a customer, page by page: by id, contracts the newest first.
enum OverviewReading {
    /// As many of each as an answer about everything holds.
    static let most = 200

    static let lists: [OverviewList] = [.contacts, .sites, .devices, .contracts, .pastServices]

    static func page(
        of list: OverviewList, _ group: CustomerGroup, behind cursor: String?, limit: Int
    ) throws(Refusal) -> SQL {
        switch list {
        case .contacts: try byId("contact_view", "customer_id = ANY(\(group.ids))", cursor, limit)
        case .sites: try byId("site_view", "customer_id = ANY(\(group.ids))", cursor, limit)
        // Each once: not the records that were merged into others.
        case .devices:
            try byId(
                "device_view", "customer_id = ANY(\(group.ids)) AND state #>> '{told,mergedInto}' IS NULL", cursor,
                limit)
        case .contracts:
            try byId("contract_view", "customer_number = ANY(\(group.numbers))", cursor, limit, newestFirst: true)
        case .pastServices:
            PastServiceReading.of(customers: group.ids, behind: try cursor.map(PageCursor.init), limit: limit)
        default:
            throw .invalid(
                "/data/list", "unknown-value", "one of " + lists.map(\.rawValue).joined(separator: ", "))
        }
    }

    private static func byId(
        _ table: String, _ condition: SQL, _ cursor: String?, _ limit: Int, newestFirst: Bool = false
    ) throws(Refusal) -> SQL {
        var behind: SQL = "true"
        if let cursor {
            guard let id = UUID(uuidString: cursor) else {
                throw .invalid("/data/cursor", "unknown", "expected the cursor of an answer")
            }
            behind = newestFirst ? "id < \(id)" : "id > \(id)"
        }
        let order = newestFirst ? "DESC" : "ASC"
        return """
            SELECT id, state FROM \(unsafe: table) WHERE \(fragment: condition) AND \(fragment: behind)
            ORDER BY id \(unsafe: order) LIMIT \(limit + 1)
            """
    }

    /// Puts a page into an answer.
    ///
    /// - Returns: the cursor for what lies behind it; nil on the last.
    static func take(
        _ list: OverviewList, _ rows: [PostgresRow], limit: Int, into answer: inout CustomerOverview
    ) throws -> String? {
        let shown = Array(rows.prefix(limit))
        switch list {
        case .contacts: answer.contacts = try told(shown)
        case .sites: answer.sites = try told(shown)
        case .devices: answer.devices = try told(shown)
        case .contracts: answer.contracts = try told(shown)
        default:
            let page = try PastServiceReading.page(rows, limit: limit)
            answer.pastServices = page.services
            return page.cursor
        }
        return rows.count > limit ? try shown.last?.get("id", as: UUID.self).text : nil
    }

    private static func told<News: WholeNews>(_ rows: [PostgresRow]) throws -> [News] {
        let decoder = WireJSON.decoder()
        return try rows.map { row in
            try row.get("state", as: JSONB.self).decode(Newest<News>.self, decoder: decoder).told
        }
    }
}
