import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Shows what became of one request, by id or number.
struct AnswerRequest: QueryHandler {
    func answer(_ query: RequestQuery, on connection: PostgresConnection) async throws -> RequestAnswer {
        let rows = try await connection.query(
            """
            SELECT version, state FROM service_request
            WHERE id = \(query.requestId) OR number = \(query.requestNumber)
            LIMIT 1
            """)
        guard let row = rows.first else { return RequestAnswer(found: false) }
        let request = try row.get("state", as: JSONB.self).decode(ServiceRequest.self, decoder: WireJSON.decoder())
        let isOpen = request.status == .incomplete
        let duplicates =
            isOpen
            ? try await ShowRequestDuplicates.open(request.duplicates ?? [], connection)
                + ShowRequestDuplicates.requests(naming: request.id, connection) : []
        return RequestAnswer(
            found: true, requestId: request.id, requestNumber: request.number,
            status: RequestStatus(rawValue: request.status.rawValue), workOrderId: request.workOrderId,
            workOrderNumber: request.workOrderNumber, missing: request.missing,
            customerMatch: request.customerMatch, deviceMatch: request.deviceMatch, problem: request.report.problem,
            answers: request.report.answers, questionnaireVersion: request.questionnaireVersion,
            answer: request.answer, report: request.report,
            probableDuplicates: duplicates.sorted(by: RequestDuplicate.isSurer),
            mergedInto: request.merge?.into, version: try row.get("version"))
    }
}
