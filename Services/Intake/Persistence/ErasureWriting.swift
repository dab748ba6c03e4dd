import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Forgets what is no state of a thing: messages, refused reports; and says who was forgotten.
enum ErasureWriting {
    /// - Returns: messages that were refused, and are his.
    static func forgetMessages(
        _ erasure: CustomerErasure, on connection: PostgresConnection
    ) async throws -> [String] {
        let ids = erasure.customerIds
        try await connection.execute(
            """
            UPDATE request_message SET text = NULL, attachments = '[]'
            WHERE request_id IN (SELECT id FROM service_request WHERE customer_id = ANY(\(ids)))
            """)
        for table in ["contact", "site", "device"] {
            try await connection.execute(
                """
                UPDATE history SET actor_id = NULL
                WHERE actor_type = 'customer' AND aggregate = \(table)
                    AND aggregate_id IN (SELECT id FROM \(unsafe: table) WHERE customer_id = ANY(\(ids)))
                """)
        }
        try await connection.execute(
            """
            UPDATE history SET actor_id = NULL
            WHERE actor_type = 'customer' AND aggregate = 'customer' AND aggregate_id = ANY(\(ids))
            """)
        // Nobody knows whose they are but by how he is reached, however he wrote it.
        let refused = try await connection.query(
            """
            UPDATE report_rejection SET original = '', external_id = NULL, problem = '{}'
            WHERE EXISTS (SELECT 1 FROM unnest(\(erasure.words?.texts ?? [])) AS word WHERE position(word IN original) > 0)
                OR EXISTS (
                    SELECT 1 FROM unnest(\(erasure.words?.digits ?? [])) AS phone
                    WHERE position(phone IN regexp_replace(original, '[^0-9]', '', 'g')) > 0)
            RETURNING message_id
            """
        ).map { try $0.get("message_id", as: String.self) }
        try await KeptMessages.forget(
            try await marks(erasure, on: connection), keepsCommands: false, words: erasure.words?.all ?? [],
            messageIds: refused, on: connection)
        return refused
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
