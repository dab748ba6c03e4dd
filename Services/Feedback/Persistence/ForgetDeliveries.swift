import Postgres
import ServiceKit

/// Forgets what channels said about messages to a customer. How he was reached goes with the news of his contacts; figures and what
/// he rated stay.
enum ForgetDeliveries {
    static func forget(_ part: ForgottenPart, _ session: inout WorkSession) async throws {
        // Of a request without an order the story alone knows.
        try await session.connection.execute(
            """
            UPDATE notification SET state = state - 'detail' || '{"isForgotten": true}', version = version + 1
            WHERE NOT state ? 'isForgotten' AND (work_order_id = ANY(\(part.workOrderIds)) OR id IN (
                SELECT aggregate_id FROM history
                WHERE aggregate = 'notification' AND story = ANY(\(part.workOrderIds.map(\.text)))))
            """)
    }
}
