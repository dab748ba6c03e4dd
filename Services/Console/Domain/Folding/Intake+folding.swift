import DomainContracts

/// Of one commit's words on an order, the later of these count.
private enum Rank {
    static let opened = 0
    static let changed = 1
    static let reckoned = 2
    static let warned = 3
    static let breached = 4
    static let closed = 5
}

extension WorkOrderOpened: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.origin.take(
            OrderOrigin(
                workOrderNumber: workOrderNumber, requestId: requestId, customerId: customerId, contactId: contactId,
                siteId: siteId, deviceId: deviceId, receivedAt: receivedAt, channel: channel, serviceType: serviceType,
                priority: priority, problem: problem, entitlement: entitlement.kind,
                contractNumber: entitlement.contractNumber, reworkOf: reworkOf, regionCode: regionCode,
                entitlementClauses: entitlement.clauses), sequence)
        order.standing.take(OrderStanding(status: status), sequence, rank: Rank.opened)
        order.take(clocks, sequence, rank: Rank.opened)
    }

    var line: LineDraft {
        LineDraft(
            at: receivedAt, channel: channel, direction: .inbound, text: problem,
            parameters: [
                "workOrderNumber": workOrderNumber, "serviceType": serviceType.rawValue, "priority": priority.rawValue,
                "entitlement": entitlement.kind.rawValue, "faultCode": faultCode, "reworkOf": reworkOf?.text,
            ])
    }
}

extension WorkOrderChanged: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.standing.take(
            OrderStanding(status: status, responsible: responsible, round: need?.round), sequence, rank: Rank.changed)
        order.take(clocks, sequence, rank: Rank.changed)
    }

    var line: LineDraft {
        LineDraft(
            at: occurredAt,
            parameters: [
                "status": status.rawValue, "previousStatus": previousStatus.rawValue,
                "responsible": responsible.rawValue, "reason": reason,
            ])
    }
}

extension WorkOrderClosed: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.standing.take(
            OrderStanding(status: status, outcome: outcome, closureCode: closureCode, closedAt: closedAt), sequence,
            rank: Rank.closed)
        order.take(clocks, sequence, rank: Rank.closed)
    }

    var line: LineDraft {
        LineDraft(
            at: closedAt,
            parameters: [
                "status": status.rawValue, "closureCode": closureCode.rawValue, "outcome": outcome?.rawValue,
                "mergedInto": mergedInto?.text, "reason": reason,
            ])
    }
}

extension SLAClocksChanged: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.take(clocks, sequence, rank: Rank.reckoned)
    }

    var line: LineDraft { LineDraft(at: changedAt, parameters: ["policyVersion": "\(policyVersion)"]) }
}

extension SLAClockWarned: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.take([clock], sequence, rank: Rank.warned)
    }

    var line: LineDraft { clock.line }
}

extension SLAClockBreached: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.take([clock], sequence, rank: Rank.breached)
    }

    var line: LineDraft { clock.line }
}

extension ClockState {
    /// By the clock's own times, since the events tell of none.
    fileprivate var line: LineDraft {
        LineDraft(
            at: dueAt ?? stoppedAt ?? startedAt, parameters: ["clock": clock.rawValue, "status": status.rawValue])
    }
}

extension IntakeEscalationRaised: OrderEvent {
    var line: LineDraft { escalation.line }
}

extension DispatchEscalationRaised: OrderEvent {
    var line: LineDraft { escalation.line }
}

extension BillingEscalationRaised: OrderEvent {
    var line: LineDraft { escalation.line }
}

extension Escalation {
    fileprivate var line: LineDraft {
        LineDraft(at: raisedAt, parameters: ["reason": reason.code, "toRole": toRole, "step": "\(step)"])
    }
}

extension EntitlementDisputeChanged: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        var known = order.disputes ?? [:]
        known[disputeId.text, default: nil].take(
            DisputeOverview(
                disputeId: disputeId, status: status, reason: reason, statement: statement, evidence: evidence.count,
                openedAt: openedAt, decideBy: decideBy, endedAt: endedAt, decisionReason: decisionReason,
                entitlement: entitlement), sequence)
        order.disputes = known
    }

    /// What the customer said, or what he was answered.
    var line: LineDraft {
        LineDraft(
            at: endedAt ?? openedAt, channel: status == .open ? channel : nil,
            direction: status == .open || status == .withdrawn ? .inbound : .outbound,
            text: status == .open ? statement : decisionReason,
            parameters: [
                "status": status.rawValue, "reason": reason.rawValue, "entitlement": entitlement.kind.rawValue,
                "clause": entitlement.reason.code, "evidence": evidence.isEmpty ? nil : "\(evidence.count)",
            ])
    }
}
