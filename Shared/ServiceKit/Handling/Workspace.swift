import DomainContracts
import Foundation

/// The aggregates of one batch while its messages are folded: what was loaded, what the deciders made of it.
///
/// A value: a refused or failed message's changes are dropped by going back to the checkpoint before it.
struct Workspace: Sendable {
    struct Entry: Sendable {
        var value: (any Aggregate)?
        var version: Int
        let loadedVersion: Int
        /// Whether nobody else can change it before the commit. One that was only looked at may not be changed.
        let isLocked: Bool
        /// The last message that raised the version, so that one message raises it once.
        var changedBy: Int?
        var isChanged: Bool { version != loadedVersion }
    }

    private(set) var entries: [AggregateKey: Entry] = [:]
    /// What to put back if the current message fails: key → entry before it.
    private var undo: [AggregateKey: Entry] = [:]

    /// Whether it is there, and locked.
    func contains(_ key: AggregateKey) -> Bool { entries[key]?.isLocked == true }

    mutating func load(_ key: AggregateKey, _ value: (any Aggregate)?, version: Int, isLocked: Bool = true) {
        entries[key] = Entry(value: value, version: version, loadedVersion: version, isLocked: isLocked)
    }

    mutating func checkpoint() { undo.removeAll(keepingCapacity: true) }

    mutating func rollBack() {
        for (key, entry) in undo { entries[key] = entry }
        undo.removeAll(keepingCapacity: true)
    }

    mutating func set(_ key: AggregateKey, _ value: any Aggregate, message: Int) {
        guard var entry = entries[key] else { return }
        if undo[key] == nil { undo[key] = entry }
        entry.value = value
        if entry.changedBy != message {
            entry.version += 1
            entry.changedBy = message
        }
        entries[key] = entry
    }
}
