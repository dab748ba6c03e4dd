import DomainContracts
import Foundation

@testable import ServiceKit

/// What one transaction wrote, for those who watch.
struct Commit {
    struct Change {
        let key: AggregateKey
        let before: (any Aggregate)?
        let after: any Aggregate
        let versions: ClosedRange<Int>
    }

    /// One thing that was decided about, and how.
    struct Handled {
        let item: BatchItem
        let verdict: BatchVerdict
    }

    let service: ServiceName
    let now: Date
    var changes: [Change] = []
    var events: [SimulatedMessage] = []
    var facts: [any FactRow] = []
    var handled: [Handled] = []
    /// Messages that were given up.
    var dead: [String] = []
    /// Turns that were kept: a refused one must leave none, or the record of its refusal alone.
    var turns = 0
}

/// A transaction that has decided and not committed: whatever happens to it now, all of it happens or nothing.
struct Transaction {
    /// What an item was claimed from, where that is a row.
    enum Claim {
        case parked(Int)
        case timer(FiredTimer.Key)
        case delivery(SimulatedMessage)
    }

    var claims: [Claim] = []
    var items: [BatchItem] = []
    var verdicts: [BatchVerdict] = []
    var state: BatchState
    var unreadable: [UnreadableMessage] = []
}
