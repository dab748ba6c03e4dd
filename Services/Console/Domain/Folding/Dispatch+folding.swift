import DomainContracts
import FoundationEssentials

extension OrderView {
    /// Changes one visit, which need not have been told of before.
    fileprivate mutating func visit(
        _ assignmentId: UUID, of engineerId: UUID, _ status: AssignmentStatus?, _ sequence: Int,
        _ change: (inout VisitView) -> Void = { _ in }
    ) {
        var visit = visits[assignmentId.text] ?? VisitView()
        visit.engineerId = engineerId
        if let status { visit.assignment.take(status, sequence) }
        change(&visit)
        visits[assignmentId.text] = visit
    }
}

extension AssignmentOffered: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(assignmentId, of: engineerId, .offered, sequence) { visit in
            visit.crew.take(helperIds ?? [], sequence)
        }
        order.lastOfferedAt = max(order.lastOfferedAt ?? offeredAt, offeredAt)
    }

    var line: LineDraft {
        LineDraft(
            at: offeredAt,
            parameters: [
                "engineerId": engineerId.text, "round": "\(round)",
                "leaseExpiresAt": RFC3339.format(leaseExpiresAt),
            ])
    }
}

extension AssignmentAccepted: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(assignmentId, of: engineerId, .accepted, sequence) { visit in
            visit.crew.take(helperIds ?? [], sequence)
        }
    }

    var line: LineDraft { LineDraft(at: acceptedAt, parameters: ["engineerId": engineerId.text]) }
}

extension AssignmentDeclined: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(assignmentId, of: engineerId, .declined, sequence)
    }

    var line: LineDraft {
        LineDraft(at: declinedAt, parameters: ["engineerId": engineerId.text, "reason": reason.rawValue])
    }
}

extension AssignmentExpired: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(assignmentId, of: engineerId, .expired, sequence)
    }

    var line: LineDraft { LineDraft(at: expiredAt, parameters: ["engineerId": engineerId.text]) }
}

extension AssignmentWithdrawn: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(assignmentId, of: engineerId, .withdrawn, sequence)
    }

    var line: LineDraft {
        LineDraft(at: withdrawnAt, parameters: ["engineerId": engineerId.text, "reason": reason.rawValue])
    }
}

extension AssignmentBooked: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(assignmentId, of: engineerId, nil, sequence) { visit in
            visit.window.take(window, sequence)
            visit.plan.take(VisitPlan(), sequence)
        }
    }

    /// A time is agreed with the customer, so somebody spoke to him.
    var line: LineDraft {
        LineDraft(
            at: bookedAt, direction: initiatedBy == .customer ? .inbound : .outbound,
            parameters: [
                "engineerId": engineerId.text, "start": RFC3339.format(window.start), "end": RFC3339.format(window.end),
                "rebooked": "\(rebooked)", "initiatedBy": initiatedBy.rawValue,
            ])
    }
}

extension AssignmentPlanned: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(assignmentId, of: engineerId, nil, sequence) { visit in
            visit.window.take(window, sequence)
            visit.plan.take(VisitPlan(planned: planned), sequence)
        }
    }

    var line: LineDraft {
        LineDraft(
            at: plannedAt,
            parameters: [
                "engineerId": engineerId.text, "start": RFC3339.format(planned.start),
                "end": RFC3339.format(planned.end),
            ])
    }
}

extension CrewChanged: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.visit(assignmentId, of: engineerId, nil, sequence) { visit in
            visit.crew.take(helperIds, sequence)
        }
    }

    var line: LineDraft {
        LineDraft(at: changedAt, parameters: ["helpers": "\(helperIds.count)", "missing": "\(missing)"])
    }
}

extension DispatchImpossible: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) { order.impasse.take(impasse, sequence) }

    var line: LineDraft {
        LineDraft(
            at: decidedAt ?? retryAt,
            parameters: [
                "emptiedBy": emptiedBy, "round": "\(round)", "nearestRelaxation": nearestRelaxation?.code,
            ])
    }
}
