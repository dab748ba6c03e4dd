import DomainContracts
import Foundation
import Postgres

extension ServiceDefinition {
    /// What every service answers about its dead letters, its stories and its past events.
    mutating func addDeadLetterDesk() {
        add(
            QueryRoute(name, Operations.dead, as: DeadLettersQuery.self) { query, connection in
                try await DeadLetterDesk.list(query, on: connection)
            }, type: Operations.type(name, Operations.dead))
        add(
            QueryRoute(name, Operations.story, as: StoryQuery.self) { query, connection in
                try await StoryTeller.tell(query, on: connection)
            }, type: Operations.type(name, Operations.story))
        add(
            QueryRoute(name, Operations.republish, as: RepublishQuery.self) { query, connection in
                try await EventLog.page(query, on: connection)
            }, type: Operations.type(name, Operations.republish))
        let settle = Operations.type(name, Operations.settleDeadLetters)
        add(
            DirectRoute(
                wireType: settle, acceptedType: Operations.type(name, Operations.settleDeadLetters + "-accepted"),
                as: SettleDeadLetters.self
            ) { command, connection in
                try await DeadLetterDesk.settle(command, on: connection)
            })
    }
}

/// Lists dead letters, replays and discards them.
enum DeadLetterDesk {
    static func list(_ query: DeadLettersQuery, on connection: PostgresConnection) async throws -> DeadLetters {
        let counted = try await connection.query("SELECT state, count(*) AS n FROM parked_message GROUP BY state")
        var counts: [String: Int] = [:]
        for row in counted { counts[try row.get("state")] = try row.get("n", as: Int.self) }
        let limit = min(max(query.limit ?? 100, 1), 500)
        let chosen: SQL = """
            FROM parked_message WHERE (\(query.state)::text IS NULL OR state = \(query.state))
                AND (\(query.id)::bigint IS NULL OR id = \(query.id))
                AND (\(query.ids == nil) OR id = ANY(\(query.ids ?? [])))
                AND \(fragment: LetterFilter(query).condition)
            """
        let matching = try await connection.query("SELECT count(*) AS n \(fragment: chosen)").first?.get(
            "n", as: Int.self)
        let rows = try await connection.query(
            """
            SELECT id, state, source, message_id, wire_type, routing_key, story, properties, attempts, next_attempt_at,
                waiting_for, reason, detail, parked_at, body, log
            \(fragment: chosen) ORDER BY id DESC LIMIT \(limit)
            """)
        return DeadLetters(
            counts: counts, matching: matching, letters: try rows.map { try letter($0, isWhole: query.id != nil) })
    }

    private static func letter(_ row: PostgresRow, isWhole: Bool) throws -> DeadLetter {
        let incoming = IncomingMessage(
            routingKey: try row.get("routing_key"),
            properties: try row.get("properties", as: JSONB.self).decode(StoredProperties.self).properties,
            body: try row.get("body"))
        return DeadLetter(
            id: try row.get("id"), state: try row.get("state"), source: try row.get("source"),
            messageId: try row.get("message_id"), type: try row.get("wire_type"), routingKey: incoming.routingKey,
            story: try row.get("story"), traceparent: incoming.traceparent, attempts: try row.get("attempts"),
            nextAttemptAt: try row.get("next_attempt_at"), waitingFor: try row.get("waiting_for"),
            reason: try row.get("reason"), detail: try row.get("detail"), parkedAt: try row.get("parked_at"),
            payload: isWhole ? String(validating: incoming.body, as: UTF8.self) : nil,
            log: isWhole
                ? try row.get("log", as: JSONB.self).decode(JSONValue.self, decoder: WireJSON.decoder()) : nil)
    }

    /// A replayed message keeps its id, so that what it did before, if anything, is not done again.
    static func settle(_ command: SettleDeadLetters, on connection: PostgresConnection) async throws
        -> DeadLettersSettled
    {
        guard ["replay", "discard"].contains(command.action) else {
            throw Refusal.invalid("/data/action", "unknown", "expected replay or discard")
        }
        let filter = LetterFilter(command)
        guard !command.ids.isEmpty || !filter.choosesAll else {
            throw Refusal.invalid("/data/ids", "required", "expected ids, or a reason, type, story, since or until")
        }
        let limit = command.limit ?? 1_000
        guard (1...1_000).contains(limit) else {
            throw Refusal.invalid("/data/limit", "range", "expected 1 to 1,000")
        }
        let chosen: SQL = """
            FROM parked_message WHERE id > \(command.after ?? 0) AND state IN ('dead', 'parked')
                AND (id = ANY(\(command.ids)) OR (\(command.ids.isEmpty) AND state = 'dead' AND \(fragment: filter.condition)))
            """
        let matching = try await connection.query("SELECT count(*) AS n \(fragment: chosen)").first?.get(
            "n", as: Int.self)
        let rows = try await connection.query("SELECT id \(fragment: chosen) ORDER BY id LIMIT \(limit) FOR UPDATE")
        let ids = try rows.map { try $0.get("id", as: Int.self) }
        if command.dryRun != true && !ids.isEmpty {
            let log = try JSONB(
                encoding: [["at": RFC3339.format(Date()), "reason": command.action, "detail": "by \(command.by)"]])
            let isReplay = command.action == "replay"
            try await connection.execute(
                """
                UPDATE parked_message SET state = \(isReplay ? "parked" : "discarded"), changed_at = now(),
                    attempts = 0, early_attempts = 0, next_attempt_at = CASE WHEN \(isReplay) THEN now() END, log = log || \(log)
                WHERE id = ANY(\(ids))
                """)
        }
        return DeadLettersSettled(action: command.action, ids: ids, matching: matching)
    }
}

/// Which letters are meant, as a query and a command say it alike.
struct LetterFilter: Sendable {
    private let reason: String?
    private let type: String?
    private let story: UUID?
    private let since: Date?
    private let until: Date?

    init(_ query: DeadLettersQuery) {
        (reason, type, story, since, until) = (query.reason, query.type, query.story, query.since, query.until)
    }

    init(_ command: SettleDeadLetters) {
        (reason, type, story) = (command.reason, command.type, command.story)
        (since, until) = (command.since, command.until)
    }

    /// Whether it leaves nothing out.
    var choosesAll: Bool { reason == nil && type == nil && story == nil && since == nil && until == nil }

    /// On a row of `parked_message`.
    var condition: SQL {
        """
        ((\(reason)::text IS NULL OR reason = \(reason))
            AND (\(type)::text IS NULL OR wire_type = \(type)
                OR starts_with(wire_type, 'mendloop.' || \(type) || '.v'))
            AND (\(story?.text)::text IS NULL OR story = \(story?.text) OR (story IS NULL AND (
                position(convert_to(\(story?.text), 'UTF8') IN body) > 0
                OR position(convert_to(\(story?.uuidString), 'UTF8') IN body) > 0)))
            AND (\(since)::timestamptz IS NULL OR parked_at >= \(since))
            AND (\(until)::timestamptz IS NULL OR parked_at < \(until)))
        """
    }
}

extension IncomingMessage {
    /// Of the step that brought it, else of the story's start.
    fileprivate var traceparent: String? {
        if case .string(let text)? = properties.headers["traceparent"] { return text }
        return envelopeIfReadable()?.traceparent
    }
}

/// Tells what happened to one work order in this service.
enum StoryTeller {
    static func tell(_ query: StoryQuery, on connection: PostgresConnection) async throws -> StoryAnswer {
        let story = query.workOrderId.text
        let rows = try await connection.query(
            """
            SELECT aggregate, aggregate_id, version, event, status, message_id, message_type, actor_type, actor_id,
                occurred_at, recorded_at
            FROM history WHERE story = \(story) ORDER BY recorded_at, aggregate, version LIMIT 1000
            """)
        return StoryAnswer(
            steps: try rows.map { row in
                StoryStep(
                    aggregate: try row.get("aggregate"), aggregateId: try row.get("aggregate_id"),
                    version: try row.get("version"), event: try row.get("event"), status: try row.get("status"),
                    messageId: try row.get("message_id"), messageType: try row.get("message_type"),
                    actorType: try row.get("actor_type"), actorId: try row.get("actor_id"),
                    occurredAt: try row.get("occurred_at"), recordedAt: try row.get("recorded_at"))
            })
    }
}
