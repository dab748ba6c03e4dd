import DomainContracts
import Foundation

/// One thing for a batch to decide about: a message from a queue, a parked one whose turn has come, or a due timer.
struct BatchItem: Sendable {
    /// What the item is, so that its own row can be settled with the batch.
    enum Origin: Sendable {
        case delivery(IncomingMessage)
        case parked(ParkedMessage)
        case timer(FiredTimer)
    }

    let origin: Origin
    var envelope: Envelope
    let channel: String?
    let keys: Keys
    /// Nil for timers.
    let route: MessageRoute?
    let decide: @Sendable (inout Turn) throws(Refusal) -> RouteOutcome
    let answerAgain: @Sendable (inout Turn) -> RouteOutcome?
    /// SHA-256 of the canonical data, for commands: another body under the same id is refused.
    let bodyHash: [UInt8]?
    /// A command whose bytes could not be read: refused, and kept as a dead letter too.
    var isUndecodable = false
    /// Where its handling stands in its story; nil where nobody is told.
    var place: SpanPlace?

    /// The message as it came; nil for a timer.
    var incoming: IncomingMessage? {
        switch origin {
        case .delivery(let message): message
        case .parked(let row): row.incoming
        case .timer: nil
        }
    }

    /// The timer; nil for a message.
    var timer: FiredTimer? { if case .timer(let timer) = origin { timer } else { nil } }

    /// The same as a step of its story, under which comes what it causes.
    func traced() -> BatchItem {
        var item = self
        let place = SpanPlace(after: incoming, envelope.traceparent)
        item.place = place
        item.envelope.traceparent = place.own.traceparent
        return item
    }

    var dedupeKey: DedupeKey { DedupeKey(source: envelope.source, id: envelope.id) }
}

/// `source` and `id` of an envelope: what makes two messages the same.
struct DedupeKey: Hashable, Sendable {
    let source: String
    let id: String
}

/// A message that no decider can be asked about, and why.
struct UnreadableMessage: Sendable {
    enum Fault: Sendable {
        /// The bytes or the shape are wrong: trying again cannot help.
        case undecodable(Problem)
        /// Nobody here handles this type: a newer copy may.
        case unknownType(String)
    }
    let incoming: IncomingMessage
    let fault: Fault
    let parked: ParkedMessage?
}
