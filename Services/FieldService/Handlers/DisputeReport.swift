import DomainContracts
import Foundation
import ServiceKit

/// The customer says that it is not done: intake opens a new round.
struct DisputeReport: CommandHandler {
    let door: CustomerDoor

    func keys(_ command: DisputeCompletion, _ keys: inout Keys) { keys.need(OrderBrief.self, command.workOrderId) }

    func decide(_ command: DisputeCompletion, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let invalid = Refusal.invalid(Checks.present(command.reason, "/data/reason")) { throw invalid }
        try door.admit(DisputeCompletion.self, subject: command.workOrderId, token: command.token, turn)
        guard var order = turn.get(OrderBrief.self, command.workOrderId) else {
            throw .notFound("/data/workOrderId", "work order")
        }
        guard let awaited = order.awaiting, var report = turn.get(ServiceReport.self, awaited.reportId) else {
            throw .conflict("report-not-awaiting", "No report of this work order waits for a word")
        }
        let at = turn.occurred(command.occurredAt, notBefore: report.content.madeAt)
        _ = report.close(as: .disputed, CustomerWord(at: at, by: turn.actor, reason: command.reason))
        order.awaiting = nil
        turn.set(order, command.workOrderId)
        turn.set(report, awaited.reportId)
        turn.cancel(LetConfirmationPass.self, for: command.workOrderId)
        turn.emit(
            CompletionDisputed(
                workOrderId: command.workOrderId, workOrderNumber: order.workOrderNumber, visitId: awaited.visitId,
                reportId: awaited.reportId, reason: command.reason, disputedAt: at),
            about: ServiceReport.self, awaited.reportId, story: command.workOrderId)
        return Acknowledgement(
            subject: ServiceReport.subject(awaited.reportId),
            version: turn.version(ServiceReport.self, awaited.reportId), status: report.status.rawValue)
    }
}
