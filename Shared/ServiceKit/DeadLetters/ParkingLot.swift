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
        guard let parked else { return Self.insert([newcomer(incoming, envelope, reason)]) }
        let wait = ladder.wait(after: parked, early: reason.isEarly)
        return """
            UPDATE parked_message SET attempts = attempts + 1,
                early_attempts = early_attempts + \(reason.isEarly ? 1 : 0), state = \((wait == nil ? State.dead : .parked).rawValue),
                next_attempt_at = \(wait.map(Self.moment)), waiting_for = \(wait == nil ? nil : reason.waitingFor),
                reason = \(reason.code), detail = \(reason.detail), changed_at = now(), log = log || \(Self.log(reason))
            WHERE id = \(parked.id)
            """
    }

    /// Keeps a message that will not be tried again.
    func keep(_ incoming: IncomingMessage, _ envelope: Envelope?, as state: State, _ reason: Reason) -> SQL {
        Self.insert([Row(incoming, envelope, state, reason, nextAttempt: nil)])
    }

    /// A message on its way to its first rung.
    func newcomer(_ incoming: IncomingMessage, _ envelope: Envelope?, _ reason: Reason) -> Row {
        let wait = ladder.wait(after: 0, early: reason.isEarly)
        return Row(incoming, envelope, wait == nil ? .dead : .parked, reason, nextAttempt: wait.map(Self.moment))
    }

    /// Gives up a parked message.
    func bury(_ parked: ParkedMessage, _ reason: Reason) -> SQL {
        """
        UPDATE parked_message SET attempts = attempts + 1, state = 'dead', next_attempt_at = NULL, waiting_for = NULL,
            reason = \(reason.code), detail = \(reason.detail), changed_at = now(), log = log || \(Self.log(reason))
        WHERE id = \(parked.id)
        """
    }

    /// A message that is put away for the first time.
    struct Row {
        fileprivate let source: String
        fileprivate let messageId: String
        fileprivate let wireType: String?
        fileprivate let story: String?
        fileprivate let properties: JSONB
        fileprivate let incoming: IncomingMessage
        fileprivate let state: State
        fileprivate let reason: Reason
        fileprivate let nextAttempt: Date?

        fileprivate init(
            _ incoming: IncomingMessage, _ envelope: Envelope?, _ state: State, _ reason: Reason, nextAttempt: Date?
        ) {
            source = envelope?.source ?? "/unreadable/\(incoming.routingKey)"
            messageId = envelope?.id ?? incoming.fallbackId
            wireType = envelope?.type ?? incoming.properties.type
            story = envelope?.partitionkey
            let stored = try? JSONB(encoding: StoredProperties(incoming.properties), encoder: WireJSON.encoder())
            properties = stored ?? JSONB(Array("{}".utf8))
            self.incoming = incoming
            self.state = state
            self.reason = reason
            self.nextAttempt = nextAttempt
        }
    }

    /// One that is there already stays as it is; one that was discarded and comes again is put away anew.
    ///
    /// In one order everywhere, so that copies to which the same messages came queue up instead of waiting crosswise.
    static func insert(_ rows: [Row]) -> SQL {
        let rows = rows.sorted { ($0.source, $0.messageId) < ($1.source, $1.messageId) }
        return """
            INSERT INTO parked_message AS kept (state, source, message_id, wire_type, routing_key, story, properties, body,
                attempts, early_attempts, next_attempt_at, waiting_for, reason, detail, log)
            SELECT state, source, id, type, key, story, properties, body, 1, early, turn, waits, reason, detail, log
            FROM unnest(\(rows.map(\.state.rawValue)), \(rows.map(\.source)), \(rows.map(\.messageId)),
                \(rows.map(\.wireType)), \(rows.map(\.incoming.routingKey)), \(rows.map(\.story)),
                \(rows.map(\.properties)), \(rows.map(\.incoming.body)), \(rows.map(\.nextAttempt)),
                \(rows.map { $0.state == .parked ? $0.reason.waitingFor : nil }), \(rows.map(\.reason.code)),
                \(rows.map(\.reason.detail)), \(rows.map { log($0.reason) }), \(rows.map { $0.reason.isEarly ? 1 : 0 }))
                AS new (state, source, id, type, key, story, properties, body, turn, waits, reason, detail, log, early)
            ON CONFLICT (source, message_id) DO UPDATE SET state = EXCLUDED.state, properties = EXCLUDED.properties,
                body = EXCLUDED.body, attempts = kept.attempts + 1, early_attempts = EXCLUDED.early_attempts,
                next_attempt_at = EXCLUDED.next_attempt_at, waiting_for = EXCLUDED.waiting_for,
                reason = EXCLUDED.reason, detail = EXCLUDED.detail, changed_at = now(), log = kept.log || EXCLUDED.log
                WHERE kept.state = 'discarded'
            """
    }

    private static func moment(_ wait: Duration) -> Date {
        Date(timeIntervalSinceNow: Double(wait.components.seconds) + Double(wait.components.attoseconds) / 1e18)
    }

    private static func log(_ reason: Reason) -> JSONB {
        struct Entry: Encodable {
            let at: Date
            let reason: String
            let detail: String
        }
        let entries = [Entry(at: Date(), reason: reason.code, detail: reason.detail)]
        let encoded = try? JSONB(encoding: entries, encoder: WireJSON.encoder())
        return encoded ?? JSONB(Array("[]".utf8))
    }
}
