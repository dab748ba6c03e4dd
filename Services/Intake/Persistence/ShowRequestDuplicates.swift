import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Shows incomplete requests that are probably about the fault of an open order or of another incomplete request, the surest
/// first. A page is made of requests that name others; one whose others are all ended shows no pair.
struct ShowRequestDuplicates: QueryHandler {
    /// As the index `service_request_with_duplicate` has it.
    private static let confidence: SQL = "(state->'duplicates'->0->>'confidence')::integer"

    func answer(
        _ query: ProbableRequestDuplicatesQuery, on connection: PostgresConnection
    ) async throws -> ProbableRequestDuplicatesAnswer {
        let limit = try PageSize.of(query.limit, most: 100, usual: 20)
        let place = try query.cursor.map(DuplicatePlace.init)
        let ofCustomer: SQL = query.customerId.map { "AND customer_id = \($0)" } ?? ""
        let behind = DuplicatePlace.condition(behind: place, confidence: Self.confidence)
        let rows = try await connection.query(
            """
            SELECT state FROM service_request
            WHERE \(fragment: Self.confidence) IS NOT NULL AND status = 'incomplete'
                \(fragment: ofCustomer) \(fragment: behind)
            ORDER BY \(fragment: Self.confidence) DESC, id LIMIT \(limit + 1)
            """)
        let page = try Self.states(rows.prefix(limit), ServiceRequest.self)
        let others = try await Self.others(page.flatMap { $0.duplicates ?? [] }, connection)
        return ProbableRequestDuplicatesAnswer(
            pairs: page.flatMap { request in
                (request.duplicates ?? []).compactMap { others.pair(request, $0) }
            },
            cursor: rows.count > limit
                ? page.last.flatMap { last in
                    last.duplicates?.first.map { DuplicatePlace(confidence: $0.confidence, id: last.id).cursor }
                } : nil)
    }

    /// Those of a request's duplicates that are open.
    static func open(
        _ duplicates: [RequestDuplicate], _ connection: PostgresConnection
    ) async throws -> [RequestDuplicate] {
        if duplicates.isEmpty { return [] }
        let others = try await others(duplicates, connection)
        return duplicates.filter(others.hold)
    }

    /// Incomplete requests that name an order or a request as their probable duplicate, the surest first.
    static func requests(
        naming other: UUID, _ connection: PostgresConnection
    ) async throws -> [RequestDuplicate] {
        let rows = try await connection.query(
            """
            SELECT state FROM service_request
            WHERE \(fragment: Self.confidence) IS NOT NULL AND status = 'incomplete'
                AND EXISTS (
                    SELECT FROM jsonb_array_elements(state->'duplicates') AS d
                    WHERE \(other) IN ((d->>'workOrderId')::uuid, (d->>'requestId')::uuid))
            ORDER BY \(fragment: Self.confidence) DESC, id LIMIT 100
            """)
        return try states(rows, ServiceRequest.self).flatMap { request in
            (request.duplicates ?? []).filter { $0.other == other }.map {
                RequestDuplicate(
                    requestId: request.id, requestNumber: request.number, confidence: $0.confidence, signs: $0.signs)
            }
        }.sorted(by: RequestDuplicate.isSurer)
    }

    private static func others(
        _ duplicates: [RequestDuplicate], _ connection: PostgresConnection
    ) async throws -> OpenOthers {
        let (orders, requests) = (duplicates.compactMap(\.workOrderId), duplicates.compactMap(\.requestId))
        let openOrders = try await connection.query(
            """
            SELECT state FROM work_order
            WHERE id = ANY(\(orders)) AND status NOT IN ('closed', 'cancelled', 'merged')
            """)
        let openRequests = try await connection.query(
            "SELECT state FROM service_request WHERE id = ANY(\(requests)) AND status = 'incomplete'")
        return OpenOthers(
            orders: Dictionary(uniqueKeysWithValues: try states(openOrders, WorkOrder.self).map { ($0.id, $0) }),
            requests: Dictionary(
                uniqueKeysWithValues: try states(openRequests, ServiceRequest.self).map { ($0.id, $0) }))
    }

    private static func states<S: Decodable>(_ rows: some Sequence<PostgresRow>, _ type: S.Type) throws -> [S] {
        let decoder = WireJSON.decoder()
        return try rows.map { try $0.get("state", as: JSONB.self).decode(type, decoder: decoder) }
    }
}

/// What is named as a duplicate and open.
private struct OpenOthers {
    let orders: [UUID: WorkOrder]
    let requests: [UUID: ServiceRequest]

    func hold(_ duplicate: RequestDuplicate) -> Bool {
        duplicate.workOrderId.map { orders[$0] != nil } ?? duplicate.requestId.map { requests[$0] != nil } ?? false
    }

    func pair(_ request: ServiceRequest, _ duplicate: RequestDuplicate) -> RequestDuplicatePair? {
        guard hold(duplicate) else { return nil }
        return RequestDuplicatePair(
            request: request.side, order: duplicate.workOrderId.flatMap { orders[$0]?.side },
            other: duplicate.requestId.flatMap { requests[$0]?.side }, confidence: duplicate.confidence,
            signs: duplicate.signs)
    }
}

extension ServiceRequest {
    fileprivate var side: RequestDuplicateSide {
        RequestDuplicateSide(
            requestId: id, requestNumber: number, receivedAt: receivedAt, customerId: customerId, deviceId: deviceId,
            problem: report.problem, missing: missing)
    }
}
