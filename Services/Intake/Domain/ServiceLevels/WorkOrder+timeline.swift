import DomainContracts
import FoundationEssentials

extension WorkOrder {
    /// Everything that happened to its clocks, and why each stands where it stands.
    func timeline(at now: Date, _ calendars: Calendars) -> SLATimeline {
        SLATimeline(
            found: true, workOrderNumber: number, status: status.wire, priority: brief.priority,
            serviceType: brief.serviceType, entitlement: entitlement, at: now,
            clocks: clocks.map { timeline(of: $0, at: now, calendars) })
    }

    private func timeline(of clock: SLAClock, at now: Date, _ calendars: Calendars) -> ClockTimeline {
        let reading = clock.reading(at: now, calendars)
        let calendar = calendars[clock.calendar]
        let special = calendar.exceptions(
            from: reading.startedAt, to: reading.stoppedAt ?? max(reading.dueAt ?? now, reading.startedAt))
        return ClockTimeline(
            state: clock.state(at: now, calendars), calendar: clock.calendar.name,
            calendarVersion: clock.calendar.version, zone: calendar.zone.identifier,
            elapsedSeconds: Int(reading.elapsedSeconds.rounded()), steps: steps(of: clock, calendars),
            specialDays: special.map {
                SpecialDay(date: $0.day.text, minutes: $0.seconds / 60, name: $0.name)
            })
    }

    private func steps(of clock: SLAClock, _ calendars: Calendars) -> [ClockStep] {
        let events = clock.inOrder
        let happened = events.indices.map { index in
            let reading = clock.with(Array(events[...index])).reading(at: events[index].at, calendars)
            return ClockStep(events[index], reading)
        }
        func told(_ what: ClockStepKind, at date: Date, toRole: String? = nil) -> ClockStep {
            let before = events.filter { $0.at <= date }
            let reading = clock.with(before).reading(at: date, calendars)
            return ClockStep(
                at: date, what: what, toRole: toRole, elapsedSeconds: Int(reading.elapsedSeconds.rounded()),
                dueAt: reading.dueAt)
        }
        let news =
            [clock.warnedAt.map { told(.warned, at: $0) }, clock.breachedAt.map { told(.breached, at: $0) }]
            .compactMap { $0 }
            + escalations.filter { $0.about == clock.kind.rawValue }
            .map { told(.escalated, at: $0.at, toRole: EscalationRule.role(of: $0.step)) }
        return (happened + news).enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }.map(\.element)
    }
}

extension ClockStep {
    fileprivate init(_ event: ClockEvent, _ reading: ClockReading) {
        self.init(
            at: event.at, what: ClockStepKind(rawValue: event.what.rawValue), reason: event.reason,
            targetSeconds: event.targetSeconds, policyVersion: event.policyVersion, clause: event.clause,
            calendar: event.calendar?.name, calendarVersion: event.calendar?.version,
            elapsedSeconds: Int(reading.elapsedSeconds.rounded()), dueAt: reading.dueAt)
    }
}
