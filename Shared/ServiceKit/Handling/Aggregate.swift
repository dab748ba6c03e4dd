import DomainContracts
import Foundation

/// A thing that a service owns and changes as one: stored as a document with a version in a table of its own,
/// locked while a batch decides about it.
///
/// The table has the columns `id uuid primary key, version bigint not null, state jsonb not null`; what SQL checks,
/// indexes or counts by stands beside them as generated columns (`status text generated always as
/// (state->>'status') stored check (status in (…))`), so the document stays the only thing that is written.
public protocol Aggregate: Codable, Sendable {
    /// Table in the service's schema: `work_order`.
    static var table: String { get }
    /// What the history shows of it beside the event's name; nil when it has no state machine.
    var historyStatus: String? { get }
    /// False for what only helps to find others, such as an index: its changes are no history of their own.
    static var hasHistory: Bool { get }
}

extension Aggregate {
    public var historyStatus: String? { nil }
    public static var hasHistory: Bool { true }
    /// The kind in subjects: `work-order`.
    public static var subjectKind: String { table.replacing("_", with: "-") }
    public static func subject(_ id: UUID) -> String { "\(subjectKind)/\(id.text)" }
}

/// Names one aggregate of a service.
public struct AggregateKey: Hashable, Sendable, Comparable {
    public let table: String
    public let id: UUID

    public init<A: Aggregate>(_ type: A.Type, _ id: UUID) {
        table = A.table
        self.id = id
    }

    init(table: String, id: UUID) {
        self.table = table
        self.id = id
    }

    public static func < (a: Self, b: Self) -> Bool {
        a.table == b.table ? a.id < b.id : a.table < b.table
    }
}

/// The aggregates that a message is about, named before the batch loads them in one statement per table.
///
/// It is a hint that saves a round trip: a decider that asks for a state not named here is run again once that state
/// is loaded, so keys that only a loaded state reveals need no ceremony.
public struct Keys: Sendable {
    package private(set) var types: [AggregateKey: any Aggregate.Type] = [:]
    /// Those of `types` that are only read, and so not locked.
    private(set) var unlocked: Set<AggregateKey> = []

    public init() {}

    public mutating func need<A: Aggregate>(_ type: A.Type, _ id: UUID?) {
        guard let id else { return }
        add(AggregateKey(type, id), type)
    }

    public mutating func need<A: Aggregate>(_ type: A.Type, _ ids: some Sequence<UUID>) {
        for id in ids { need(type, id) }
    }

    /// Names what `Turn.look` will read.
    public mutating func look<A: Aggregate>(at type: A.Type, _ id: UUID) { addUnlocked(AggregateKey(type, id), type) }

    mutating func add(_ key: AggregateKey, _ type: any Aggregate.Type) {
        types[key] = type
        unlocked.remove(key)
    }

    mutating func addUnlocked(_ key: AggregateKey, _ type: any Aggregate.Type) {
        if types.updateValue(type, forKey: key) == nil { unlocked.insert(key) }
    }

    package mutating func formUnion(_ other: Keys) {
        for (key, type) in other.types {
            if other.unlocked.contains(key) { addUnlocked(key, type) } else { add(key, type) }
        }
    }
}
