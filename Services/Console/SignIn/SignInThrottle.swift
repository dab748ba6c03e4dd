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

    /// Somebody tries to sign in.
    struct Attempt: Sendable {
        let login: String
        let address: String
        let at: Date
    }

    /// Where an attempt counts, always in this order, so that of two one waits for the other.
    private func sources(of attempt: Attempt) -> [(source: String, free: Int)] {
        let byAddress =
            freeByAddress > 0 ? [(source: Self.source(ofAddress: attempt.address), free: freeByAddress)] : []
        return byAddress + [(Self.source(of: attempt.login), Self.freeByLogin)]
    }

    /// Counts an attempt as failed before it is looked at, so that many at once find out no more than one after the other; success
    /// takes it back (`forgive`). One that is not looked at counts nowhere.
    ///
    /// - Returns: seconds to wait where it may not be looked at; nil when it may.
    func begin(_ attempt: Attempt, on connection: PostgresConnection) async throws -> Int? {
        let now = attempt.at
        _ = try await connection.execute(
            "DELETE FROM sign_in_failure WHERE last_at < \(now - Self.memory) AND closed_until < \(now)")
        var counted: [(source: String, free: Int, failures: Int)] = []
        for (source, free) in sources(of: attempt) {
            let rows = try await connection.query(
                """
                INSERT INTO sign_in_failure (source, failures, last_at, closed_until) VALUES (\(source), 0, \(now), \(now))
                ON CONFLICT (source) DO UPDATE SET source = EXCLUDED.source
                RETURNING failures, ceil(extract(epoch FROM closed_until - \(now)))::bigint AS wait
                """)
            guard let row = rows.first else { continue }
            let left: Int = try row.get("wait")
            if left > 0 { return left }
            counted.append((source, free, try row.get("failures") + 1))
        }
        for (source, free, failures) in counted {
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
    func forgive(_ attempt: Attempt, on connection: PostgresConnection) async throws {
        _ = try await connection.execute(
            """
            UPDATE sign_in_failure SET failures = greatest(failures - 1, 0), closed_until = last_at
            WHERE source = \(Self.source(ofAddress: attempt.address))
            """)
        _ = try await connection.execute("DELETE FROM sign_in_failure WHERE source = \(Self.source(of: attempt.login))")
    }

    /// Takes back an attempt that was not looked at after all. What closed because of it opens; what others closed stays.
    func takeBack(_ attempt: Attempt, on connection: PostgresConnection) async throws {
        for (source, free) in sources(of: attempt) {
            _ = try await connection.execute(
                """
                UPDATE sign_in_failure SET failures = greatest(failures - 1, 0), closed_until =
                    CASE WHEN last_at = \(attempt.at) OR failures <= \(free) THEN last_at ELSE closed_until END
                WHERE source = \(source)
                """)
        }
    }
}
