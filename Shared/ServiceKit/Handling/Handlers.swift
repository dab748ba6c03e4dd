import DomainContracts
import Foundation
import Postgres

/// Decides about one command. Pure: everything it knows is in the command and the turn, everything it does stands in
/// the turn afterwards; a throw drops the turn and becomes the rejected reply.
public protocol CommandHandler: Sendable {
    associatedtype C: Command
    func keys(_ command: C, _ keys: inout Keys)
    func decide(_ command: C, _ turn: inout Turn) throws(Refusal) -> C.Reply
    /// The answer to a message that was carried out before; nil gives the stored reply.
    func answerAgain(_ command: C, _ turn: inout Turn) -> C.Reply?
    /// What a refusal leaves behind beside its reply: an event, say. The turn is a fresh one.
    func recordRefusal(_ refused: RefusedMessage, _ turn: inout Turn)
    /// Whether its inbox rows, and so its answers, are kept for ever.
    var remembersForEver: Bool { get }
}

extension CommandHandler {
    public func keys(_ command: C, _ keys: inout Keys) {}
    public func answerAgain(_ command: C, _ turn: inout Turn) -> C.Reply? { nil }
    public func recordRefusal(_ refused: RefusedMessage, _ turn: inout Turn) {}
    public var remembersForEver: Bool { false }
}

/// A command that was refused, as far as it could be read.
public struct RefusedMessage: Sendable {
    public let problem: Problem
    public let routingKey: String
    public let messageId: String
    /// Nil when the body could not be read.
    public let envelope: Envelope?
    public let body: [UInt8]
}

/// Applies one event. Total: it applies it, finds it already true, records and compensates, or says *not yet*.
public protocol EventHandler: Sendable {
    associatedtype E: Event
    func keys(_ event: E, _ keys: inout Keys)
    func decide(_ event: E, _ turn: inout Turn) -> EventOutcome
}

extension EventHandler {
    public func keys(_ event: E, _ keys: inout Keys) {}
}

/// What became of an event.
public enum EventOutcome: Sendable, Equatable {
    case applied
    /// It came before what it builds on: parked, and tried again when a message of that subject or story commits.
    /// Name the story's work order or the aggregate's subject, `work-order/<id>`.
    case notYet(waitingFor: String)
}

/// Runs when a timer is due. Total, like an event; a timer that no longer applies does nothing.
public protocol TimerHandler: Sendable {
    /// The timer's kind, unique in the service: `offer-lease`.
    static var kind: String { get }
    func keys(_ timer: FiredTimer, _ keys: inout Keys)
    func decide(_ timer: FiredTimer, _ turn: inout Turn)
}

extension TimerHandler {
    public func keys(_ timer: FiredTimer, _ keys: inout Keys) {}
}

/// A timer that is due: what it is about and when it was to fire.
public struct FiredTimer: Sendable, Equatable {
    public let kind: String
    /// The aggregate it was set for.
    public let id: UUID
    /// Tells several timers of one kind and aggregate apart.
    public let discriminator: String
    public let dueAt: Date

    public init(kind: String, id: UUID, discriminator: String = "", dueAt: Date) {
        self.kind = kind
        self.id = id
        self.discriminator = discriminator
        self.dueAt = dueAt
    }
}

/// Answers one query from the service's own schema; without effect.
public protocol QueryHandler: Sendable {
    associatedtype Q: Query
    func answer(_ query: Q, on connection: PostgresConnection) async throws -> Q.Reply
}
