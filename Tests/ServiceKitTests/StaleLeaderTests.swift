import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@Suite("A leader that has lost its lease")
struct StaleLeaderTests {
    /// As after a freeze: for a while its own memory says that it leads, and the table that another one does.
    @Test("a worker that still believes to lead commits nothing, and goes on once the lease is its own again")
    func worker() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let id = UUID()
        _ = try await client.send(try client.message(WorkOrderOpened.sample(id), story: id))
        try await eventually("the account is open, and the worker leads") {
            let leads = try await service.pool.query("SELECT 1 AS x FROM lease WHERE name = 'worker/settle'")
            let isOpen = try await status(service, id) == "open"
            return isOpen && !leads.isEmpty
        }
        // The lease changes hands and the work appears in one moment, as if both had happened during the freeze.
        try await service.pool.transaction { connection in
            try await connection.execute(
                """
                UPDATE lease SET holder = 'another', fence = fence + 1, expires_at = now() + interval '1 hour'
                WHERE name = 'worker/settle'
                """)
            try await connection.execute(
                """
                UPDATE account SET state = jsonb_set(state, '{status}', '"reminded"'), version = version + 1
                WHERE id = \(id)
                """)
        }
        // Longer than a third of the lease's term: the worker has looked for work by its old right, and asked anew.
        try await holdFault(for: .seconds(3))
        #expect(try await status(service, id) == "reminded")
        try await service.pool.execute("UPDATE lease SET expires_at = now() WHERE name = 'worker/settle'")
        try await eventually("the work is done") { try await status(service, id) == "settled" }
        let fence = try await service.pool.query("SELECT fence FROM lease WHERE name = 'worker/settle'")
        #expect(try fence.first?.get("fence", as: Int.self) == 3)
        await service.stop()
    }

    private func status(_ service: RunningService, _ id: UUID) async throws -> String? {
        try await service.pool.query("SELECT status FROM account WHERE id = \(id)").first?.get("status")
    }
}
