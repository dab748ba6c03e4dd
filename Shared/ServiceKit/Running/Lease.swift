import Foundation
import Postgres
import Synchronization

/// The right to do what only one copy may do at a time: a row with an expiry, so that a frozen holder loses it, and a
/// fencing number that grows with every change of hands, so that the frozen one is found out when it comes back.
final class Lease: Sendable {
    let name: String
    let holder: String
    /// Real time for which the lease is good without renewal.
    let term: Duration
    /// What was had at the last renewal, and when to renew it: a lease is a write, and loops turn often.
    private let held = Mutex<(fence: Int, renewAt: ContinuousClock.Instant)?>(nil)

    init(name: String, holder: String, term: Duration) {
        self.name = name
        self.holder = holder
        self.term = term
    }

    /// The fence while this holder has the lease, nil while another one has it. Renewed after a third of its term.
    func acquire(on pool: PostgresPool) async throws -> Int? {
        if let held = held.withLock({ $0 }), ContinuousClock.now < held.renewAt { return held.fence }
        let asked = ContinuousClock.now
        let fence = try await pool.withConnection { try await self.renew(on: $0) }
        held.withLock { $0 = fence.map { ($0, asked + term / 3) } }
        return fence
    }

    private func renew(on connection: PostgresConnection) async throws -> Int? {
        let seconds = Double(term.components.seconds) + Double(term.components.attoseconds) / 1e18
        let rows = try await connection.query(
            """
            INSERT INTO lease AS l (name, holder, fence, expires_at)
            VALUES (\(name), \(holder), 1, now() + make_interval(secs => \(seconds)))
            ON CONFLICT (name) DO UPDATE SET
                fence = CASE WHEN l.holder = EXCLUDED.holder THEN l.fence ELSE l.fence + 1 END,
                holder = EXCLUDED.holder, expires_at = EXCLUDED.expires_at
            WHERE l.holder = EXCLUDED.holder OR l.expires_at < now()
            RETURNING fence
            """)
        return try rows.first?.get("fence")
    }

    /// Whether the lease still is what it was, locked until the transaction ends: who lost it commits nothing.
    func isHeld(fence: Int, on connection: PostgresConnection) async throws -> Bool {
        let rows = try await connection.query(
            "SELECT 1 AS held FROM lease WHERE name = \(name) AND holder = \(holder) AND fence = \(fence) FOR SHARE")
        return !rows.isEmpty
    }

    /// Gives the lease back at shutdown, so that another copy need not wait for its expiry.
    func release(on pool: PostgresPool) async {
        held.withLock { $0 = nil }
        _ = try? await pool.execute(
            "UPDATE lease SET expires_at = now() - interval '1 second' WHERE name = \(name) AND holder = \(holder)")
    }
}
