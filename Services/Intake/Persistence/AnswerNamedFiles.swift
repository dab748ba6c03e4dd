import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Says which files somebody names: all attachments come to intake, with a request, a message or a dispute.
struct AnswerNamedFiles: QueryHandler {
    func answer(_ query: NamedFilesQuery, on connection: PostgresConnection) async throws -> NamedFiles {
        let files = try KeptMessages.checked(query.files)
        let rows = try await connection.query(
            """
            SELECT hash FROM unnest(\(files)) AS hash,
                LATERAL (SELECT jsonb_build_array(jsonb_build_object('sha256', hash)) AS by_hash,
                    jsonb_build_array(jsonb_build_object('dataref', 'urn:mendloop:attachment:' || hash)) AS by_name) AS item
            WHERE EXISTS (
                    SELECT FROM service_request WHERE state #> '{report,attachments}' <> '[]'
                        AND (state #> '{report,attachments}' @> by_hash OR state #> '{report,attachments}' @> by_name))
                OR EXISTS (
                    SELECT FROM request_message WHERE attachments <> '[]'
                        AND (attachments::jsonb @> by_hash OR attachments::jsonb @> by_name))
                OR EXISTS (
                    SELECT FROM entitlement_dispute WHERE state -> 'evidence' <> '[]'
                        AND (state -> 'evidence' @> by_hash OR state -> 'evidence' @> by_name))
            """)
        let named = try rows.map { try $0.get("hash", as: String.self) }
        let waiting = try await KeptMessages.naming(files.filter { !named.contains($0) }, on: connection)
        return NamedFiles(named: named + waiting)
    }
}
