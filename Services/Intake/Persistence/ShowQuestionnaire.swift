import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// What is asked about a service type, or was.
struct ShowQuestionnaire: QueryHandler {
    func answer(_ query: QuestionnaireQuery, on connection: PostgresConnection) async throws -> QuestionnaireAnswer {
        let rows = try await connection.query(
            """
            SELECT state FROM questionnaire_version
            WHERE service_type = \(query.serviceType.rawValue)
                AND questionnaire_version <= \(query.questionnaireVersion ?? Int(Int32.max))
            ORDER BY questionnaire_version DESC LIMIT 1
            """)
        let found = try rows.first?.get("state", as: JSONB.self)
            .decode(Questionnaire.self, decoder: WireJSON.decoder())
        guard let found, query.questionnaireVersion ?? found.questionnaireVersion == found.questionnaireVersion else {
            return QuestionnaireAnswer(
                serviceType: query.serviceType, questionnaireVersion: query.questionnaireVersion ?? 0)
        }
        return QuestionnaireAnswer(
            serviceType: found.serviceType, questionnaireVersion: found.questionnaireVersion, schema: found.schema,
            publishedAt: found.publishedAt, publishedBy: found.publishedBy)
    }
}
