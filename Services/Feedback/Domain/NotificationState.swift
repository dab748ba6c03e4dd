/// States of a notification; the table's CHECK lists the same names.
enum NotificationState: String, CaseIterable, Codable, Sendable {
    case requested
    case delivered
    case failed
    /// The channel's adapter did not say what became of it.
    case unconfirmed
}

/// What can happen to a notification.
enum NotificationAct: String, CaseIterable, Sendable {
    case deliver
    case fail
    /// Nobody said anything in time.
    case lapse
}

/// Which act leads where; docs/state-machines/notification.md draws the same table.
enum NotificationStateMachine {
    /// The state after `act`, or nil when it cannot happen in `state`. An adapter may try again what failed, and may
    /// speak late; what was delivered stays so.
    static func next(_ state: NotificationState, _ act: NotificationAct) -> NotificationState? {
        switch (state, act) {
        case (.requested, .deliver), (.failed, .deliver), (.unconfirmed, .deliver): .delivered
        case (.requested, .fail), (.unconfirmed, .fail): .failed
        case (.requested, .lapse): .unconfirmed
        case (.delivered, .deliver), (.delivered, .fail), (.delivered, .lapse): nil
        case (.failed, .fail), (.failed, .lapse): nil
        case (.unconfirmed, .lapse): nil
        }
    }
}
