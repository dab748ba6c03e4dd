import DomainContracts
import FoundationEssentials

extension WorkOrder {
    /// Ends a hold. Who waits for parts or a quote underneath it goes on waiting; else somebody is needed again.
    mutating func endHold(at date: Date, windows: [TimeWindow] = []) {
        facts.hold = nil
        switch facts.verdict {
        case nil, .unsafe, .again:
            if facts.need != nil { need(.resumed, at: date, windows: windows) }
        case .awaitingCustomer where !windows.isEmpty: need(.customerReady, at: date, windows: windows)
        case .awaitingParts, .awaitingCustomer, .awaitingApproval, .awaitingQuote, .finished, .confirmed: break
        }
    }

    /// An agent's or customer's word that it can go on.
    mutating func resume(at date: Date, windows: [TimeWindow]) {
        switch status {
        case .onHold: endHold(at: date, windows: windows)
        case .awaitingCustomer: need(.customerReady, at: date, windows: windows)
        case .qualified: need(.initial, at: date, windows: windows)
        case .pendingDispatch, .assigned, .accepted, .scheduled, .enRoute, .onSite, .inProgress, .awaitingParts,
            .awaitingQuote, .awaitingApproval, .awaitingConfirmation, .awaitingFollowUp, .closed, .cancelled, .merged:
            need(.resumed, at: date, windows: windows)
        }
    }

    /// Changes a trip by what was told of it. Work that begins on an order that was ended without work shows that it
    /// was not over: the order is reinstated.
    mutating func hear(of trip: UUID, by engineer: UUID, now: Date, _ change: (inout TripFacts) -> Void) {
        let before = facts[trip: trip]
        var after = before
        after.engineerId = engineer
        change(&after)
        facts[trip: trip] = after
        let wasThere = before.isOnSite || before.end != nil || before.missedAt != nil
        // Only who is there can end a visit: its end may overtake the check-in.
        guard after.isOnSite || after.end != nil, !wasThere, facts.cancellation != nil || facts.merge != nil else {
            return
        }
        facts.cancellation = nil
        facts.merge = nil
        facts[trip: trip].reinstatedRound = facts.round
        reinstatedAt = now
    }

    /// Inventory's newest word on a part request.
    mutating func hear(of request: PartRequestState, sequence: String) {
        var known = facts[partRequest: request.partRequestId, of: request.visitId]
        guard known.sequence < sequence else { return }
        known.sequence = sequence
        known.complete = request.complete
        known.isReleased = request.status == .released
        known.open = request.lines.filter { $0.open > 0 }
            .map { PlannedPart(partCode: $0.partCode, quantity: $0.open) }
        facts[partRequest: request.partRequestId, of: request.visitId] = known
    }

    /// The customer's word after the work, or its deadline; the newest counts.
    mutating func hear(_ answer: FollowUpFacts) {
        if let known = facts.followUp, known.at > answer.at { return }
        facts.followUp = answer
    }

    /// Somebody said that it is in order. Only that is contradicted by "not fixed": where the customer refused the quote, or
    /// nobody could repair it, it is the plain truth, and we owe no work for it.
    var claimsRepair: Bool { outcome.map(Self.repairs.contains) ?? true }

    private static let repairs: Set<Outcome> = [.fixed, .replaced, .noFaultFound, .resolvedRemotely]

    /// What the KPI table needs of it.
    func figures(at now: Date, _ calendars: Calendars) -> WorkOrderFigures {
        let resolution = clocks.first { $0.kind == .resolution }
        return WorkOrderFigures(
            receivedAt: receivedAt, firstResponseAt: firstResponseAt, resolvedAt: resolvedAt,
            pausedSeconds: Int(resolution?.reading(at: now, calendars).pausedSeconds ?? 0),
            visits: facts.trips.count { $0.isOnSite || $0.end != nil },
            reachedInProgress: facts.trips.contains { $0.startedAt != nil || $0.end?.startedAt != nil },
            resolvedRemotely: facts.isSettledRemotely, rework: reworkOf != nil, serviceType: brief.serviceType,
            category: brief.category, regionCode: brief.regionCode)
    }

    /// How it came to its end; nil while it is open.
    var closureCode: ClosureCode? {
        switch status {
        case .merged: .merged
        case .cancelled: .cancelled
        case .closed: facts.followUp?.code ?? .followUp
        case .qualified, .pendingDispatch, .assigned, .accepted, .scheduled, .enRoute, .onSite, .inProgress,
            .awaitingParts, .awaitingCustomer, .awaitingQuote, .awaitingApproval, .onHold, .awaitingConfirmation,
            .awaitingFollowUp:
            nil
        }
    }
}
