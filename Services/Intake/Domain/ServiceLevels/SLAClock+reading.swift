import DomainContracts
import FoundationEssentials

/// Where a clock stands at a moment.
struct ClockReading: Sendable {
    var phase: SLAClockPhase
    var targetSeconds: Int
    var startedAt: Date
    /// Running time used, seconds of the calendar.
    var elapsedSeconds: Double
    /// Time between a pause and its end, plain seconds.
    var pausedSeconds: Double
    var stoppedAt: Date?
    var isLate: Bool
    /// While running: since when without a break, and what had been used before.
    private var since: Date
    private var before = 0.0
    private let calendar: BusinessCalendar

    fileprivate init(from start: Date, targetSeconds: Int, _ calendar: BusinessCalendar) {
        phase = .running
        self.targetSeconds = targetSeconds
        startedAt = start
        elapsedSeconds = 0
        pausedSeconds = 0
        isLate = false
        since = start
        self.calendar = calendar
    }

    /// When so many seconds of running time will have been used if nothing more happens; nil unless it runs.
    func moment(afterSeconds seconds: Double) -> Date? {
        phase == .running ? calendar.date(after: max(0, seconds - before), from: since) : nil
    }

    /// When the target is reached if nothing more happens; nil unless it runs.
    var dueAt: Date? { moment(afterSeconds: Double(targetSeconds)) }

    var status: ClockStatus {
        switch phase {
        case .void: .void
        case .stopped: isLate ? .breached : .met
        case .running: isLate ? .breached : .running
        case .paused: isLate ? .breached : .paused
        }
    }

    fileprivate mutating func take(_ event: ClockEvent) {
        if let target = event.targetSeconds { targetSeconds = target }
        guard let next = SLAClockMachine.next(phase, event.what) else { return }
        pass(to: max(event.at, since))
        phase = next
        stoppedAt = next == .stopped ? since : nil
        before = elapsedSeconds
    }

    fileprivate mutating func end(at now: Date) {
        // While it is stopped or void nothing counts, however long ago that was.
        let began = since
        if phase == .running || phase == .paused { pass(to: now) }
        since = began
        // A millisecond of tolerance, which is what times are rounded to.
        let overrun = elapsedSeconds - Double(targetSeconds)
        isLate = phase == .running ? overrun > -0.001 : overrun > 0.001
    }

    private mutating func pass(to date: Date) {
        switch phase {
        case .running: elapsedSeconds += calendar.seconds(from: since, to: date)
        case .paused, .stopped, .void: pausedSeconds += max(0, date.timeIntervalSince(since))
        }
        since = date
    }
}

extension SLAClock {
    /// Folds the events up to `now`.
    func reading(at now: Date, _ calendars: Calendars) -> ClockReading {
        var reading = ClockReading(
            from: events.first?.at ?? now, targetSeconds: events.first?.targetSeconds ?? 0, calendars[calendar])
        for event in inOrder { reading.take(event) }
        reading.end(at: now)
        return reading
    }

    /// Its phase after all that was recorded.
    var phase: SLAClockPhase {
        inOrder.reduce(.running) { SLAClockMachine.next($0, $1.what) ?? $0 }
    }

    var isOpen: Bool { phase == .running || phase == .paused }

    /// Events by time, because a phone that was offline tells late.
    var inOrder: [ClockEvent] {
        events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// As it stands in messages.
    func state(at now: Date, _ calendars: Calendars) -> ClockState {
        let reading = reading(at: now, calendars)
        return ClockState(
            clock: kind, status: reading.status, targetSeconds: reading.targetSeconds, startedAt: reading.startedAt,
            dueAt: reading.dueAt, stoppedAt: reading.stoppedAt, pausedSeconds: Int(reading.pausedSeconds))
    }
}
