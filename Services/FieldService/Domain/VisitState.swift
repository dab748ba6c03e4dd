/// States of a visit (domain.md §4); the table's CHECK lists the same names.
enum VisitState: String, CaseIterable, Codable, Sendable {
    case planned
    case scheduled
    case enRoute = "en_route"
    case onSite = "on_site"
    case inProgress = "in_progress"
    case paused
    case ended
    case missed
    case cancelled

    /// Nothing can happen to it any more.
    var isFinal: Bool {
        switch self {
        case .ended, .missed, .cancelled: true
        case .planned, .scheduled, .enRoute, .onSite, .inProgress, .paused: false
        }
    }

    /// Somebody is at the customer's.
    var isOnSite: Bool {
        switch self {
        case .onSite, .inProgress, .paused: true
        case .planned, .scheduled, .enRoute, .ended, .missed, .cancelled: false
        }
    }
}

/// What can happen to a visit.
enum VisitAct: String, CaseIterable, Codable, Sendable {
    /// A time was agreed or moved.
    case book
    case depart
    case checkIn = "check_in"
    case start
    case pause
    case resume
    /// A finding or part request whose estimate must be waited for.
    case awaitEstimate = "await_estimate"
    case usePart = "use_part"
    case end
    /// The window passed.
    case miss
    /// The assignment was withdrawn, or the order closed.
    case cancel
}
