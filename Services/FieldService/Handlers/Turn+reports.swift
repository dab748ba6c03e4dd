import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// How long the customer may dispute a report before it counts as confirmed, seconds.
    private static let confirmationTime: TimeInterval = 72 * 3600

    /// Makes the report on an ended visit and puts it before the customer, in place of an older one.
    mutating func makeReport(on visit: inout Visit, outcome: Outcome, reason: String?) {
        let id = ServiceReport.id(of: visit.visitId)
        let number = nextNumber("service_report_number")
        guard var order = get(OrderBrief.self, visit.workOrderId),
            let content = ReportContent(
                of: visit, in: order, number: number, outcome: outcome, reason: reason, madeAt: now)
        else { return }
        if let older = order.awaiting, var report = get(ServiceReport.self, older.reportId),
            report.close(as: .superseded, nil)
        {
            set(report, older.reportId)
            note("report-superseded", about: ServiceReport.self, older.reportId)
        }
        let report = ServiceReport(content: content, sha256: CanonicalHash.sha256(content))
        set(report, id)
        note("report-made", about: ServiceReport.self, id)
        visit.report = report.reference(id)
        let deadline = now.addingTimeInterval(Self.confirmationTime)
        order.awaiting = AwaitedReport(reportId: id, visitId: visit.visitId, deadline: deadline)
        set(order, visit.workOrderId)
        schedule(LetConfirmationPass.self, for: visit.workOrderId, at: deadline)
    }

    /// Notes the confirmation of the report that waits, and tells it.
    mutating func confirm(_ order: OrderBrief, _ workOrderId: UUID, _ report: ServiceReport, _ word: CustomerWord) {
        guard let awaited = order.awaiting else { return }
        var order = order
        var report = report
        guard report.close(as: .confirmed, word) else { return }
        order.awaiting = nil
        order.confirmedReportId = awaited.reportId
        set(order, workOrderId)
        set(report, awaited.reportId)
        cancel(LetConfirmationPass.self, for: workOrderId)
        emit(
            CompletionConfirmed(
                workOrderId: workOrderId, workOrderNumber: order.workOrderNumber, visitId: awaited.visitId,
                reportId: awaited.reportId, how: word.how ?? .customer, confirmedAt: word.at),
            about: ServiceReport.self, awaited.reportId, story: workOrderId)
    }
}

extension ServiceReport {
    /// The report on a visit.
    static func id(of visitId: UUID) -> UUID { UUID(derivedFrom: "report/1", in: visitId) }
}
