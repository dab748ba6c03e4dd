import DomainContracts
import Foundation
import Postgres

/// Carries out a command by statements of its own instead of by a decision: reading a range of the ledger, replaying
/// dead letters. Alone in its transaction, together with its inbox row.
public protocol DirectCommandHandler: Sendable {
    associatedtype C: Command
    /// Throws a `Refusal` for what cannot be done.
    func carryOut(_ command: C, on connection: PostgresConnection) async throws -> C.Reply
}

/// A direct handler with its types rubbed off.
struct DirectRoute: Sendable {
    let wireType: String
    let carryOut: @Sendable (IncomingMessage, PostgresConnection) async throws -> (Envelope, Answer)

    init<H: DirectCommandHandler>(_ handler: H) {
        self.init(wireType: H.C.wireType, acceptedType: H.C.acceptedType, as: H.C.self) { command, connection in
            try await handler.carryOut(command, on: connection)
        }
    }

    /// For commands that every service takes: their type differs by the service's name alone.
    init<D: Codable & Sendable>(
        wireType: String, acceptedType: String, as type: D.Type,
        _ carryOut: @escaping @Sendable (D, PostgresConnection) async throws -> any Codable & Sendable
    ) {
        self.wireType = wireType
        self.carryOut = { incoming, connection in
            let event = try incoming.decodeData(D.self)
            return (event.envelope, try Answer(try await carryOut(event.data, connection), type: acceptedType))
        }
    }
}

extension BatchProcessor {
    func directRoute(_ message: IncomingMessage) -> DirectRoute? {
        guard let type = try? message.wireType(), message.keyNames(type) else { return nil }
        return definition.directRoutes[type]
    }

    /// Carries out one direct command. What it throws is answered as a rejection: trying again is the asker's choice.
    func carryOut(_ message: IncomingMessage, _ route: DirectRoute, _ handled: inout Handled) async throws {
        handled.count += 1
        var answer: Answer
        var outcome = MessageOutcome.applied
        let began = ContinuousClock.now
        var envelope =
            message.envelopeIfReadable() ?? Envelope(id: message.fallbackId, source: "/", type: route.wireType)
        do {
            (envelope, answer) = try await pool.transaction { connection in
                try await route.carryOut(message, connection)
            }
            committed(.unknown)
        } catch  where !error.isFaultOfDependency {
            let problem = Problem(answering: error)
            if problem.status >= 500 {
                logger.error("a command failed", metadata: ["type": "\(route.wireType)", "error": "\(error)"])
            }
            answer = try Answer(problem, type: MessageRoute.rejectedType(of: route.wireType))
            outcome = .refused
        }
        meter.handled(
            MessageTally(definition.name, direct: route.wireType, outcome), took: ContinuousClock.now - began)
        if let reply = Reply(to: message.properties, answer: answer, about: envelope) { handled.replies.append(reply) }
    }
}
