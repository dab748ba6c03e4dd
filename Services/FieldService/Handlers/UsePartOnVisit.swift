import DomainContracts
import Foundation
import ServiceKit

/// A part went into the device: the one door for consumption.
struct UsePartOnVisit: CommandHandler {
    func keys(_ command: UsePart, _ keys: inout Keys) { keys.need(Visit.self, command.visitId) }

    func decide(_ command: UsePart, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let invalid = Refusal.invalid(Self.problems(command)) { throw invalid }
        var visit = try turn.visit(command.visitId, of: command.engineerId)
        if let id = command.partRequestId, turn.get(OrderBrief.self, visit.workOrderId)?.knows(partRequest: id) == false
        {
            throw .invalid("/data/partRequestId", "unknown", "is no part request of this work order")
        }
        let at = turn.occurred(command.occurredAt, notBefore: visit.lastStepAt)
        let by = turn.actor
        let part = FittedPart(
            use: PartUse(
                usageId: command.usageId, partCode: command.partCode, quantity: command.quantity,
                partRequestId: command.partRequestId, lineId: command.lineId),
            serialFitted: command.serialFitted, serialRemoved: command.serialRemoved)
        let isNew = try Refusal.mapping { () throws(VisitRefusal) in try visit.fit(part, at: at, by: by) }
        guard isNew else { return turn.standing(of: visit) }
        let answer = turn.keep(visit)
        turn.emit(
            PartUsed(
                usageId: command.usageId, visitId: visit.visitId, workOrderId: visit.workOrderId,
                engineerId: visit.engineerId, partCode: command.partCode, quantity: command.quantity,
                partRequestId: command.partRequestId, lineId: command.lineId, serialFitted: command.serialFitted,
                serialRemoved: command.serialRemoved, usedAt: at),
            about: Visit.self, visit.visitId, story: visit.workOrderId)
        return answer
    }

    private static func problems(_ command: UsePart) -> [FieldProblem] {
        var problems = Checks.partCode(command.partCode, "/data/partCode")
        problems += Checks.quantity(command.quantity, "/data/quantity")
        if command.partRequestId != nil, command.lineId == nil {
            problems.append(FieldProblem("/data/lineId", "required", "names the request's line"))
        }
        if command.lineId != nil, command.partRequestId == nil {
            problems.append(FieldProblem("/data/partRequestId", "required", "names the line's request"))
        }
        return problems
    }
}
