import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Customer 360: everything about one customer in one answer, or one list of his by pages.
struct ShowCustomer: QueryHandler {
    /// Whether a customer who was merged is answered by whoever stands for him now. That one's things are not his to see.
    var climbs = true

    func answer(_ query: CustomerOverviewQuery, on connection: PostgresConnection) async throws -> CustomerOverview {
        guard query.customerId != nil || query.customerNumber != nil else {
            throw Refusal.invalid("/data/customerId", "required", "expected customerId or customerNumber")
        }
        let number = try PageCursor.text(query.customerNumber, "/data/customerNumber")
        if let list = query.list {
            let limit = try PageSize.of(query.limit, most: OverviewReading.most, usual: OverviewReading.most)
            guard let group = try await find(query.customerId, number, connection) else {
                return CustomerOverview(found: false)
            }
            let page = try OverviewReading.page(of: list, group, behind: query.cursor, limit: limit)
            var answer = self.answer(group)
            answer.cursor = try OverviewReading.take(
                list, try await connection.query(page), limit: limit, into: &answer)
            return answer
        }
        let limit = try PageSize.of(query.limit, most: 100, usual: 20)
        let cursor = try query.cursor.map(PageCursor.init)
        guard let group = try await find(query.customerId, number, connection) else {
            return CustomerOverview(found: false)
        }
        let lists = OverviewReading.lists
        let answers = try await connection.pipeline(
            try lists.map { try OverviewReading.page(of: $0, group, behind: nil, limit: OverviewReading.most) }
                + [
                    try OrderReading.page(of: group.ids, behind: cursor, limit: limit),
                    StoryReading.contacts(of: group.ids, behind: nil, limit: 10),
                ] + CustomerTotals.statements(of: group.ids))
        var answer = self.answer(group)
        let more = try zip(lists, answers).filter { list, rows in
            try OverviewReading.take(list, rows, limit: OverviewReading.most, into: &answer) != nil
        }
        answer.more = more.isEmpty ? nil : more.map(\.0)
        let orders = try await OrderReading.overviews(answers[lists.count], limit: limit, on: connection)
        (answer.workOrders, answer.cursor) = (orders.overviews, orders.cursor)
        answer.lastInteractions = try StoryReading.page(answers[lists.count + 1], limit: 10).lines
        answer.totals = try CustomerTotals(Array(answers[(lists.count + 2)...]))
        return answer
    }

    private func find(
        _ id: UUID?, _ number: String?, _ connection: PostgresConnection
    ) async throws -> CustomerGroup? {
        try await CustomerGroup.find(id: id, number: number, climbing: climbs, on: connection)
    }

    private func answer(_ group: CustomerGroup) -> CustomerOverview {
        CustomerOverview(
            found: true, customer: group.customer, mergedCustomerIds: group.ids.filter { $0 != group.customer.id })
    }
}
