import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Forgets what is no state of a thing: messages, refused reports; and says who was forgotten.
enum ErasureWriting {
    /// What was said of requests, and who he is in the stories of those that became no order.
    static func forgetMessages(ofRequests ids: [UUID], on connection: PostgresConnection) async throws {
        try await connection.execute(
            "UPDATE request_message SET text = NULL, attachments = '[]' WHERE request_id = ANY(\(ids))")
        try await KeptMessages.forgetWhoActed(inStories: ids.map { IntakeID.workOrder(of: $0) }, on: connection)
    }

    /// - Parameter page: ids of things of his, of whatever kind.
    static func forgetWhoActed(on page: [UUID], on connection: PostgresConnection) async throws {
        try await KeptMessages.forgetWhoActed(inStories: page, on: connection)
        try await connection.execute(
            """
            UPDATE history SET actor_id = NULL
            WHERE aggregate IN ('contact', 'site', 'device', 'customer') AND aggregate_id = ANY(\(page))
                AND actor_type = 'customer' AND actor_id IS NOT NULL
            """)
    }

    /// Refused reports that one transaction looks through; each may have 256 KiB.
    private static let refusedReports = 200

    /// Goes through a portion of the reports that were refused. Nobody knows whose they are but by how he is reached, however he
    /// wrote it.
    ///
    /// - Returns: how far it went, nil at the end; and the messages that are his.
    static func forgetRefusedReports(
        _ erasure: CustomerErasure, on connection: PostgresConnection
    ) async throws -> (reached: Int?, messageIds: [String]) {
        let position = erasure.position ?? 0
        let page = try await connection.query(
            """
            SELECT max(id) AS reached FROM (
                SELECT id FROM report_rejection WHERE id > \(position) ORDER BY id LIMIT \(refusedReports)) AS page
            """)
        guard let reached = try page.first?.get("reached", as: Int?.self) else { return (nil, []) }
        let his = try await connection.query(
            """
            UPDATE report_rejection SET original = '', external_id = NULL, problem = '{}'
            WHERE id > \(position) AND id <= \(reached) AND (
                EXISTS (SELECT 1 FROM unnest(\(erasure.words?.texts ?? [])) AS word WHERE position(word IN original) > 0)
                OR EXISTS (
                    SELECT 1 FROM unnest(\(erasure.words?.digits ?? [])) AS phone
                    WHERE position(phone IN regexp_replace(original, '[^0-9]', '', 'g')) > 0))
            RETURNING message_id
            """)
        return (reached, try his.map { try $0.get("message_id", as: String.self) })
    }

    /// - Returns: how far it went; nil at the end.
    static func forgetKeptMessages(_ erasure: CustomerErasure, on connection: PostgresConnection) async throws -> Int? {
        try await KeptMessages.forget(
            try await marks(erasure, on: connection), keepsCommands: false, words: erasure.words?.all ?? [],
            messageIds: erasure.refusedMessageIds, after: erasure.position ?? 0, on: connection)
    }

    /// What tells his events in our log from others'.
    static func marks(_ erasure: CustomerErasure, on connection: PostgresConnection) async throws -> ForgottenMarks {
        let his = try await things(of: erasure.customerIds, on: connection)
        func subjects<A: Aggregate>(_ type: A.Type, _ ids: [UUID]) -> [String] { ids.map { A.subject($0) } }
        return ForgottenMarks(
            stories: his.stories,
            subjects: subjects(Customer.self, erasure.customerIds) + subjects(ContactPoint.self, his.contacts)
                + subjects(Site.self, his.sites) + subjects(ServiceRequest.self, his.requests)
                + subjects(PastServiceRecord.self, his.pastServices) + subjects(MaintenancePlan.self, his.plans)
                + erasure.refusedMessageIds.map { "report/\($0)" },
            ids: erasure.customerIds + his.contacts + his.sites + his.requests + his.stories)
    }

    /// Each list of a part is at most so long, which keeps a message below 256 KiB.
    private static let listed = 1_000

    /// Says who was forgotten, and what was his.
    static func news(of erasure: CustomerErasure, on connection: PostgresConnection) async throws -> [CustomerErased] {
        let his = try await things(of: erasure.customerIds, on: connection)
        let longest = max(his.contacts.count, his.requests.count, his.stories.count, erasure.files.count)
        let parts = max(1, (longest + listed - 1) / listed)
        func part<Name>(_ names: [Name], _ number: Int) -> [Name] {
            Array(names.dropFirst((number - 1) * listed).prefix(listed))
        }
        return (1...parts).map { number in
            CustomerErased(
                erasureId: erasure.id, part: number, parts: parts, customerId: erasure.customerId,
                mergedCustomerIds: erasure.customerIds.filter { $0 != erasure.customerId },
                contactIds: part(his.contacts, number), requestIds: part(his.requests, number),
                workOrderIds: part(his.stories, number),
                files: erasure.files.isEmpty ? nil : part(erasure.files, number),
                erasedAt: erasure.askedAt)
        }
    }

    private struct Things {
        var contacts: [UUID]
        var sites: [UUID]
        var requests: [UUID]
        var pastServices: [UUID]
        var plans: [UUID]
        /// His work orders, and what would have become the work orders of his requests.
        var stories: [UUID]
    }

    private static func things(of ids: [UUID], on connection: PostgresConnection) async throws -> Things {
        let found = try await connection.pipeline(
            ["contact", "site", "service_request", "past_service", "maintenance_plan", "work_order"].map { table in
                "SELECT id FROM \(unsafe: table) WHERE customer_id = ANY(\(ids)) ORDER BY id"
            }
        ).map { rows in try rows.map { try $0.get("id", as: UUID.self) } }
        let stories = Set(found[5] + found[2].map { IntakeID.workOrder(of: $0) })
        return Things(
            contacts: found[0], sites: found[1], requests: found[2], pastServices: found[3], plans: found[4],
            stories: stories.sorted())
    }
}
