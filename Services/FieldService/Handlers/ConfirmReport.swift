import DomainContracts
import Foundation
import ServiceKit

/// The customer confirms the newest report, through his link or on the engineer's screen.
struct ConfirmReport: CommandHandler {
    let door: CustomerDoor

    func keys(_ command: ConfirmCompletion, _ keys: inout Keys) { keys.need(OrderBrief.self, command.workOrderId) }

    func decide(_ command: ConfirmCompletion, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let byOwn = try door.admit(
            ConfirmCompletion.self, subject: command.workOrderId, token: command.token, turn)
        if byOwn, command.signature == nil, !Checks.present(command.signedBy, "").isEmpty {
            throw .invalid("/data/signature", "required", "the customer signs, or is named in signedBy")
        }
        guard let order = turn.get(OrderBrief.self, command.workOrderId) else {
            throw .notFound("/data/workOrderId", "work order")
        }
        guard let reportId = order.awaiting?.reportId ?? order.confirmedReportId,
            var report = turn.get(ServiceReport.self, reportId)
        else { throw .conflict("report-not-awaiting", "No report of this work order waits for a word") }
        if let named = command.reportId, named != reportId {
            throw .conflict("report-not-current", "Another report is before the customer")
        }
        // Said twice: it is true already, and only a signature is news.
        if order.awaiting != nil {
            let at = turn.occurred(command.occurredAt, notBefore: report.content.madeAt)
            turn.confirm(
                order, command.workOrderId, report,
                CustomerWord(
                    at: at, by: turn.actor, how: .customer, signedBy: command.signedBy, signature: command.signature))
        } else if let signature = command.signature, report.sign(signature, by: command.signedBy) {
            turn.set(report, reportId)
            turn.note("report-signed", about: ServiceReport.self, reportId)
        }
        return Acknowledgement(
            subject: ServiceReport.subject(reportId), version: turn.version(ServiceReport.self, reportId),
            status: ReportState.confirmed.rawValue)
    }
}
