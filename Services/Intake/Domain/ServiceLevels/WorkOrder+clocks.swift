import DomainContracts
import FoundationEssentials

extension WorkOrder {
    /// Writes into the clocks what the change means for them. Each step asks where the clock stands, so that a
    /// repetition writes nothing.
    mutating func moveClocks(occurred: Date, now: Date, _ calendars: Calendars) {
        noteFirstResponse()
        noteResolution()
        let wereOpen = clocks.map(\.isOpen)
        let before = clocks
        for index in clocks.indices { clocks[index].follow(self, occurred: occurred) }
        // What is told late may say that it was not late after all.
        for index in clocks.indices where clocks[index].events != before[index].events {
            forgetWhatHoldsNoMore(index, now, calendars)
        }
        // One that is taken up again may have slept through other calendars and service levels.
        if zip(wereOpen, clocks).contains(where: { !$0 && $1.isOpen }) { reckonedBy = nil }
        readClocks(at: now, calendars)
    }

    /// Keeps how the clocks stand, and when they are looked at next.
    mutating func readClocks(at now: Date, _ calendars: Calendars) {
        clockStatus = Dictionary(
            clocks.map { ($0.kind.rawValue, $0.state(at: now, calendars).status.rawValue) }, uniquingKeysWith: { $1 })
        watchClocksAt = clocks.compactMap { nextMark(of: $0, at: now, calendars)?.at }.min()
    }

    private mutating func noteFirstResponse() {
        let acts =
            facts.trips.compactMap(\.firstHumanAct)
            + [facts.hold?.since, facts.remoteResolution?.at, facts.agentActedAt].compactMap { $0 }
        guard let first = acts.min() else { return }
        firstResponseAt = max(receivedAt, min(firstResponseAt ?? first, first))
    }

    /// The time from which the fault was settled, for better or worse.
    private mutating func noteResolution() {
        if let remote = facts.remoteResolution, remote.round >= facts.round {
            resolvedAt = remote.at
            return
        }
        switch facts.verdict {
        case .finished(_, let at), .confirmed(_, let at): resolvedAt = max(receivedAt, at)
        case .again, .awaitingParts, .awaitingCustomer, .awaitingApproval, .awaitingQuote, .unsafe, nil:
            if !status.isFinal { resolvedAt = nil }
        }
    }

    /// What the order waits for at present; nil when somebody is at it. The service levels say which of these take
    /// their time out of which clock.
    var waitReason: String? {
        switch status {
        case .awaitingCustomer, .awaitingQuote, .awaitingApproval, .awaitingParts: status.rawValue
        case .onHold: (facts.hold?.reason ?? .unsafeSite).rawValue
        case .qualified, .pendingDispatch, .assigned, .accepted, .scheduled, .enRoute, .onSite, .inProgress,
            .awaitingConfirmation, .awaitingFollowUp, .closed, .cancelled, .merged:
            nil
        }
    }

    /// All that `waitReason` may be.
    static let waitReasons =
        [WorkOrderState.awaitingCustomer, .awaitingQuote, .awaitingApproval, .awaitingParts].map(\.rawValue)
        + HoldReason.known.map(\.rawValue)

    /// When the clock's task was done; nil while it is not.
    func doneAt(_ kind: ClockKind) -> Date? {
        let at: Date? =
            switch kind {
            case .response: firstResponseAt
            case .acceptance:
                facts.trips.compactMap {
                    [$0.acceptedAt, $0.bookedAt, $0.departedAt, $0.checkedInAt].compactMap { $0 }.min()
                }
                .min()
            case .arrival: facts.trips.compactMap { $0.checkedInAt ?? $0.startedAt ?? $0.end?.startedAt }.min()
            default: resolvedAt
            }
        return at.map { max($0, receivedAt) }
    }
}

extension SLAClock {
    /// Stops, pauses, resumes or voids it as the order's state asks.
    mutating func follow(_ order: WorkOrder, occurred: Date) {
        let phase = phase
        if let done = order.doneAt(kind) {
            // An earlier act that is told later moves the stop back.
            let stoppedAt = phase == .stopped ? events.last { $0.what == .stopped }?.at : nil
            if phase == .running || phase == .paused || stoppedAt.map({ done < $0 }) == true {
                record(.stopped, at: done)
            }
            return
        }
        if order.status == .cancelled || order.status == .merged {
            if isOpen { record(.voided, at: occurred) }
            return
        }
        if order.status == .closed {
            if isOpen { record(.stopped, at: occurred) }
            return
        }
        let pauses = order.terms.pauses(kind, during: order.waitReason)
        switch phase {
        // The order was reopened, or reinstated.
        case .stopped, .void: record(.resumed, at: occurred)
        case .running: if pauses { record(.paused, at: occurred, reason: order.waitReason) }
        case .paused: if !pauses { record(.resumed, at: occurred) }
        }
    }
}
