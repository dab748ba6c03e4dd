import DomainContracts
import Foundation
import Postgres
import ServiceKit
import Synchronization

/// Removes the attachments of customers who are forgotten: those that nobody else names. While the store is away they wait.
final class RemoveFiles: Worker {
    let name = "remove-files"
    let watched: Set<String> = ["heard_erasure"]
    private let store: any AttachmentStore
    /// Parts whose files are gone, and which do not say so yet.
    private let removed = Mutex<[UUID]>([])

    init(store: any AttachmentStore) { self.store = store }

    func prepare(_ pool: PostgresPool, now: Date) async throws {
        let rows = try await pool.query(
            """
            SELECT id, state FROM heard_erasure
            WHERE state #> '{told,files,0}' IS NOT NULL AND id NOT IN (SELECT erasure_id FROM erased_files)
            ORDER BY id LIMIT 1
            """)
        for row in rows {
            let erasure = try row.get("state", as: JSONB.self).decode(Erasure.self, decoder: WireJSON.decoder())
            for file in erasure.told.files ?? [] { try await store.remove(file) }
            let id: UUID = try row.get("id")
            removed.withLock { $0.append(id) }
        }
    }

    func step(_ session: inout WorkSession) async throws -> Bool {
        let ids = removed.withLock { ids in
            defer { ids = [] }
            return ids
        }
        if ids.isEmpty { return false }
        try await session.connection.execute(
            "INSERT INTO erased_files (erasure_id) SELECT unnest(\(ids)) ON CONFLICT DO NOTHING")
        return true
    }
}
