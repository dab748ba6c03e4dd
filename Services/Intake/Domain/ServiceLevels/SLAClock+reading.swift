import DomainContracts
import FoundationEssentials

/// Where a clock stands at a moment.
struct ClockReading: Sendable, Equatable {
    var phase: SLAClockPhase
    var targetSeconds: Int
    var startedAt: Date
    /// Running time used, seconds of the calendar.
    var elapsedSeconds: Double
    /// Time between a pause and its end, plain seconds.
    var pausedSeconds: Double
    var stoppedAt: Date?
    /// When the target is reached if nothing more happens; only while running.
    var dueAt: Date?
    /// When the warning is due, at 75 % of the target; only while running.
    var warnAt: Date?
    var isLate: Bool
}

extension SLAClock {
    /// Share of the target at which a warning is given.
    static let warningShare = 0.75

    /// Folds the events up to `now`.
    func reading(at now: Date) -> ClockReading {
        let calendar = calendar.calendar
        let start = events.first?.at ?? now
        var reading = ClockReading(
            phase: .running, targetSeconds: events.first?.targetSeconds ?? 0, startedAt: start, elapsedSeconds: 0,
            pausedSeconds: 0, isLate: false)
        var since = start
        for event in inOrder {
            if let target = event.targetSeconds { reading.targetSeconds = target }
            guard let next = SLAClockMachine.next(reading.phase, event.what) else { continue }
            let at = max(event.at, since)
            reading.pass(from: since, to: at, calendar)
            reading.phase = next
            reading.stoppedAt = next == .stopped ? at : nil
            since = at
        }
        // While it is stopped or void nothing counts, however long ago that was.
        if reading.phase == .running || reading.phase == .paused { reading.pass(from: since, to: now, calendar) }
        let target = Double(reading.targetSeconds)
        // A millisecond of tolerance, which is what times are rounded to.
        let overrun = reading.elapsedSeconds - target
        reading.isLate = reading.phase == .running ? overrun > -0.001 : overrun > 0.001
        if reading.phase == .running {
            let before = reading.elapsedSeconds - calendar.seconds(from: since, to: max(now, since))
            reading.dueAt = calendar.date(after: max(0, target - before), from: since)
            reading.warnAt = calendar.date(after: max(0, target * Self.warningShare - before), from: since)
        }
        return reading
    }

    /// Its phase after all that was recorded.
    var phase: SLAClockPhase {
        inOrder.reduce(.running) { SLAClockMachine.next($0, $1.what) ?? $0 }
    }

    /// Events by time, because a phone that was offline tells late.
    private var inOrder: [ClockEvent] {
        events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// As it stands in messages.
    func state(at now: Date) -> ClockState {
        let reading = reading(at: now)
        return ClockState(
            clock: kind, status: reading.status, targetSeconds: reading.targetSeconds, startedAt: reading.startedAt,
            dueAt: reading.dueAt, stoppedAt: reading.stoppedAt, pausedSeconds: Int(reading.pausedSeconds))
    }
}

extension ClockReading {
    var status: ClockStatus {
        switch phase {
        case .void: .void
        case .stopped: isLate ? .breached : .met
        case .running: isLate ? .breached : .running
        case .paused: isLate ? .breached : .paused
        }
    }

    fileprivate mutating func pass(from: Date, to: Date, _ calendar: BusinessCalendar) {
        switch phase {
        case .running: elapsedSeconds += calendar.seconds(from: from, to: to)
        case .paused, .stopped, .void: pausedSeconds += max(0, to.timeIntervalSince(from))
        }
    }
}
