import DomainContracts
import Foundation
import Postgres
import ServiceKit

extension ScopeBook {
    /// By the read models: who an order's customer is, where its site is, and who goes there. Which order came of a request
    /// only intake knows; one that has become none is nobody's but theirs who see everything.
    init(_ desk: ServiceDesk) {
        self.init { subjects, reach in
            guard let readModels = desk.readModels else { throw ReadModels.away }
            var statements: [(Subject, SQL)] = []
            let seeing = try await Self.merged(reach, readModels)
            for subject in subjects {
                guard let statement = ScopeReading.statement(try await Self.settled(subject, desk), seeing) else {
                    continue
                }
                statements.append((subject, statement))
            }
            let answers = try await readModels.pipeline(statements.map(\.1))
            return Set(zip(statements, answers).compactMap { $1.isEmpty ? nil : $0.0 })
        }
    }

    /// With the customers who were merged into his, whose things are his by now; nobody's above him.
    private static func merged(_ reach: Reach, _ readModels: ReadModels) async throws -> ScopeReading.Reading {
        guard let customer = reach.customer else { return ScopeReading.Reading(reach: reach) }
        let rows = try await readModels.pipeline([CustomerGroup.members(of: customer)])
        return ScopeReading.Reading(reach: reach, customers: try (rows.first ?? []).map { try $0.get("id") })
    }

    private static func settled(_ subject: Subject, _ desk: ServiceDesk) async throws -> Subject {
        switch subject {
        case .request(let id):
            try await desk.ask(RequestQuery(requestId: id)).workOrderId.map(Subject.order) ?? subject
        case .requestNumber(let number):
            try await desk.ask(RequestQuery(requestNumber: number)).workOrderId.map(Subject.order) ?? subject
        case .partRequest(let id):
            try await desk.ask(PartRequestQuery(partRequestId: id)).request.map { .order($0.workOrderId) } ?? subject
        default: subject
        }
    }
}

/// Statements with a row where a thing is within a reach, and none where it is not.
private enum ScopeReading {
    /// A reach as the read models are held against it.
    struct Reading {
        var reach: Reach
        var customers: [UUID] = []
        var regions: [String] { reach.regions }
        var engineer: UUID? { reach.engineer }
    }

    /// Nil for what is within nobody's.
    static func statement(_ subject: Subject, _ reach: Reading) -> SQL? {
        switch subject {
        // PostgreSQL has no text with a null in it.
        case .orderNumber(let text) where text.contains("\0"), .customerNumber(let text) where text.contains("\0"),
            .deviceCode(let text) where text.contains("\0"), .serialNumber(let text) where text.contains("\0"):
            nil
        case .order(let id): order("o.id = \(id)", reach)
        case .orderNumber(let number): order("o.work_order_number = \(number)", reach)
        case .request, .requestNumber, .partRequest: nil
        case .visit(let id): order("o.visit_ids && ARRAY[\(id.text), \(id.uuidString)]", reach)
        case .customer(let id): customer("c.id = \(id)", reach)
        case .customerNumber(let number): customer("c.customer_number = \(number)", reach)
        case .device(let id): device("d.id = \(id)", reach)
        case .deviceCode(let code): device("d.state #>> '{told,code}' = \(code)", reach)
        case .serialNumber(let number): device("d.serial_number = \(number)", reach)
        case .site(let id): site("s.id = \(id)", reach)
        case .engineer(let id): engineer(id, reach)
        }
    }

    private static func order(_ which: SQL, _ reach: Reading) -> SQL {
        """
        SELECT o.id FROM order_view AS o
        LEFT JOIN site_view AS s ON s.id = (o.state #>> '{origin,value,siteId}')::uuid
        WHERE \(fragment: which) AND (o.customer_id = ANY(\(reach.customers))
            OR \(fragment: regions("coalesce(s.state #>> '{told,regionCode}', o.state #>> '{origin,value,regionCode}')", reach))
            OR \(fragment: isOn("o", reach))) LIMIT 1
        """
    }

    /// Dispatchers see whoever has a site in their region, engineers whoever has an order of theirs.
    private static func customer(_ which: SQL, _ reach: Reading) -> SQL {
        """
        SELECT c.id FROM customer_view AS c WHERE \(fragment: which) AND (c.id = ANY(\(reach.customers))
            OR EXISTS (SELECT FROM site_view AS s WHERE s.customer_id = c.id AND \(fragment: regions("s.state #>> '{told,regionCode}'", reach)))
            OR (\(reach.engineer)::uuid IS NOT NULL AND EXISTS (
                SELECT FROM order_view AS o WHERE o.customer_id = c.id AND \(fragment: isOn("o", reach))))) LIMIT 1
        """
    }

    /// By the record itself and by those for which it stands: their orders keep their device, and their sites are its.
    private static func device(_ which: SQL, _ reach: Reading) -> SQL {
        """
        SELECT d.id FROM device_view AS d
        WHERE \(fragment: which) AND (d.customer_id = ANY(\(reach.customers)) OR EXISTS (
            WITH RECURSIVE members AS (
                SELECT d.id, d.state, 1 AS depth
                UNION ALL
                SELECT m.id, m.state, members.depth + 1
                FROM members CROSS JOIN LATERAL
                    jsonb_array_elements_text(members.state #> '{told,mergedDeviceIds}') AS merged(id)
                    JOIN device_view AS m ON m.id = merged.id::uuid
                WHERE (m.state #>> '{told,mergedInto}')::uuid = members.id AND members.depth < \(DeviceGroup.deepest)
            )
            SELECT FROM members AS r LEFT JOIN site_view AS s ON s.id = (r.state #>> '{told,siteId}')::uuid
            WHERE \(fragment: regions("s.state #>> '{told,regionCode}'", reach))
                OR (\(reach.engineer)::uuid IS NOT NULL AND EXISTS (
                    SELECT FROM order_view AS o WHERE o.device_id = r.id AND \(fragment: isOn("o", reach)))))) LIMIT 1
        """
    }

    private static func site(_ which: SQL, _ reach: Reading) -> SQL {
        """
        SELECT s.id FROM site_view AS s
        WHERE \(fragment: which) AND (s.customer_id = ANY(\(reach.customers)) OR \(fragment: regions("s.state #>> '{told,regionCode}'", reach))
            OR (\(reach.engineer)::uuid IS NOT NULL AND EXISTS (
                SELECT FROM order_view AS o WHERE o.customer_id = s.customer_id
                    AND (o.state #>> '{origin,value,siteId}')::uuid = s.id AND \(fragment: isOn("o", reach))))) LIMIT 1
        """
    }

    /// Himself, and for a dispatcher whoever works where he sees. An engineer without regions works everywhere.
    private static func engineer(_ id: UUID, _ reach: Reading) -> SQL {
        """
        SELECT e.id FROM engineer_view AS e WHERE e.id = \(id) AND (e.id = \(reach.engineer)
            OR (cardinality(\(reach.regions)::text[]) > 0 AND (
                coalesce(jsonb_array_length(e.state #> '{told,regionCodes}'), 0) = 0
                OR EXISTS (SELECT FROM jsonb_array_elements_text(e.state #> '{told,regionCodes}') AS own
                    JOIN unnest(\(reach.regions)::text[]) AS seen
                    ON starts_with(own, seen) OR starts_with(seen, own))))) LIMIT 1
        """
    }

    /// A region code that begins like one of his.
    private static func regions(_ code: String, _ reach: Reading) -> SQL {
        """
        EXISTS (SELECT FROM unnest(\(reach.regions)::text[]) AS seen WHERE starts_with(\(unsafe: code), seen))
        """
    }

    /// An order with a visit, or an offer that stands, of his, or on which he helps.
    private static func isOn(_ order: String, _ reach: Reading) -> SQL {
        """
        EXISTS (SELECT FROM jsonb_each(\(unsafe: order).state -> 'visits') AS visit
            WHERE coalesce(visit.value #>> '{assignment,value}', '') NOT IN ('declined', 'expired', 'withdrawn')
            AND ((visit.value ->> 'engineerId')::uuid = \(reach.engineer)
                OR EXISTS (SELECT FROM jsonb_array_elements_text(visit.value #> '{crew,value}') AS helper
                    WHERE helper::uuid = \(reach.engineer))))
        """
    }
}
