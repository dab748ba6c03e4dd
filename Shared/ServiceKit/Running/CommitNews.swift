import Foundation

/// What a commit made work for: only the loops that it concerns are woken, since each look costs a query.
struct CommitNews: Sendable {
    /// There is something in the outbox.
    var hasEvents = false
    /// Domain time of the earliest timer that was set.
    var nextTimer: Date?
    /// A parked message got its turn.
    var wokeParked = false
    /// Tables of the aggregates that changed.
    var changed: Set<String> = []

    /// A commit of which nobody knows what it did.
    static let unknown = CommitNews(hasEvents: true, nextTimer: .distantPast, wokeParked: true)
}
