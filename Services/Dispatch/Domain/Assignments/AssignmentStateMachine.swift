import DomainContracts

/// States of an assignment (domain.md §4). The raw values are those of the wire and of the table's check.
enum AssignmentState: String, Codable, Sendable, CaseIterable {
    case offered, accepted, declined, expired, withdrawn, fulfilled
    case noShow = "no_show"

    /// Whether the engineer's time is held for it.
    var isLive: Bool { self == .offered || self == .accepted }

    var wire: AssignmentStatus { AssignmentStatus(rawValue: rawValue) }
}

/// What can happen to an assignment.
enum AssignmentEvent: String, Sendable, CaseIterable {
    case accept, decline, leaseRanOut, withdraw, book, visitEnded, visitMissed
    /// The engineer is on site.
    case begun
}

/// The only way an assignment's state changes; drawn in docs/state-machines/assignment.md.
enum AssignmentStateMachine {
    /// The state after the event; nil when the event changes nothing in this state.
    static func next(_ state: AssignmentState, _ event: AssignmentEvent) -> AssignmentState? {
        switch (state, event) {
        case (.offered, .accept): .accepted
        case (.offered, .decline): .declined
        case (.offered, .leaseRanOut): .expired
        case (.offered, .withdraw): .withdrawn
        case (.accepted, .withdraw): .withdrawn
        case (.accepted, .book), (.accepted, .begun): .accepted
        // He was there before he heard that the job had been taken from him.
        case (.withdrawn, .begun): .accepted
        case (.accepted, .visitEnded): .fulfilled
        case (.accepted, .visitMissed): .noShow
        case (.offered, .book), (.offered, .visitEnded), (.offered, .visitMissed), (.offered, .begun): nil
        case (.accepted, .accept), (.accepted, .decline), (.accepted, .leaseRanOut): nil
        case (.declined, .accept), (.declined, .decline), (.declined, .leaseRanOut), (.declined, .withdraw),
            (.declined, .book), (.declined, .visitEnded), (.declined, .visitMissed), (.declined, .begun):
            nil
        case (.expired, .accept), (.expired, .decline), (.expired, .leaseRanOut), (.expired, .withdraw),
            (.expired, .book), (.expired, .visitEnded), (.expired, .visitMissed), (.expired, .begun):
            nil
        case (.withdrawn, .accept), (.withdrawn, .decline), (.withdrawn, .leaseRanOut), (.withdrawn, .withdraw),
            (.withdrawn, .book), (.withdrawn, .visitEnded), (.withdrawn, .visitMissed):
            nil
        case (.fulfilled, .accept), (.fulfilled, .decline), (.fulfilled, .leaseRanOut), (.fulfilled, .withdraw),
            (.fulfilled, .book), (.fulfilled, .visitEnded), (.fulfilled, .visitMissed), (.fulfilled, .begun):
            nil
        case (.noShow, .accept), (.noShow, .decline), (.noShow, .leaseRanOut), (.noShow, .withdraw),
            (.noShow, .book), (.noShow, .visitEnded), (.noShow, .visitMissed), (.noShow, .begun):
            nil
        }
    }
}
