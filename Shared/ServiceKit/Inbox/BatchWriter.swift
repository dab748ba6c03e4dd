import DomainContracts
import Foundation
import Postgres

/// Writes what a batch decided: one statement per table, all in one round trip, and the gapless numbers last, because
/// their lock keeps every other batch of the book waiting.
struct BatchWriter: Sendable {
    let state: BatchState
    let now: Date

    /// Writes the states and effects, with further `statements` in between; their rows are the answer.
    @discardableResult
    func write(_ statements: [SQL], on connection: PostgresConnection) async throws -> [[PostgresRow]] {
        let before = try states() + facts(state.appended)
        var all = before + statements
        if let history { all.append(history) }
        all += timers
        let events = try state.effects.flatMap(\.effects.events).map(OutboxRow.init)
        let postings = state.effects.flatMap(\.effects.postings)
        if postings.isEmpty {
            if !events.isEmpty { all.append(OutboxRow.insert(events)) }
            let rows = try await connection.pipeline(all)
            return Array(rows.dropFirst(before.count).prefix(statements.count))
        }
        let rows = try await connection.pipeline(all)
        try await number(postings, events, on: connection)
        return Array(rows.dropFirst(before.count).prefix(statements.count))
    }

    /// What the commit makes work for, parked messages apart.
    var news: CommitNews {
        var news = CommitNews()
        for turn in state.effects {
            if !turn.effects.events.isEmpty || !turn.effects.postings.isEmpty { news.hasEvents = true }
            for key in turn.effects.touched { news.changed.insert(key.table) }
            for case .set(let timer) in turn.effects.timers.values {
                news.nextTimer = min(news.nextTimer ?? timer.dueAt, timer.dueAt)
            }
        }
        return news
    }

    private func number(_ postings: [Posting], _ events: [OutboxRow], on connection: PostgresConnection) async throws {
        var rows: [any FactRow] = []
        var numbered: [OutboxRow] = []
        for (book, entries) in Dictionary(grouping: postings, by: \.book).sorted(by: { $0.key < $1.key }) {
            let answer = try await connection.query(
                """
                INSERT INTO book AS b (name, next_sequence) VALUES (\(book), \(1 + entries.count))
                ON CONFLICT (name) DO UPDATE SET next_sequence = b.next_sequence + \(entries.count)
                RETURNING series, next_sequence, closed_until
                """)
            guard let row = answer.first else { continue }
            let series: Int = try row.get("series")
            let first = try row.get("next_sequence", as: Int.self) - entries.count
            let closedUntil: Date? = try row.get("closed_until")
            for (offset, entry) in entries.enumerated() {
                let (event, fact) = entry.build(
                    BookPlace(series: series, sequence: first + offset, closedUntil: closedUntil))
                rows.append(fact)
                numbered.append(try OutboxRow(event))
            }
        }
        _ = try await connection.pipeline(try facts(rows) + [OutboxRow.insert(events + numbered)])
    }

    /// New aggregates are inserted and known ones updated, so that two copies that create the same one collide and
    /// the second decides again.
    private func states() throws -> [SQL] {
        let encoder = WireJSON.encoder()
        let changed = state.workspace.entries.filter { $0.value.isChanged && $0.value.value != nil }
        return try Dictionary(grouping: changed, by: \.key.table).sorted { $0.key < $1.key }.flatMap { table, rows in
            let sorted = rows.sorted { $0.key < $1.key }
            return try [true, false].compactMap { isNew -> SQL? in
                let part = sorted.filter { ($0.value.loadedVersion == 0) == isNew }
                if part.isEmpty { return nil }
                let ids = part.map(\.key.id)
                let versions = part.map(\.value.version)
                let documents = try part.compactMap { try $0.value.value.map { try Self.document($0, encoder) } }
                if isNew {
                    return """
                        INSERT INTO \(unsafe: table) (id, version, state)
                        SELECT * FROM unnest(\(ids), \(versions), \(documents))
                        """
                }
                return """
                    UPDATE \(unsafe: table) AS t SET version = n.version, state = n.state
                    FROM unnest(\(ids), \(versions), \(documents)) AS n(id, version, state) WHERE t.id = n.id
                    """
            }
        }
    }

    private static func document(_ aggregate: any Aggregate, _ encoder: JSONEncoder) throws -> JSONB {
        try JSONB(encoding: aggregate, encoder: encoder)
    }

    private func facts(_ rows: [any FactRow]) throws -> [SQL] {
        let encoder = WireJSON.encoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try Dictionary(grouping: rows) { type(of: $0).table }.sorted { $0.key < $1.key }.map { table, rows in
            let columns = rows.first.map { type(of: $0).columns.joined(separator: ", ") } ?? ""
            let mayRepeat = rows.first.map { type(of: $0).mayRepeat } ?? false
            var array: [UInt8] = [UInt8(ascii: "[")]
            for (index, row) in rows.enumerated() {
                if index > 0 { array.append(UInt8(ascii: ",")) }
                array += try encoder.encode(row)
            }
            array.append(UInt8(ascii: "]"))
            return """
                INSERT INTO \(unsafe: table) (\(unsafe: columns)) SELECT \(unsafe: columns)
                FROM jsonb_populate_recordset(NULL::\(unsafe: table), \(JSONB(array)))
                \(unsafe: mayRepeat ? "ON CONFLICT DO NOTHING" : "")
                """
        }
    }

    private var history: SQL? {
        let rows = state.effects.flatMap { turn in
            turn.after.sorted { $0.key < $1.key }.map { (key: $0.key, after: $0.value, turn: turn) }
        }
        if rows.isEmpty { return nil }
        let envelopes = rows.map(\.turn.envelope)
        // A report is of no story yet when it comes; what is told of it says which one it opened.
        let stories: [String?] = rows.map { row in
            row.turn.envelope.partitionkey ?? row.turn.effects.events.lazy.compactMap(\.envelope.partitionkey).first
        }
        return """
            INSERT INTO history (aggregate, aggregate_id, version, event, status, story, message_id, message_type,
                actor_type, actor_id, occurred_at, recorded_at)
            SELECT *, \(now) FROM unnest(\(rows.map(\.key.table)), \(rows.map(\.key.id)), \(rows.map(\.after.version)),
                \(rows.map { $0.turn.effects.eventNames[$0.key] ?? "changed" }), \(rows.map(\.after.status)),
                \(stories), \(envelopes.map(\.id)), \(envelopes.map(\.type)),
                \(envelopes.map(\.authtype)), \(envelopes.map(\.authid)), \(rows.map(\.turn.occurredAt)))
            """
    }

    /// The last word on each timer counts: a turn may clear what an earlier one set.
    private var timers: [SQL] {
        var last: [FiredTimer.Key: (TimerChange, Envelope)] = [:]
        for turn in state.effects {
            for (key, change) in turn.effects.timers { last[key] = (change, turn.envelope) }
        }
        if last.isEmpty { return [] }
        var cleared: [FiredTimer.Key] = []
        var set: [(timer: FiredTimer, envelope: Envelope)] = []
        for (key, (change, envelope)) in last {
            switch change {
            case .cleared: cleared.append(key)
            case .set(let timer): set.append((timer, envelope))
            }
        }
        var statements: [SQL] = []
        if !cleared.isEmpty { statements.append(Self.delete(cleared)) }
        if !set.isEmpty { statements.append(Self.insert(set)) }
        return statements
    }

    private static func delete(_ keys: [FiredTimer.Key]) -> SQL {
        """
        DELETE FROM timer USING unnest(\(keys.map(\.kind)), \(keys.map(\.id)), \(keys.map(\.discriminator)))
            AS gone(k, i, d) WHERE kind = k AND aggregate_id = i AND discriminator = d
        """
    }

    private static func insert(_ timers: [(timer: FiredTimer, envelope: Envelope)]) -> SQL {
        let sorted = timers.sorted { ($0.timer.id, $0.timer.kind) < ($1.timer.id, $1.timer.kind) }
        return """
            INSERT INTO timer (kind, aggregate_id, discriminator, due_at, story, correlation)
            SELECT * FROM unnest(\(sorted.map(\.timer.kind)), \(sorted.map(\.timer.id)),
                \(sorted.map(\.timer.discriminator)), \(sorted.map(\.timer.dueAt)),
                \(sorted.map(\.envelope.partitionkey)), \(sorted.map { $0.envelope.correlationid ?? $0.envelope.id }))
            ON CONFLICT (kind, aggregate_id, discriminator) DO UPDATE SET due_at = EXCLUDED.due_at,
                story = EXCLUDED.story, correlation = EXCLUDED.correlation, attempts = 0, retry_at = NULL
            """
    }
}
