import DomainContracts
import Foundation
import ServiceKit

/// The visit is over. Where nobody goes again, the report is made here, so that `visit-ended` carries it.
struct EndVisitOnSite: CommandHandler {
    func keys(_ command: EndVisit, _ keys: inout Keys) {
        keys.need(Visit.self, command.visitId)
        keys.need(ServiceReport.self, ServiceReport.id(of: command.visitId))
    }

    func decide(_ command: EndVisit, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let invalid = Refusal.invalid(Self.problems(command, now: turn.now)) { throw invalid }
        var visit = try turn.visit(command.visitId, of: command.engineerId)
        let at = turn.occurred(command.occurredAt, notBefore: visit.earliestEnd)
        let by = turn.actor
        let said = VisitEnd(
            reason: command.reason, outcome: command.outcome, outcomeReason: command.outcomeReason,
            workMinutes: command.workMinutes, travelMinutes: command.travelMinutes, note: command.note,
            requiredSkills: command.requiredSkills, resumeOn: command.resumeOn, endedAt: at)
        try Refusal.mapping { () throws(VisitRefusal) in try visit.finish(said, by: by) }
        if let end = visit.end, end.concludes, let outcome = end.outcome {
            turn.makeReport(on: &visit, outcome: outcome, reason: end.outcomeReason)
        }
        let answer = turn.keep(visit)
        turn.takeOffList(visit)
        if let end = visit.end { turn.tell(end, of: visit) }
        turn.concludeRefused(visit.workOrderId, after: visit)
        return answer
    }

    private static func problems(_ command: EndVisit, now: Date) -> [FieldProblem] {
        var problems = Checks.minutes(command.workMinutes, "/data/workMinutes")
        problems += Checks.minutes(command.travelMinutes, "/data/travelMinutes")
        if let outcome = command.outcome, !outcome.isKnown {
            problems.append(FieldProblem("/data/outcome", "unknown", "is no outcome"))
        }
        for (index, skill) in command.requiredSkills.enumerated() where !(1...5).contains(skill.level) {
            problems.append(FieldProblem("/data/requiredSkills/\(index)/level", "range", "must be 1…5"))
        }
        switch command.reason {
        case .workDone, .cannotBeDone:
            if command.outcome == nil { problems.append(required("/data/outcome")) }
        case .skillShort:
            if command.requiredSkills.isEmpty { problems.append(required("/data/requiredSkills")) }
        case .unsafe:
            if let resumeOn = command.resumeOn {
                if resumeOn <= now {
                    problems.append(FieldProblem("/data/resumeOn", "past", "must lie in the future"))
                }
            } else {
                problems.append(required("/data/resumeOn"))
            }
        default:
            if !command.reason.isKnown {
                problems.append(FieldProblem("/data/reason", "unknown", "is no reason for which a visit ends"))
            }
        }
        return problems
    }

    private static func required(_ pointer: String) -> FieldProblem {
        FieldProblem(pointer, "required", "is required for this reason")
    }
}

extension Turn {
    fileprivate mutating func tell(_ end: VisitEnd, of visit: Visit) {
        emit(
            VisitEnded(
                visitId: visit.visitId, workOrderId: visit.workOrderId, workOrderNumber: visit.workOrderNumber,
                engineerId: visit.engineerId, reason: end.reason, outcome: end.outcome,
                outcomeReason: end.outcomeReason, startedAt: visit.startedAt, endedAt: end.endedAt,
                workMinutes: end.workMinutes, travelMinutes: end.travelMinutes, partsUsed: visit.partUses.map(\.use),
                partRequestIds: visit.partRequests.map(\.partRequestId), requiredSkills: end.requiredSkills,
                resumeOn: end.resumeOn, report: visit.report, helperIds: visit.helperIds),
            about: Visit.self, visit.visitId, story: visit.workOrderId)
    }
}
