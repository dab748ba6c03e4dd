import DomainContracts
import FoundationEssentials

extension WorkOrder {
    /// Brings the open clocks up to the book: the calendars as they are now, and, where the service levels are meant for
    /// open orders too, their targets. What has been paused stays taken out, since clocks are folded from what happened.
    ///
    /// - Returns: whether a clock is due at another time than before.
    mutating func reckon(by book: SLABook, now: Date, _ calendars: Calendars) -> Bool {
        let before = clocks.map { $0.state(at: now, calendars) }
        let promise = newPromise(in: book)
        for index in clocks.indices where clocks[index].isOpen {
            let clock = clocks[index]
            let promise = promise.flatMap { $0.terms.policyVersion > clock.policyVersion ? $0 : nil }
            if let promise {
                let seconds = promise.seconds(clock.kind)
                if clock.reading(at: now, calendars).targetSeconds != seconds {
                    clocks[index].change(
                        target: seconds, at: now, policyVersion: promise.terms.policyVersion, clause: promise.clause)
                }
            }
            let name = promise?.calendar.name ?? clock.calendar.name
            if let ref = book.calendars[name]?.ref, ref != clock.calendar {
                clocks[index].change(calendar: ref, at: now)
            }
        }
        if let promise, promise.terms.policyVersion > terms.policyVersion { terms = promise.terms }
        // Other waits may pause it than before.
        for index in clocks.indices where clocks[index].isOpen { clocks[index].follow(self, occurred: now) }
        for index in clocks.indices where clocks[index].isOpen {
            if clocks[index].state(at: now, calendars) != before[index] { forgetWhatHoldsNoMore(index, now, calendars) }
        }
        reckonedBy = book.mark
        let watched = watchClocksAt
        readClocks(at: now, calendars)
        return watched != watchClocksAt || before != clocks.map { $0.state(at: now, calendars) }
    }

    /// The promise that open orders were given since this one's. A clock that stood still when the others got it has it to come.
    private func newPromise(in book: SLABook) -> Promise? {
        let oldest = clocks.filter(\.isOpen).map(\.policyVersion).min() ?? terms.policyVersion
        guard let policy = book.policyOfOpen, policy.policyVersion > min(oldest, terms.policyVersion) else {
            return nil
        }
        return policy.promise(
            entitlement.responseLevel, brief.priority, brief.serviceType, calendars: book.calendars)
    }

    /// A later target is a new promise, and so is time that is taken out later: it is warned of, and told as broken, once more.
    mutating func forgetWhatHoldsNoMore(_ index: Int, _ now: Date, _ calendars: Calendars) {
        let reading = clocks[index].reading(at: now, calendars)
        if !reading.isLate { clocks[index].breachedAt = nil }
        let warning = Double(reading.targetSeconds * terms.warnAtPercent) / 100
        if reading.elapsedSeconds < warning { clocks[index].warnedAt = nil }
    }
}
