import Crypto
import Foundation
import Postgres
import ServiceKit

/// Tokens with which somebody stays signed in: opaque, kept as hashes, each good for one use. One that comes twice was stolen, from
/// or by whoever used it first: then all that came of that signing in ends (RFC 9700 §4.14.2).
enum RefreshTokens {
    /// Seconds for which one that is not used holds, and a family at most.
    static let life: TimeInterval = 14 * 86_400
    static let familyLife: TimeInterval = 60 * 86_400

    /// What became of a token that was shown.
    enum Use: Sendable {
        /// It was good; whose, and what follows it.
        case good(userId: UUID, family: UUID, epoch: Int, familyEnds: Date)
        case stolen(userId: UUID)
        case unknown
    }

    /// Begins a family, or goes on with one.
    ///
    /// - Returns: the token, which is kept nowhere.
    static func give(
        to userId: UUID, epoch: Int, family: UUID = UUID.v7(), familyEnds: Date? = nil, at now: Date,
        on connection: PostgresConnection
    ) async throws -> String {
        var chance = SystemRandomNumberGenerator()
        let token = Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &chance) })
        let ends = familyEnds ?? now + familyLife
        _ = try await connection.execute("DELETE FROM refresh_token WHERE expires_at < \(now)")
        _ = try await connection.execute(
            """
            INSERT INTO refresh_token (hash, family, user_id, sign_in_epoch, expires_at, family_ends_at)
            VALUES (\(hash(token)), \(family), \(userId), \(epoch), \(min(now + life, ends)), \(ends))
            """)
        return token
    }

    /// Uses a token up.
    static func use(_ token: String, at now: Date, on connection: PostgresConnection) async throws -> Use {
        guard try await isAlone(withFamilyOf: token, on: connection) else { return .unknown }
        let rows = try await connection.query(
            """
            SELECT family, user_id, sign_in_epoch, expires_at, family_ends_at, used_at FROM refresh_token
            WHERE hash = \(hash(token)) FOR UPDATE
            """)
        guard let row = rows.first else { return .unknown }
        let userId: UUID = try row.get("user_id")
        let family: UUID = try row.get("family")
        guard try row.get("used_at", as: Date?.self) == nil else {
            try await end(family, on: connection)
            return .stolen(userId: userId)
        }
        guard try row.get("expires_at", as: Date.self) > now else { return .unknown }
        _ = try await connection.execute("UPDATE refresh_token SET used_at = \(now) WHERE hash = \(hash(token))")
        return .good(
            userId: userId, family: family, epoch: try row.get("sign_in_epoch"),
            familyEnds: try row.get("family_ends_at"))
    }

    /// Ends the family of a token.
    ///
    /// - Returns: whose it was; nil for one that nobody was given, or that has ended.
    static func end(familyOf token: String, on connection: PostgresConnection) async throws -> UUID? {
        guard try await isAlone(withFamilyOf: token, on: connection) else { return nil }
        let rows = try await connection.query(
            "SELECT family, user_id FROM refresh_token WHERE hash = \(hash(token)) FOR UPDATE")
        guard let row = rows.first else { return nil }
        try await end(try row.get("family"), on: connection)
        return try row.get("user_id")
    }

    /// Keeps a family to this transaction: whoever ends it then sees what another has given out of it meanwhile.
    ///
    /// - Returns: whether there is a family.
    private static func isAlone(withFamilyOf token: String, on connection: PostgresConnection) async throws -> Bool {
        let rows = try await connection.query("SELECT family FROM refresh_token WHERE hash = \(hash(token))")
        guard let family = try rows.first?.get("family", as: UUID.self) else { return false }
        _ = try await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(\(family.text), 0))")
        return true
    }

    private static func end(_ family: UUID, on connection: PostgresConnection) async throws {
        _ = try await connection.execute("DELETE FROM refresh_token WHERE family = \(family)")
    }

    private static func hash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Data(token.utf8))) }
}
