import DomainContracts
import Foundation
import ServiceKit

/// Keeps a finding; work waits until billing has said what it costs.
struct RecordWhatWasFound: CommandHandler {
    func keys(_ command: RecordFinding, _ keys: inout Keys) { keys.need(Visit.self, command.visitId) }

    func decide(_ command: RecordFinding, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let invalid = Refusal.invalid(Self.problems(command)) { throw invalid }
        var visit = try turn.visit(command.visitId, of: command.engineerId)
        let at = turn.occurred(command.occurredAt, notBefore: visit.lastStepAt)
        let by = turn.actor
        let isNew = try Refusal.mapping { () throws(VisitRefusal) in
            try visit.record(Finding(command), at: at, by: by)
        }
        guard isNew else { return turn.standing(of: visit) }
        let answer = turn.keep(visit)
        turn.emit(
            FindingRecorded(
                findingId: command.findingId, visitId: visit.visitId, workOrderId: visit.workOrderId,
                engineerId: visit.engineerId, problemCode: command.problemCode, causeCode: command.causeCode,
                remedyCode: command.remedyCode, misuse: command.misuse, estimatedMinutes: command.estimatedMinutes,
                plannedParts: command.plannedParts, recordedAt: at),
            about: Visit.self, visit.visitId, story: visit.workOrderId)
        return answer
    }

    private static func problems(_ command: RecordFinding) -> [FieldProblem] {
        var problems = Checks.present(command.problemCode, "/data/problemCode")
        problems += Checks.minutes(command.estimatedMinutes, "/data/estimatedMinutes")
        for (index, part) in command.plannedParts.enumerated() {
            problems += Checks.partCode(part.partCode, "/data/plannedParts/\(index)/partCode")
            problems += Checks.quantity(part.quantity, "/data/plannedParts/\(index)/quantity")
        }
        return problems
    }
}
