import DomainContracts
import Foundation

@testable import ServiceKit

/// One service and everything that is committed of it: what its schema holds, and its queue on the broker. A crash
/// loses nothing of this; what is on its way through a transaction is never here.
final class SimulatedService {
    struct Stored {
        var value: any Aggregate
        var version: Int
    }

    struct OutboxEntry {
        let id: Int
        let message: SimulatedMessage
    }

    struct TimerRow {
        let timer: FiredTimer
        let story: String?
        let correlation: String?
    }

    struct Parked {
        let id: Int
        let message: SimulatedMessage
        var attempts: Int
        var nextAttempt: Date
        var waitingFor: String?
    }

    let definition: ServiceDefinition
    let ids: IDGenerator
    var name: ServiceName { definition.name }

    var stored: [AggregateKey: Stored] = [:]
    /// In the order in which they were first stored: iteration must not depend on how Swift hashes today.
    var keys: [String: [AggregateKey]] = [:]
    var inbox: [DedupeKey: BatchFold.InboxEntry] = [:]
    var outbox: [OutboxEntry] = []
    var timers: [FiredTimer.Key: TimerRow] = [:]
    var parked: [Parked] = []
    var sequences: [String: Int] = [:]
    var books: [String: Int] = [:]
    /// What the broker holds for it.
    var queue: [SimulatedMessage] = []
    /// While it is down nothing is delivered, relayed or fired.
    var isDown = false
    private var lastRow = 0

    init(_ definition: ServiceDefinition, ids: IDGenerator) {
        self.definition = definition
        self.ids = ids
    }

    func nextRow() -> Int {
        lastRow += 1
        return lastRow
    }

    func all<A: Aggregate>(_ type: A.Type) -> [(id: UUID, value: A)] {
        (keys[A.table] ?? []).compactMap { key in (stored[key]?.value as? A).map { (key.id, $0) } }
    }

    func value<A: Aggregate>(_ type: A.Type, _ id: UUID) -> A? { stored[AggregateKey(type, id)]?.value as? A }

    func dueTimers(at now: Date) -> [TimerRow] {
        timers.values.filter { $0.timer.dueAt <= now }.sorted(by: Self.isEarlier)
    }

    static func isEarlier(_ a: TimerRow, _ b: TimerRow) -> Bool {
        if a.timer.dueAt != b.timer.dueAt { return a.timer.dueAt < b.timer.dueAt }
        if a.timer.id != b.timer.id { return a.timer.id.uuidString < b.timer.id.uuidString }
        return (a.timer.kind, a.timer.discriminator) < (b.timer.kind, b.timer.discriminator)
    }

    /// When something is due by the clock alone.
    var nextDue: Date? {
        let timer = timers.values.lazy.map(\.timer.dueAt).min()
        let parked = parked.lazy.map(\.nextAttempt).min()
        return [timer, parked].compactMap { $0 }.min()
    }
}
