import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Says which files are signatures under service reports.
struct AnswerSignedFiles: QueryHandler {
    func answer(_ query: SignedFilesQuery, on connection: PostgresConnection) async throws -> NamedFiles {
        let files = try KeptMessages.checked(query.files)
        let rows = try await connection.query(
            """
            SELECT hash FROM unnest(\(files)) AS hash
            WHERE EXISTS (SELECT FROM service_report WHERE state #>> '{word,signature,sha256}' = hash)
                OR EXISTS (
                    SELECT FROM service_report
                    WHERE state #>> '{word,signature,dataref}' = 'urn:mendloop:attachment:' || hash)
            """)
        let named = try rows.map { try $0.get("hash", as: String.self) }
        let waiting = try await KeptMessages.naming(files.filter { !named.contains($0) }, on: connection)
        return NamedFiles(named: named + waiting)
    }
}
