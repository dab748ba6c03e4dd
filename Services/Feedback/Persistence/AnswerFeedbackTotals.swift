import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Counts over every follow-up, survey and notification.
struct AnswerFeedbackTotals: QueryHandler {
    func answer(_ query: FeedbackTotalsQuery, on connection: PostgresConnection) async throws -> FeedbackTotals {
        let rows = try await connection.query(
            """
            SELECT 'follow_up' AS kind, status AS name, count(*)::bigint AS number FROM follow_up GROUP BY status
            UNION ALL
            SELECT 'survey', survey, count(*)::bigint FROM follow_up GROUP BY survey
            UNION ALL
            SELECT 'notification', status, count(*)::bigint FROM notification GROUP BY status
            """)
        var totals = FeedbackTotals()
        for row in rows {
            let name = try row.get("name", as: String.self)
            let number = try row.get("number", as: Int.self)
            switch try row.get("kind", as: String.self) {
            case "follow_up": totals.followUpsByStatus[name] = number
            case "survey": totals.surveysByStatus[name] = number
            default: totals.notificationsByStatus[name] = number
            }
        }
        return totals
    }
}
