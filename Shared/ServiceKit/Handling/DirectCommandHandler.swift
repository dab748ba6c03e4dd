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

/// Carries out a command that has to search before it can decide: by statements of its own, and by turns like a worker's, which
/// are its sender's. Alone in its transaction. Nothing remembers its message: the same again is carried out again.
public protocol SearchingCommandHandler: Sendable {
    associatedtype C: Command
    /// Throws a `Refusal` for what cannot be done; then nothing of it is.
    func carryOut(_ command: C, _ session: inout WorkSession) async throws -> C.Reply
}

/// A direct handler with its types rubbed off.
struct DirectRoute: Sendable {
    let wireType: String
    let carryOut: @Sendable (IncomingMessage, inout WorkSession) async throws -> (Envelope, Answer)

    init<H: DirectCommandHandler>(_ handler: H) {
        self.init(wireType: H.C.wireType, acceptedType: H.C.acceptedType, as: H.C.self) { command, connection in
            try await handler.carryOut(command, on: connection)
        }
    }

    init<H: SearchingCommandHandler>(_ handler: H) {
        wireType = H.C.wireType
        carryOut = { incoming, session in
            let message = try incoming.decodeData(H.C.self)
            session.envelope = message.envelope
            return (
                message.envelope,
                try Answer(try await handler.carryOut(message.data, &session), type: H.C.acceptedType)
            )
        }
    }

    /// For commands that every service takes: their type differs by the service's name alone.
    init<D: Codable & Sendable>(
        wireType: String, acceptedType: String, as type: D.Type,
        _ carryOut: @escaping @Sendable (D, PostgresConnection) async throws -> any Codable & Sendable
    ) {
        self.wireType = wireType
        self.carryOut = { incoming, session in
            let event = try incoming.decodeData(D.self)
            return (event.envelope, try Answer(try await carryOut(event.data, session.connection), type: acceptedType))
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
                let now = clock.now()
                var session = WorkSession(
                    connection: connection, now: now, batch: BatchState(service: definition.name, ids: ids))
                let carried = try await route.carryOut(message, &session)
                try await BatchWriter(state: session.batch, now: now).write([], on: connection)
                return carried
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
