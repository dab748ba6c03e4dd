import DomainContracts
import FoundationEssentials

/// What an order was entitled to until a dispute was decided.
struct EarlierEntitlement: Codable, Sendable, Equatable {
    var entitlement: Entitlement
    var until: Date
    var disputeId: UUID
}

extension WorkOrder {
    /// Begins a dispute; the order keeps which one is open.
    mutating func open(_ dispute: EntitlementDispute) {
        openDisputeId = dispute.id
        disputeCount = (disputeCount ?? 0) + 1
    }

    /// Takes what a dispute left: the entitlement that it gives, and with it what is promised sooner by that.
    ///
    /// - Returns: whether a clock is due at another time than before.
    mutating func close(_ dispute: EntitlementDispute, _ book: SLABook, now: Date, _ calendars: Calendars) -> Bool {
        if openDisputeId == dispute.id { openDisputeId = nil }
        guard let earlier = replaceEntitlement(by: dispute.entitlement) else { return false }
        earlierEntitlements =
            (earlierEntitlements ?? []) + [EarlierEntitlement(entitlement: earlier, until: now, disputeId: dispute.id)]
        return hasten(by: book, now: now, calendars)
    }

    /// Gives open clocks the new entitlement's targets where these are due sooner and not late already: a promise that was
    /// made stands, and what was never promised is not broken by hindsight. One that is paused, as while a quote is open, is compared
    /// as if it ran on from now.
    private mutating func hasten(by book: SLABook, now: Date, _ calendars: Calendars) -> Bool {
        let promise = book.promise(entitlement.responseLevel, brief.priority, brief.serviceType)
        var isSooner = false
        for index in clocks.indices where clocks[index].isOpen {
            var better = clocks[index]
            let seconds = promise.seconds(better.kind)
            better.change(
                target: seconds, at: now, policyVersion: promise.terms.policyVersion, clause: promise.clause)
            if promise.calendar != better.calendar { better.change(calendar: promise.calendar, at: now) }
            let old = clocks[index].running(at: now).reading(at: now, calendars)
            let new = better.running(at: now).reading(at: now, calendars)
            guard !new.isLate, let due = new.dueAt, due < old.dueAt ?? .distantFuture else { continue }
            clocks[index] = better
            isSooner = true
        }
        if isSooner {
            terms = promise.terms
            readClocks(at: now, calendars)
        }
        return isSooner
    }
}

extension SLAClock {
    /// The clock as it would stand if it ran on from now.
    fileprivate func running(at now: Date) -> SLAClock {
        var clock = self
        if phase == .paused { clock.record(.resumed, at: now) }
        return clock
    }
}

extension BusinessCalendar {
    /// The end of the last shift of the `count`th working day after the day of `date`; plain days where the calendar has
    /// none within a year.
    func endOfWorkingDay(_ count: Int, after date: Date) -> Date {
        let today = day(of: date)
        var left = count
        for distance in 1...366 {
            let candidate = today.adding(days: distance)
            guard let last = shifts(on: candidate).last else { continue }
            left -= 1
            if left <= 0 { return moment(candidate, minute: last.end) }
        }
        return date + Double(count) * 86_400
    }
}
