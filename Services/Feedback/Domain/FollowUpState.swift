/// States of a follow-up; the table's CHECK lists the same names.
enum FollowUpState: String, CaseIterable, Codable, Sendable {
    /// The survey is out; nobody calls yet.
    case scheduled
    /// An agent should call.
    case due
    /// The customer answered the survey.
    case answered
    /// An agent called.
    case completed
    /// Nobody answered and nobody called in time.
    case expired
    /// The order ended by itself: cancelled, merged; or it was reopened.
    case void
}

/// What can happen to a follow-up.
enum FollowUpAct: String, CaseIterable, Sendable {
    /// Another report of the same order was confirmed: asked anew.
    case restart
    case fallDue = "fall_due"
    case answer
    case complete
    case expire
    case cancel
}

/// Which act leads where; docs/state-machines/follow-up.md draws the same table.
enum FollowUpStateMachine {
    /// The state after `act`, or nil when it cannot happen in `state`.
    static func next(_ state: FollowUpState, _ act: FollowUpAct) -> FollowUpState? {
        switch (state, act) {
        case (.scheduled, .restart), (.due, .restart), (.answered, .restart), (.completed, .restart),
            (.expired, .restart), (.void, .restart):
            .scheduled
        case (.scheduled, .fallDue): .due
        case (.scheduled, .answer), (.due, .answer): .answered
        case (.scheduled, .complete), (.due, .complete): .completed
        case (.due, .expire): .expired
        case (.scheduled, .cancel), (.due, .cancel): .void
        case (.scheduled, .expire), (.due, .fallDue): nil
        case (.answered, .fallDue), (.answered, .answer), (.answered, .complete), (.answered, .expire),
            (.answered, .cancel):
            nil
        case (.completed, .fallDue), (.completed, .answer), (.completed, .complete), (.completed, .expire),
            (.completed, .cancel):
            nil
        case (.expired, .fallDue), (.expired, .answer), (.expired, .complete), (.expired, .expire), (.expired, .cancel):
            nil
        case (.void, .fallDue), (.void, .answer), (.void, .complete), (.void, .expire), (.void, .cancel): nil
        }
    }
}
