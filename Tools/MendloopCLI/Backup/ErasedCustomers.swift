import DomainContracts
import Foundation
import Postgres

/// Whom intake has erased so far, by ids alone. It is kept in one file beside the backups, since a restore to before an erasure
/// brings the customer back, and a database that is lost cannot say whom.
struct ErasedCustomers: Codable, Sendable, Equatable {
    /// Those who were merged into somebody erased are among them.
    var customerIds: Set<UUID> = []

    /// The list beside the backups of a folder.
    static func file(in folder: URL) -> URL { folder.appending(path: "erased.json") }

    /// - Throws: when there is a list that cannot be read.
    static func read(beside folder: URL) throws -> ErasedCustomers {
        let file = file(in: folder)
        guard FileManager.default.fileExists(atPath: file.path) else { return ErasedCustomers() }
        return try JSONFile.read(ErasedCustomers.self, from: file.path)
    }

    /// Those of a database; nobody where intake has none there, or an earlier release's.
    static func read(_ access: DatabaseAccess) async throws -> ErasedCustomers {
        try await access.look { connection in
            guard try await connection.hasErasures else { return ErasedCustomers() }
            let rows = try await connection.query(
                "SELECT DISTINCT jsonb_array_elements_text(state->'customerIds')::uuid AS id FROM intake.erasure")
            return ErasedCustomers(customerIds: Set(try rows.map { try $0.get("id") }))
        }
    }

    /// Adds them to the list beside the backups, from which nobody is ever taken.
    ///
    /// - Returns: all who are on it then.
    func add(beside folder: URL) throws -> ErasedCustomers {
        var all = try Self.read(beside: folder)
        all.customerIds.formUnion(customerIds)
        guard !all.customerIds.isEmpty else { return all }
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try Output.json(all).write(to: Self.file(in: folder), atomically: true, encoding: .utf8)
        return all
    }

    /// Of them, those who are in a database as if nobody had erased them.
    func whole(in access: DatabaseAccess) async throws -> [UUID] {
        guard !customerIds.isEmpty else { return [] }
        return try await access.look { connection in
            guard try await connection.hasErasures else { return [] }
            return try await connection.query(
                """
                SELECT id FROM intake.customer WHERE id = ANY(\(Array(customerIds))) AND id NOT IN (
                    SELECT jsonb_array_elements_text(state->'customerIds')::uuid FROM intake.erasure)
                ORDER BY id
                """
            ).map { try $0.get("id") }
        }
    }
}

extension PostgresConnection {
    /// Whether intake can erase: a schema of a release before it does not.
    fileprivate var hasErasures: Bool {
        get async throws {
            try await query("SELECT to_regclass('intake.erasure')::text AS name").first?.get("name", as: String?.self)
                != nil
        }
    }
}
