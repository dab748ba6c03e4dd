/// The states between which a clock's events move it; whether a running or stopped one is late is a question of time.
enum SLAClockPhase: String, CaseIterable, Sendable {
    case running, paused, stopped, void
}

enum SLAClockMachine {
    /// The phase after an event; nil when the event changes nothing. `resumed` also takes a stopped or void clock up
    /// again, when an order is reopened or reinstated: the time in between is taken out like a pause.
    static func next(_ phase: SLAClockPhase, _ event: ClockEvent.What) -> SLAClockPhase? {
        switch (phase, event) {
        case (.running, .paused): .paused
        case (.running, .stopped), (.paused, .stopped): .stopped
        case (.running, .voided), (.paused, .voided): .void
        case (.paused, .resumed), (.stopped, .resumed), (.void, .resumed): .running
        case (.running, .started), (.running, .resumed), (.running, .targetChanged), (.running, .calendarChanged),
            (.paused, .started), (.paused, .paused), (.paused, .targetChanged), (.paused, .calendarChanged),
            (.stopped, .started), (.stopped, .paused), (.stopped, .stopped), (.stopped, .voided),
            (.stopped, .targetChanged), (.stopped, .calendarChanged),
            (.void, .started), (.void, .paused), (.void, .stopped), (.void, .voided), (.void, .targetChanged),
            (.void, .calendarChanged):
            nil
        }
    }
}
