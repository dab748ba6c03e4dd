import DomainContracts
import FoundationEssentials

extension ServiceReport {
    /// As others see it.
    func view(_ id: UUID) -> ServiceReportView {
        ServiceReportView(
            report: reference(id), status: ServiceReportStatus(rawValue: status.rawValue),
            workOrderNumber: content.workOrderNumber, visitId: content.visitId, engineerId: content.engineerId,
            helperIds: content.helperIds, problem: content.problem, receivedAt: content.receivedAt,
            checkedInAt: content.checkedInAt, startedAt: content.startedAt, endedAt: content.endedAt,
            endReason: content.endReason, outcome: content.outcome, outcomeReason: content.outcomeReason,
            workMinutes: content.workMinutes, travelMinutes: content.travelMinutes,
            findings: content.findings.map(\.reported), parts: content.parts.map(\.reported), note: content.note,
            madeAt: content.madeAt,
            word: word.map {
                ReportedWord(at: $0.at, how: $0.how, signedBy: $0.signedBy, signature: $0.signature, reason: $0.reason)
            })
    }
}

extension Finding {
    var reported: ReportedFinding {
        ReportedFinding(
            problemCode: problemCode, causeCode: causeCode, remedyCode: remedyCode, misuse: misuse, note: note)
    }
}

extension FittedPart {
    var reported: ReportedPart {
        ReportedPart(
            partCode: use.partCode, quantity: use.quantity, serialFitted: serialFitted, serialRemoved: serialRemoved)
    }
}
