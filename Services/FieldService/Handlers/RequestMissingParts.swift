import DomainContracts
import Foundation
import ServiceKit

/// Asks for parts; inventory reserves them, and work waits until billing has said what they cost.
struct RequestMissingParts: CommandHandler {
    func keys(_ command: RequestParts, _ keys: inout Keys) { keys.need(Visit.self, command.visitId) }

    func decide(_ command: RequestParts, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let invalid = Refusal.invalid(Self.problems(command)) { throw invalid }
        var visit = try turn.visit(command.visitId, of: command.engineerId)
        let at = turn.occurred(command.occurredAt, notBefore: visit.lastStepAt)
        let by = turn.actor
        let request = PartRequest(partRequestId: command.partRequestId, reason: command.reason, lines: command.lines)
        let isNew = try Refusal.mapping { () throws(VisitRefusal) in try visit.ask(for: request, at: at, by: by) }
        guard isNew else { return turn.standing(of: visit) }
        let answer = turn.keep(visit)
        if var order = turn.get(OrderBrief.self, visit.workOrderId) {
            order.note(partRequest: command.partRequestId)
            turn.set(order, visit.workOrderId)
        }
        turn.emit(
            PartsNeeded(
                partRequestId: command.partRequestId, visitId: visit.visitId, workOrderId: visit.workOrderId,
                workOrderNumber: visit.workOrderNumber, engineerId: visit.engineerId, reason: command.reason,
                lines: command.lines, neededAt: at),
            about: Visit.self, visit.visitId, story: visit.workOrderId)
        return answer
    }

    private static func problems(_ command: RequestParts) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if !command.reason.isKnown {
            problems.append(FieldProblem("/data/reason", "unknown", "must be missing or wrong"))
        }
        if command.lines.isEmpty {
            problems.append(FieldProblem("/data/lines", "required", "must have at least one line"))
        }
        var seen: Set<UUID> = []
        for (index, line) in command.lines.enumerated() {
            problems += Checks.partCode(line.partCode, "/data/lines/\(index)/partCode")
            problems += Checks.quantity(line.quantity, "/data/lines/\(index)/quantity")
            if !seen.insert(line.lineId).inserted {
                problems.append(FieldProblem("/data/lines/\(index)/lineId", "duplicate", "stands twice"))
            }
        }
        return problems
    }
}
