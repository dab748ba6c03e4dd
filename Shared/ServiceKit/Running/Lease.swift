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
    /// What the database last answered (no fence: another one has it), and when to ask again: asking is a write, for
    /// which whoever has the lease may have to be waited for, and loops turn often.
    private let answer = Mutex<(fence: Int?, askAgainAt: ContinuousClock.Instant)?>(nil)

    init(name: String, holder: String, term: Duration) {
        self.name = name
        self.holder = holder
        self.term = term
    }

    /// The fence while this holder has the lease, nil while another one has it. Renewed after a third of its term; asked
    /// for again after a fifth.
    func acquire(on pool: PostgresPool) async throws -> Int? {
        if let answer = answer.withLock({ $0 }), ContinuousClock.now < answer.askAgainAt { return answer.fence }
        let asked = ContinuousClock.now
        let fence = try await pool.withConnection { try await self.renew(on: $0) }
        answer.withLock { $0 = (fence, asked + (fence == nil ? term / 5 : term / 3)) }
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
        answer.withLock { $0 = nil }
        _ = try? await pool.execute(
            "UPDATE lease SET expires_at = now() - interval '1 second' WHERE name = \(name) AND holder = \(holder)")
    }
}
