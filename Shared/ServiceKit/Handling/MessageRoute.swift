import DomainContracts
import Foundation

/// A handler with its types rubbed off, so that a batch can hold messages of any kind.
package struct MessageRoute: Sendable {
    package enum Kind: Sendable { case command, event }

    let kind: Kind
    let wireType: String
    let remembersForEver: Bool
    /// Reads the body; throws a `DecodingError` that names the member at fault.
    let decode: @Sendable (IncomingMessage) throws -> DecodedMessage
    let keys: @Sendable (any Message, inout Keys) -> Void
    let decide: @Sendable (any Message, inout Turn) throws(Refusal) -> RouteOutcome
    let answerAgain: @Sendable (any Message, inout Turn) -> RouteOutcome?
    let recordRefusal: @Sendable (RefusedMessage, inout Turn) -> Void
}

/// A message that could be read.
package struct DecodedMessage: Sendable {
    let envelope: Envelope
    let message: any Message
}

/// What a decider answered.
package enum RouteOutcome: Sendable {
    case reply(any Codable & Sendable, type: String)
    case applied
    case notYet(waitingFor: String)
}

extension MessageRoute {
    init<H: CommandHandler>(_ handler: H) {
        self.init(
            kind: .command, wireType: H.C.wireType, remembersForEver: handler.remembersForEver,
            decode: { try $0.decode(H.C.self) },
            keys: { message, keys in
                if let command = message as? H.C { handler.keys(command, &keys) }
            },
            decide: { message, turn throws(Refusal) in
                guard let command = message as? H.C else { return .applied }
                return .reply(try handler.decide(command, &turn), type: H.C.acceptedType)
            },
            answerAgain: { message, turn in
                guard let command = message as? H.C, let reply = handler.answerAgain(command, &turn) else { return nil }
                return .reply(reply, type: H.C.acceptedType)
            },
            recordRefusal: { handler.recordRefusal($0, &$1) })
    }

    init<H: EventHandler>(_ handler: H) {
        self.init(
            kind: .event, wireType: H.E.wireType, remembersForEver: false,
            decode: { try $0.decode(H.E.self) },
            keys: { message, keys in
                if let event = message as? H.E { handler.keys(event, &keys) }
            },
            decide: { message, turn throws(Refusal) in
                guard let event = message as? H.E else { return .applied }
                return switch handler.decide(event, &turn) {
                case .applied: .applied
                case .notYet(let subject): .notYet(waitingFor: subject)
                }
            },
            answerAgain: { _, _ in nil },
            recordRefusal: { _, _ in })
    }
}
