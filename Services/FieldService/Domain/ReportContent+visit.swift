import DomainContracts
import FoundationEssentials

extension ReportContent {
    /// The report on an ended visit; nil while it has not ended.
    init?(of visit: Visit, in order: OrderBrief, number: Int, outcome: Outcome, reason: String?, madeAt: Date) {
        guard let end = visit.end else { return nil }
        self.init(
            reportNumber: ReportNumber.text(number, madeAt: madeAt), version: 1, workOrderId: visit.workOrderId,
            workOrderNumber: visit.workOrderNumber, visitId: visit.visitId, engineerId: visit.engineerId,
            receivedAt: order.receivedAt, problem: order.problem, checkedInAt: visit.checkedInAt,
            startedAt: visit.startedAt, endedAt: end.endedAt, endReason: end.reason, outcome: outcome,
            outcomeReason: reason, workMinutes: end.workMinutes, travelMinutes: end.travelMinutes,
            findings: visit.findings, parts: visit.partUses, note: end.note, madeAt: madeAt, helperIds: visit.helperIds)
    }
}

/// Numbers that people read: `RP-20261121-000042`.
enum ReportNumber {
    /// The company keeps China Standard Time, which has had no summer time since 1991.
    private static let companyOffset: TimeInterval = 8 * 3600

    static func text(_ number: Int, madeAt: Date) -> String {
        let day = RFC3339.format(madeAt.addingTimeInterval(companyOffset)).prefix(10).replacing("-", with: "")
        let digits = String(number)
        return "RP-\(day)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
