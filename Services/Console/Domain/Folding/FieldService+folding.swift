import DomainContracts
import FoundationEssentials

extension OrderView {
    fileprivate mutating func visit(
        _ visitId: UUID, of engineerId: UUID, _ status: VisitStatus?, _ sequence: Int,
        _ change: (inout VisitView) -> Void = { _ in }
    ) {
        var visit = visits[visitId.text] ?? VisitView()
        visit.engineerId = engineerId
        if let status { visit.status.take(status, sequence) }
        change(&visit)
        visits[visitId.text] = visit
    }
}

extension VisitDeparted: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(visitId, of: engineerId, .enRoute, sequence) { $0.departedAt.take(departedAt, sequence) }
    }

    var line: LineDraft { LineDraft(at: departedAt, parameters: ["engineerId": engineerId.text]) }
}

extension VisitCheckedIn: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(visitId, of: engineerId, .onSite, sequence) { $0.checkedInAt.take(checkedInAt, sequence) }
    }

    var line: LineDraft { LineDraft(at: checkedInAt, parameters: ["engineerId": engineerId.text]) }
}

extension VisitStarted: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(visitId, of: engineerId, .inProgress, sequence) { $0.startedAt.take(startedAt, sequence) }
    }

    var line: LineDraft { LineDraft(at: startedAt, parameters: ["engineerId": engineerId.text]) }
}

extension VisitPaused: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(visitId, of: engineerId, .paused, sequence)
    }

    var line: LineDraft { LineDraft(at: pausedAt, parameters: ["engineerId": engineerId.text, "reason": reason]) }
}

extension VisitResumed: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(visitId, of: engineerId, .inProgress, sequence)
    }

    var line: LineDraft { LineDraft(at: resumedAt, parameters: ["engineerId": engineerId.text]) }
}

extension VisitMissed: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(visitId, of: engineerId, .missed, sequence)
    }

    var line: LineDraft {
        LineDraft(
            at: missedAt, parameters: ["engineerId": engineerId.text, "start": RFC3339.format(window.start)])
    }
}

extension VisitCalledOff: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(visitId, of: engineerId, .cancelled, sequence)
    }

    var line: LineDraft { LineDraft(at: calledOffAt, parameters: ["engineerId": engineerId.text]) }
}

extension FindingRecorded: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(visitId, of: engineerId, nil, sequence) { visit in
            visit.findings[findingId.text] = FindingOverview(
                findingId: findingId, problemCode: problemCode, causeCode: causeCode, remedyCode: remedyCode,
                misuse: misuse, recordedAt: recordedAt)
        }
    }

    var line: LineDraft {
        LineDraft(
            at: recordedAt,
            parameters: [
                "problemCode": problemCode, "causeCode": causeCode, "remedyCode": remedyCode, "misuse": "\(misuse)",
            ])
    }
}

extension PartsNeeded: OrderEvent {
    var line: LineDraft {
        LineDraft(
            at: neededAt,
            parameters: [
                "reason": reason.rawValue,
                "parts": lines.map { "\($0.partCode) × \($0.quantity)" }.joined(separator: ", "),
            ])
    }
}

extension PartUsed: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(visitId, of: engineerId, nil, sequence) { visit in
            visit.partsUsed[usageId.text] = FittedPart(
                usageId: usageId, partCode: partCode, quantity: quantity, serialFitted: serialFitted,
                serialRemoved: serialRemoved, usedAt: usedAt)
        }
    }

    var line: LineDraft {
        LineDraft(
            at: usedAt,
            parameters: [
                "partCode": partCode, "quantity": "\(quantity)", "serialFitted": serialFitted,
                "serialRemoved": serialRemoved,
            ])
    }
}

extension VisitEnded: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(visitId, of: engineerId, .ended, sequence) { visit in
            if let startedAt { visit.startedAt.take(startedAt, sequence) }
            visit.ending.take(
                VisitEnding(
                    reason: reason, outcome: outcome, workMinutes: workMinutes, travelMinutes: travelMinutes,
                    helperIds: helperIds ?? [], reportNumber: report?.reportNumber, endedAt: endedAt), sequence)
        }
    }

    var line: LineDraft {
        LineDraft(
            at: endedAt,
            parameters: [
                "engineerId": engineerId.text, "reason": reason.rawValue, "outcome": outcome?.rawValue,
                "outcomeReason": outcomeReason, "workMinutes": "\(workMinutes)", "travelMinutes": "\(travelMinutes)",
                "reportNumber": report?.reportNumber,
            ])
    }
}

extension ReportPrepared: OrderEvent {
    var line: LineDraft {
        LineDraft(at: preparedAt, parameters: ["reportNumber": report.reportNumber, "outcome": outcome.rawValue])
    }
}

extension CompletionConfirmed: OrderEvent {
    /// A deadline that passed is no contact.
    var line: LineDraft {
        LineDraft(
            at: confirmedAt, direction: how == .deadline ? nil : .inbound,
            parameters: ["how": how.rawValue, "reportId": reportId.text])
    }
}

extension CompletionDisputed: OrderEvent {
    var line: LineDraft {
        LineDraft(at: disputedAt, direction: .inbound, text: reason, parameters: ["reportId": reportId.text])
    }
}
