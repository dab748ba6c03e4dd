import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Customer 360: everything about one customer in one answer.
struct ShowCustomer: QueryHandler {
    /// Whether a customer who was merged is answered by whoever stands for him now. That one's things are not his to see.
    var climbs = true

    /// Of contacts, sites, devices and contracts.
    private static let most = 200

    func answer(_ query: CustomerOverviewQuery, on connection: PostgresConnection) async throws -> CustomerOverview {
        guard query.customerId != nil || query.customerNumber != nil else {
            throw Refusal.invalid("/data/customerId", "required", "expected customerId or customerNumber")
        }
        let limit = try PageSize.of(query.limit, most: 100, usual: 20)
        let cursor = try query.cursor.map(PageCursor.init)
        guard
            let group = try await CustomerGroup.find(
                id: query.customerId, number: try PageCursor.text(query.customerNumber, "/data/customerNumber"),
                climbing: climbs, on: connection)
        else { return CustomerOverview(found: false) }
        let answers = try await connection.pipeline(
            [
                Self.newest("contact_view", of: group.ids), Self.newest("site_view", of: group.ids),
                Self.devices(of: group.ids), Self.contracts(of: group.numbers),
                try OrderReading.page(of: group.ids, behind: cursor, limit: limit),
                StoryReading.contacts(of: group.ids, behind: nil, limit: 10),
                PastServiceReading.of(customers: group.ids),
            ] + CustomerTotals.statements(of: group.ids))
        let orders = try await OrderReading.overviews(answers[4], limit: limit, on: connection)
        return CustomerOverview(
            found: true, customer: group.customer, mergedCustomerIds: group.ids.filter { $0 != group.customer.id },
            contacts: try told(answers[0]), sites: try told(answers[1]), devices: try told(answers[2]),
            contracts: try told(answers[3]), workOrders: orders.overviews,
            lastInteractions: try StoryReading.page(answers[5], limit: 10).lines,
            totals: try CustomerTotals(Array(answers[7...])), cursor: orders.cursor,
            pastServices: try PastServiceReading.services(answers[6]))
    }

    private static func newest(_ table: String, of customers: [UUID]) -> SQL {
        """
        SELECT state FROM \(unsafe: table) WHERE customer_id = ANY(\(customers)) ORDER BY id LIMIT \(most)
        """
    }

    /// Each once: not the records that were merged into others.
    private static func devices(of customers: [UUID]) -> SQL {
        """
        SELECT state FROM device_view
        WHERE customer_id = ANY(\(customers)) AND state #>> '{told,mergedInto}' IS NULL ORDER BY id LIMIT \(most)
        """
    }

    private static func contracts(of customerNumbers: [String]) -> SQL {
        """
        SELECT state FROM contract_view WHERE customer_number = ANY(\(customerNumbers)) ORDER BY id DESC LIMIT \(most)
        """
    }

    private func told<News: WholeNews>(_ rows: [PostgresRow]) throws -> [News] {
        let decoder = WireJSON.decoder()
        return try rows.map { row in
            try row.get("state", as: JSONB.self).decode(Newest<News>.self, decoder: decoder).told
        }
    }
}
