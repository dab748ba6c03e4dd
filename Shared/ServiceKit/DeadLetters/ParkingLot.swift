import AMQP
import DomainContracts
import Foundation
import Postgres

/// Writes messages into the store of those that wait, are dead, or were refused and are kept.
struct ParkingLot: Sendable {
    let ladder: RetryLadder

    enum State: String, Sendable { case parked, dead, refused }

    /// Why a message is not handled, as the store lists it.
    struct Reason: Sendable {
        let code: String
        let detail: String
        var isEarly = false
        var waitingFor: String?
    }

    /// Puts a message away, or the next rung for one that was parked before. A second delivery of a message that is
    /// there already changes nothing.
    func park(_ incoming: IncomingMessage, _ envelope: Envelope?, _ parked: ParkedMessage?, _ reason: Reason) -> SQL {
        let attempts = parked?.attempts ?? 0
        let wait = ladder.wait(after: attempts, early: reason.isEarly)
        let log = JSONB(entry(reason))
        if let parked {
            return """
                UPDATE parked_message SET attempts = attempts + 1, state = \((wait == nil ? State.dead : .parked).rawValue),
                    next_attempt_at = \(wait.map(Self.moment)), waiting_for = \(wait == nil ? nil : reason.waitingFor),
                    reason = \(reason.code), detail = \(reason.detail), changed_at = now(), log = log || \(log)
                WHERE id = \(parked.id)
                """
        }
        return insert(
            wait == nil ? .dead : .parked, incoming, envelope, reason, nextAttempt: wait.map(Self.moment), log)
    }

    /// Keeps a message that will not be tried again.
    func keep(_ incoming: IncomingMessage, _ envelope: Envelope?, as state: State, _ reason: Reason) -> SQL {
        insert(state, incoming, envelope, reason, nextAttempt: nil, JSONB(entry(reason)))
    }

    /// Gives up a parked message.
    func bury(_ parked: ParkedMessage, _ reason: Reason) -> SQL {
        """
        UPDATE parked_message SET attempts = attempts + 1, state = 'dead', next_attempt_at = NULL, waiting_for = NULL,
            reason = \(reason.code), detail = \(reason.detail), changed_at = now(), log = log || \(JSONB(entry(reason)))
        WHERE id = \(parked.id)
        """
    }

    private func insert(
        _ state: State, _ incoming: IncomingMessage, _ envelope: Envelope?, _ reason: Reason, nextAttempt: Date?,
        _ log: JSONB
    ) -> SQL {
        let properties = try? JSONB(encoding: StoredProperties(incoming.properties), encoder: WireJSON.encoder())
        return """
            INSERT INTO parked_message (state, source, message_id, wire_type, routing_key, story, properties, body,
                attempts, next_attempt_at, waiting_for, reason, detail, log)
            VALUES (\(state.rawValue), \(envelope?.source ?? "/unreadable/\(incoming.routingKey)"),
                \(envelope?.id ?? incoming.fallbackId), \(envelope?.type ?? incoming.properties.type),
                \(incoming.routingKey), \(envelope?.partitionkey), \(properties ?? JSONB(Array("{}".utf8))),
                \(incoming.body), 1, \(nextAttempt), \(state == .parked ? reason.waitingFor : nil), \(reason.code),
                \(reason.detail), \(log))
            ON CONFLICT (source, message_id) DO NOTHING
            """
    }

    private static func moment(_ wait: Duration) -> Date {
        Date(timeIntervalSinceNow: Double(wait.components.seconds) + Double(wait.components.attoseconds) / 1e18)
    }

    private func entry(_ reason: Reason) -> [UInt8] {
        struct Entry: Encodable {
            let at: Date
            let reason: String
            let detail: String
        }
        let entries = [Entry(at: Date(), reason: reason.code, detail: reason.detail)]
        return (try? WireJSON.encoder().encode(entries)).map(Array.init) ?? Array("[]".utf8)
    }
}
