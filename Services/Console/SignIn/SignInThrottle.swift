import Crypto
import Foundation
import Postgres
import ServiceKit

/// Holds back whoever guesses: each failure beyond the first few doubles the wait, by login and by address. Kept in the database, so
/// that all copies count together and a restart forgives nothing.
struct SignInThrottle: Sendable {
    /// Failures of one login before the first wait.
    static let freeByLogin = 5
    /// The same of one address; 0 counts by login alone, for whoever is behind a proxy and sees its address alone.
    var freeByAddress = 20
    /// Seconds of the first wait, and of the longest.
    static let firstWait: TimeInterval = 30
    static let longestWait: TimeInterval = 900
    /// Seconds after which a failure is forgotten.
    static let memory: TimeInterval = 3_600

    /// A login is kept as its hash: people type passwords there.
    private static func source(of login: String) -> String {
        "login/" + SHA256.hash(data: Data(login.utf8)).prefix(16).hexadecimal
    }

    private static func source(ofAddress address: String) -> String { "address/" + address }

    /// Counts an attempt as failed before it is looked at, so that many at once find out no more than one after the other; success
    /// takes it back (`forgive`).
    ///
    /// - Returns: seconds to wait where it may not be looked at; nil when it may.
    func begin(login: String, address: String, at now: Date, on connection: PostgresConnection) async throws -> Int? {
        _ = try await connection.execute(
            "DELETE FROM sign_in_failure WHERE last_at < \(now - Self.memory) AND closed_until < \(now)")
        let byAddress = freeByAddress > 0 ? [(source: Self.source(ofAddress: address), free: freeByAddress)] : []
        // Always in this order, so that of two one waits for the other.
        for (source, free) in byAddress + [(Self.source(of: login), Self.freeByLogin)] {
            let rows = try await connection.query(
                """
                INSERT INTO sign_in_failure (source, failures, last_at, closed_until) VALUES (\(source), 0, \(now), \(now))
                ON CONFLICT (source) DO UPDATE SET source = EXCLUDED.source
                RETURNING failures, ceil(extract(epoch FROM closed_until - \(now)))::bigint AS wait
                """)
            guard let row = rows.first else { continue }
            let left: Int = try row.get("wait")
            if left > 0 { return left }
            let failures: Int = try row.get("failures") + 1
            let doublings = Double(min(max(failures - free, 0), 10))
            let wait = failures < free ? 0 : min(Self.firstWait * pow(2, doublings), Self.longestWait)
            _ = try await connection.execute(
                """
                UPDATE sign_in_failure SET failures = \(failures), last_at = \(now), closed_until = \(now + wait)
                WHERE source = \(source)
                """)
        }
        return nil
    }

    /// Forgets the login's failures; of the address's, this attempt: somebody's own account opens no door to guess at others'.
    func forgive(login: String, address: String, on connection: PostgresConnection) async throws {
        _ = try await connection.execute(
            """
            UPDATE sign_in_failure SET failures = greatest(failures - 1, 0), closed_until = last_at
            WHERE source = \(Self.source(ofAddress: address))
            """)
        _ = try await connection.execute("DELETE FROM sign_in_failure WHERE source = \(Self.source(of: login))")
    }
}
