import DomainContracts
import Foundation

@testable import FieldService
@testable import Inventory
@testable import ServiceKit

/// What engineers do on site.
extension OutsideWorld {
    func workChoices(_ visit: Visit, _ choices: inout Choices, _ history: History) {
        let (id, engineer, order) = (visit.visitId, visit.engineerId, visit.workOrderId)
        func act<C: Command>(_ command: @escaping () -> C) -> () throws -> Void {
            { try self.say(command(), by: .engineer(engineer), story: order, in: history) }
        }
        let find = act {
            RecordFinding(
                findingId: self.newID(), visitId: id, engineerId: engineer, problemCode: "P-DRUM",
                misuse: history.dice.chance(100), estimatedMinutes: history.dice.number(0..<120),
                plannedParts: history.dice.chance(600) ? [PlannedPart(partCode: self.part(history), quantity: 1)] : [],
                occurredAt: self.occurredAt(history))
        }
        // People who do their duty work, too, but not for ever.
        let isEarly = visit.round < 4
        if visit.status == .inProgress {
            choices.may(visit.findings.isEmpty ? 12 : 2, dutiful: visit.findings.isEmpty && isEarly ? 10 : 0, find)
        }
        if visit.status == .paused { choices.may(1, find) }
        choices.may(
            4, dutiful: visit.partRequests.isEmpty && isEarly ? 5 : 0,
            act {
                RequestParts(
                    partRequestId: self.newID(), visitId: id, engineerId: engineer, reason: .missing,
                    lines: (0..<history.dice.number(1..<3)).map { _ in
                        RequestedPart(
                            lineId: self.newID(), partCode: self.part(history), quantity: history.dice.number(1..<4))
                    }, occurredAt: self.occurredAt(history))
            })
        choices.may(
            4, dutiful: visit.status == .inProgress && visit.partUses.count < 2 && isEarly ? 5 : 0,
            act {
                UsePart(
                    usageId: self.newID(), visitId: id, engineerId: engineer, partCode: self.part(history),
                    quantity: history.dice.number(1..<3), occurredAt: self.occurredAt(history))
            })
        for (_, request) in history[.inventory].all(Inventory.PartRequest.self) where request.workOrderId == order {
            for line in request.lines where line.inVan > 0 || choices.isContrary {
                choices.may(
                    8, dutiful: visit.status == .inProgress && isEarly ? 8 : 0,
                    act {
                        UsePart(
                            usageId: self.newID(), visitId: id, engineerId: engineer, partCode: line.partCode,
                            quantity: history.dice.number(1..<max(2, line.inVan + 1)),
                            partRequestId: request.partRequestId, lineId: line.lineId)
                    })
            }
        }
    }

    private func part(_ history: History) -> String {
        history.dice.chance(700) ? Self.cheapPart : Self.dearPart
    }

    func endChoices(_ visit: Visit, _ choices: inout Choices, _ history: History) {
        for (reason, weight, dutiful) in ends(of: visit) {
            choices.may(weight, dutiful: dutiful) { try self.end(visit, reason, history) }
        }
        let isContrary = choices.isContrary
        if isContrary, let reason = history.dice.pick(VisitEndReason.known) {
            choices.mayWrongly(4) { try self.end(visit, reason, history) }
        }
    }

    private func ends(of visit: Visit) -> [(VisitEndReason, weight: Int, dutiful: Int)] {
        let waits = !visit.openWaits.isEmpty
        let early = visit.round < 4 ? 1 : 0
        let isStarted = visit.startedAt != nil
        var ends: [(VisitEndReason, weight: Int, dutiful: Int)] = [
            (.noAccess, isStarted ? 0 : 6, 2 * early), (.unsafe, 1, early), (.skillShort, 1, early),
            (.cannotBeDone, 1, waits ? 1 : 0),
        ]
        if isStarted, !waits { ends.append((.workDone, 8, 20)) }
        if !visit.partRequests.isEmpty {
            ends.append((.partMissing, 5, 4 * early))
            ends.append((.partWrong, 1, early))
        }
        if waits || visit.refusal != nil {
            ends.append((.needsQuote, 3, 1))
            ends.append((.needsApproval, 2, 1))
        }
        if visit.refusal != nil { ends.append((.quoteRefused, 4, 2)) }
        return ends
    }

    private func end(_ visit: Visit, _ reason: VisitEndReason, _ history: History) throws {
        let outcome: Outcome? =
            switch reason {
            case .workDone: .fixed
            case .cannotBeDone: .unrepairable
            default: nil
            }
        try say(
            EndVisit(
                visitId: visit.visitId, engineerId: visit.engineerId, reason: reason, outcome: outcome,
                workMinutes: history.dice.number(0..<180), travelMinutes: history.dice.number(0..<60),
                requiredSkills: reason == .skillShort
                    ? [SkillLevel(skill: "washer", level: history.dice.number(1..<6))] : [],
                resumeOn: reason == .unsafe ? history.now.addingTimeInterval(86_400) : nil,
                occurredAt: occurredAt(history)),
            by: .engineer(visit.engineerId), story: visit.workOrderId, in: history)
    }
}
