import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Engineers and rules as they stand, read without locks.
enum RosterReading {
    /// Grows with every change to an engineer, to the rules or to whom a customer wants.
    static let stamp: SQL = """
        SELECT ((SELECT coalesce(sum(version), 0) FROM engineer)
            + (SELECT coalesce(sum(version), 0) FROM rule_book)
            + (SELECT coalesce(sum(version), 0) FROM customer_engineers))::bigint AS stamp
        """

    /// The stamp as it is now: what was decided on another one may not hold any more.
    static func currentStamp(_ connection: PostgresConnection) async throws -> Int {
        try await connection.query(stamp).first?.get("stamp", as: Int.self) ?? 0
    }

    static func engineers(_ connection: PostgresConnection) async throws -> [(id: UUID, engineer: Engineer)] {
        let rows = try await connection.query("SELECT id, state FROM engineer")
        let decoder = WireJSON.decoder()
        return try rows.map { row in
            (try row.get("id"), try row.get("state", as: JSONB.self).decode(Engineer.self, decoder: decoder))
        }
    }

    /// The rules in force.
    static func ruleSet(_ connection: PostgresConnection) async throws -> RuleSet {
        let rows = try await connection.query("SELECT state FROM rule_book WHERE id = \(RuleBook.id)")
        let book = try rows.first?.get("state", as: JSONB.self).decode(RuleBook.self, decoder: WireJSON.decoder())
        return try (book ?? .standard).ruleSet()
    }
}
