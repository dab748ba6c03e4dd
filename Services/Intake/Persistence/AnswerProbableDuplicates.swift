import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Shows open orders that are probably about one fault, the surest first. A page is made of orders that name others; one
/// whose others are all ended shows no pair.
struct AnswerProbableDuplicates: QueryHandler {
    func answer(
        _ query: ProbableDuplicatesQuery, on connection: PostgresConnection
    ) async throws -> ProbableDuplicatesAnswer {
        let limit = try PageSize.of(query.limit, most: 100, usual: 20)
        let place = try query.cursor.map(DuplicatePlace.init)
        let later = try await orders(query.customerId, after: place, limit: limit + 1, connection)
        let page = later.prefix(limit)
        let named = page.flatMap { ($0.duplicates ?? []).map(\.workOrderId) }
        let others = Dictionary(
            try await open(named, connection).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ProbableDuplicatesAnswer(
            pairs: page.flatMap { order in
                (order.duplicates ?? []).compactMap { duplicate in
                    others[duplicate.workOrderId].map { other in
                        DuplicatePair(
                            order: order.side, other: other.side, confidence: duplicate.confidence,
                            signs: duplicate.signs)
                    }
                }
            },
            cursor: later.count > limit
                ? page.last.flatMap { last in
                    last.duplicates?.first.map { DuplicatePlace(confidence: $0.confidence, id: last.id).cursor }
                } : nil)
    }

    private func orders(
        _ customer: UUID?, after place: DuplicatePlace?, limit: Int, _ connection: PostgresConnection
    ) async throws -> [WorkOrder] {
        let ofCustomer: SQL = customer.map { "AND customer_id = \($0)" } ?? ""
        let behind = DuplicatePlace.condition(behind: place, confidence: "duplicate_confidence")
        return try Self.states(
            await connection.query(
                """
                SELECT state FROM work_order
                WHERE duplicate_confidence IS NOT NULL AND status NOT IN ('closed', 'cancelled', 'merged')
                    \(fragment: ofCustomer) \(fragment: behind)
                ORDER BY duplicate_confidence DESC, id LIMIT \(limit)
                """))
    }

    private func open(_ ids: [UUID], _ connection: PostgresConnection) async throws -> [WorkOrder] {
        try Self.states(
            await connection.query(
                """
                SELECT state FROM work_order
                WHERE id = ANY(\(ids)) AND status NOT IN ('closed', 'cancelled', 'merged')
                """))
    }

    private static func states(_ rows: [PostgresRow]) throws -> [WorkOrder] {
        let decoder = WireJSON.decoder()
        return try rows.map { try $0.get("state", as: JSONB.self).decode(WorkOrder.self, decoder: decoder) }
    }
}

/// Where a page of pairs ended.
struct DuplicatePlace {
    let confidence: Int
    let id: UUID

    init(confidence: Int, id: UUID) {
        self.confidence = confidence
        self.id = id
    }

    /// - Throws: a refusal when it is no cursor of ours.
    init(cursor: String) throws(Refusal) {
        let parts = cursor.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let confidence = Int(parts[0]), let id = UUID(uuidString: String(parts[1])) else {
            throw .invalid("/data/cursor", "unknown", "the cursor of an answer")
        }
        self.confidence = confidence
        self.id = id
    }

    var cursor: String { "\(confidence).\(id.text)" }

    /// Holds for the rows behind a place, the surest first; for all where there is none.
    ///
    /// - Parameter confidence: of a row, per cent.
    static func condition(behind place: DuplicatePlace?, confidence: SQL) -> SQL {
        guard let place else { return "" }
        return """
            AND (\(fragment: confidence) < \(place.confidence)
                OR \(fragment: confidence) = \(place.confidence) AND id > \(place.id))
            """
    }
}

extension WorkOrder {
    var side: DuplicateSide {
        DuplicateSide(
            workOrderId: id, workOrderNumber: number, status: status.wire, receivedAt: receivedAt,
            customerId: customerId, deviceId: deviceId, problem: brief.problem)
    }
}
