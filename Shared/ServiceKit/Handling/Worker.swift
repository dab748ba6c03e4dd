import AMQP
import DomainContracts
import Foundation
import Postgres

/// Work that needs warm state or long thought, which no message handler should do: it owns its share by a lease with
/// a fencing number, so that of several copies of a service one works and a frozen one commits nothing stale.
public protocol Worker: Sendable {
    /// Name of the lease, unique in the service.
    var name: String { get }
    /// Tables of the aggregates whose changes may make work for it.
    var watched: Set<String> { get }
    /// Thinks before a step, for as long as it takes: no transaction is open, and what it read may have changed by the
    /// time of the step, which has to look. Only the copy that holds the lease is asked; a worker that keeps nothing
    /// in mind needs none.
    func prepare(_ pool: PostgresPool, now: Date) async throws
    /// Looks for work and decides about it, in one transaction with everything it sets and emits. Called again at once
    /// while it answers true, else after the next commit that changed something it watches, or a poll.
    func step(_ session: inout WorkSession) async throws -> Bool
}

extension Worker {
    public func prepare(_ pool: PostgresPool, now: Date) async throws {}
}

/// One transaction of a worker: it reads by SQL, loads aggregates for update, and decides in turns like a handler.
public struct WorkSession: Sendable {
    public let connection: PostgresConnection
    public let now: Date
    var batch: BatchState
    /// Reads events that are said again.
    var reader: MessageReader?
    /// The message whose turns these are; nil: the worker's own.
    public internal(set) var envelope: Envelope?

    /// Locks and loads aggregates, for the turns that follow.
    public mutating func load(_ keys: Keys) async throws { try await batch.load(keys, on: connection) }

    /// Draws numbers from a sequence, for the turns that follow.
    public mutating func draw(_ count: Int, from sequence: String) async throws {
        try await batch.draw([sequence: count], on: connection)
    }

    /// Decides in a turn of the story `workOrderId`; everything it asks for must have been loaded.
    public mutating func decide(story workOrderId: UUID?, _ body: (inout Turn) -> Void) throws {
        try batch.workerTurn(now: now, of: envelope, story: workOrderId, body)
    }
}

extension WorkSession {
    /// Decides about events again as the service's handlers do, whether they were handled before or not: only for handlers
    /// to which it is all one. Events that nobody here handles are passed over.
    package mutating func hearAgain(_ events: [RepublishedEvent]) async throws {
        let items = try events.compactMap { told -> BatchItem? in
            let incoming = IncomingMessage(
                routingKey: told.routingKey, properties: AMQPProperties(),
                body: Array(try WireJSON.encoder().encode(told.event)))
            guard case .item(let item)? = reader?.read(incoming) else { return nil }
            return item
        }
        var fold = BatchFold(items, now: now, state: batch)
        fold.isRepetition = true
        _ = try await fold.run(on: connection)
        batch = fold.state
    }
}
