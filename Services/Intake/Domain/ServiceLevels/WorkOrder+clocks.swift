import DomainContracts
import FoundationEssentials

extension WorkOrder {
    /// Writes into the clocks what the change means for them. Each step asks where the clock stands, so that a
    /// repetition writes nothing.
    mutating func moveClocks(from before: WorkOrder, occurred: Date, now: Date) {
        noteFirstResponse()
        noteResolution()
        for index in clocks.indices { clocks[index].follow(self, occurred: occurred) }
        clockStatus = Dictionary(
            clocks.map { ($0.kind.rawValue, $0.state(at: now).status.rawValue) }, uniquingKeysWith: { $1 })
        watchClocksAt = clocks.compactMap { $0.nextWatch(at: now) }.min()
    }

    private mutating func noteFirstResponse() {
        let acts =
            facts.trips.compactMap(\.firstHumanAct) + [facts.hold?.since, facts.remoteResolution?.at].compactMap { $0 }
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

    /// Why time does not count at present; nil when it does. Missing parts are our affair and pause nothing.
    var pauseReason: String? {
        switch status {
        case .awaitingCustomer, .awaitingQuote: status.rawValue
        case .onHold: facts.hold?.reason == .customerWish ? HoldReason.customerWish.rawValue : nil
        case .qualified, .pendingDispatch, .assigned, .accepted, .scheduled, .enRoute, .onSite, .inProgress,
            .awaitingParts, .awaitingApproval, .awaitingConfirmation, .awaitingFollowUp, .closed, .cancelled, .merged:
            nil
        }
    }

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
    fileprivate mutating func follow(_ order: WorkOrder, occurred: Date) {
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
            if phase == .running || phase == .paused { record(.voided, at: occurred) }
            return
        }
        if order.status == .closed {
            if phase == .running || phase == .paused { record(.stopped, at: occurred) }
            return
        }
        switch phase {
        // The order was reopened, or reinstated.
        case .stopped, .void: record(.resumed, at: occurred)
        case .running:
            if kind == .resolution, let reason = order.pauseReason { record(.paused, at: occurred, reason: reason) }
        case .paused: if order.pauseReason == nil { record(.resumed, at: occurred) }
        }
    }

    /// When it is to be looked at next: at its warning, then at its end; nil when it does not run or both were told.
    func nextWatch(at now: Date) -> Date? {
        guard breachedAt == nil else { return nil }
        let reading = reading(at: now)
        guard reading.phase == .running else { return reading.isLate && reading.phase != .void ? now : nil }
        return warnedAt == nil ? reading.warnAt : reading.dueAt
    }
}
