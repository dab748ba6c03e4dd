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
        for older in [order.awaiting, order.setAside].compactMap({ $0 }) {
            guard var report = get(ServiceReport.self, older.reportId), report.close(as: .superseded, nil) else {
                continue
            }
            set(report, older.reportId)
            note("report-superseded", about: ServiceReport.self, older.reportId)
        }
        order.setAside = nil
        let report = ServiceReport(content: content, sha256: CanonicalHash.sha256(content))
        set(report, id)
        note("report-made", about: ServiceReport.self, id)
        visit.report = report.reference(id)
        let deadline = now.addingTimeInterval(Self.confirmationTime)
        order.awaiting = AwaitedReport(reportId: id, visitId: visit.visitId, deadline: deadline)
        set(order, visit.workOrderId)
        schedule(LetConfirmationPass.self, for: visit.workOrderId, at: deadline)
    }

    /// Makes the report that a refusal left to be made, and tells it: the visit's end was told without one.
    mutating func conclude(_ visit: inout Visit, by refusal: EstimateRefusal) {
        makeReport(on: &visit, outcome: refusal.outcome, reason: refusal.reason)
        guard let report = visit.report else { return }
        emit(
            ReportPrepared(
                report: report, visitId: visit.visitId, workOrderId: visit.workOrderId,
                workOrderNumber: visit.workOrderNumber, engineerId: visit.engineerId, outcome: refusal.outcome,
                preparedAt: now),
            about: ServiceReport.self, report.reportId, story: visit.workOrderId)
    }

    /// Somebody is needed again: the report on an older round's work is set aside. Nobody is asked about it any more, and it
    /// does not confirm itself while others work. Not where a visit of the new round is over already: then it is the newer one.
    mutating func enter(_ round: Int, _ order: inout OrderBrief, _ workOrderId: UUID) -> Bool {
        guard order.enter(round) else { return false }
        if let awaited = order.awaiting, order.lastEnded?.round ?? 0 < round,
            let visit = get(Visit.self, awaited.visitId), order.isPast(visit.round),
            let report = get(ServiceReport.self, awaited.reportId)
        {
            order.awaiting = nil
            order.setAside = awaited
            cancel(LetConfirmationPass.self, for: workOrderId)
            set(report, awaited.reportId)
            note("report-set-aside", about: ServiceReport.self, awaited.reportId)
        }
        return true
    }

    /// Intake had ended the order without knowing of the work that was done last, and takes it up again: the report on that,
    /// though of an older round, waits for the customer's word once more.
    mutating func takeUpReport(_ order: inout OrderBrief, _ workOrderId: UUID) {
        guard order.awaiting == nil, let awaited = order.setAside, awaited.visitId == order.lastEnded?.visitId,
            let report = get(ServiceReport.self, awaited.reportId)
        else { return }
        order.setAside = nil
        order.awaiting = awaited
        schedule(LetConfirmationPass.self, for: workOrderId, at: max(awaited.deadline, now))
        set(report, awaited.reportId)
        note("report-taken-up", about: ServiceReport.self, awaited.reportId)
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
