import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Lists the requests of a status, the oldest first.
struct ListRequests: QueryHandler {
    func answer(_ query: RequestsQuery, on connection: PostgresConnection) async throws -> RequestsAnswer {
        let limit = try PageSize.of(query.limit, most: 100, usual: 20)
        let status = query.status ?? .incomplete
        guard status.isKnown else {
            throw Refusal.invalid(
                "/data/status", "unknown-value", "one of \(RequestStatus.known.map(\.rawValue).joined(separator: ", "))"
            )
        }
        var behind: SQL = ""
        if let cursor = query.cursor {
            let parts = cursor.split(separator: "|", maxSplits: 1).map(String.init)
            guard parts.count == 2, RFC3339.parse(parts[0]) != nil, let id = UUID(uuidString: parts[1]) else {
                throw Refusal.invalid("/data/cursor", "unknown", "the cursor of an answer")
            }
            behind = "AND (state->>'receivedAt', id) > (\(parts[0]), \(id))"
        }
        let rows = try await connection.query(
            """
            SELECT state FROM service_request
            WHERE status = \(status.rawValue) \(fragment: behind)
            ORDER BY state->>'receivedAt', id LIMIT \(limit + 1)
            """)
        let decoder = WireJSON.decoder()
        let page = try rows.prefix(limit).map {
            try $0.get("state", as: JSONB.self).decode(ServiceRequest.self, decoder: decoder)
        }
        return RequestsAnswer(
            requests: page.map(\.summary),
            cursor: rows.count > limit
                ? page.last.map { "\(RFC3339.format($0.receivedAt))|\($0.id.text)" } : nil)
    }
}

extension ServiceRequest {
    fileprivate var summary: RequestSummary {
        RequestSummary(
            requestId: id, requestNumber: number, status: RequestStatus(rawValue: status.rawValue),
            channel: report.channel, receivedAt: receivedAt, customerId: customerId, contactId: contactId,
            serviceType: report.serviceType, problem: report.problem, missing: missing, workOrderId: workOrderId,
            workOrderNumber: workOrderNumber, remindedAt: incompleteWatch?.remindedAt,
            escalatedAt: incompleteWatch?.escalatedAt,
            duplicateConfidence: status == .incomplete ? duplicates?.first?.confidence : nil)
    }
}
