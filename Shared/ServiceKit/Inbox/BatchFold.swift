import DomainContracts
import Foundation
import Postgres

/// What a batch decided about one of its items.
enum BatchVerdict: Sendable {
    /// Handled: an inbox row is written; a command's reply is kept in it.
    case done(Answer?)
    /// A command that was refused; its rejection is kept like a reply.
    case refused(Answer)
    /// Handled before: nothing is written, the answer is given again.
    case repeated(Answer?)
    /// Came too early.
    case waits(for: String)
    /// A timer that ran.
    case fired
}

/// Folds the items of one batch through their deciders inside a transaction: loads what they name in one go, finds
/// out what was handled before, decides in order, and begins anew when a decider asked for what was not there.
struct BatchFold: Sendable {
    let now: Date
    /// Without timers that turned out not to be had.
    private(set) var items: [BatchItem]
    var state: BatchState
    /// What was handled before this batch.
    var known: [DedupeKey: InboxEntry] = [:]
    /// Timers among the items that this transaction has taken.
    private var taken: Set<FiredTimer.Key> = []
    /// What was handled before is decided about once more.
    var isRepetition = false

    /// How often a fold may begin anew before the fault is taken to be the program's.
    static let mostRestarts = 12

    struct InboxEntry: Sendable {
        let bodyHash: [UInt8]?
        let answer: Answer?
    }

    struct NeverSettles: Error {}

    init(_ items: [BatchItem], now: Date, state: BatchState) {
        self.items = items
        self.now = now
        self.state = state
    }

    /// The verdicts, in the order of `items`. Afterwards `state` holds what is to be written.
    mutating func run(on connection: PostgresConnection) async throws -> [BatchVerdict] {
        try await loadHinted(on: connection)
        for _ in 0..<Self.mostRestarts {
            var attempt = state
            var missing = Keys()
            var numbers: [String: Int] = [:]
            let verdicts = try decideAll(&attempt, &missing, &numbers)
            if missing.types.isEmpty && numbers.isEmpty {
                guard try await takeTimers(on: connection) else { continue }
                state = attempt
                return verdicts
            }
            try await state.load(missing, on: connection)
            try await state.draw(numbers, on: connection)
        }
        throw NeverSettles()
    }

    /// Takes the timers that were decided about; false when some were not to be had, and all is to be decided without them. Not
    /// before their aggregates are locked: a message's batch locks those first too, and changes timers then.
    private mutating func takeTimers(on connection: PostgresConnection) async throws -> Bool {
        let wanted = items.compactMap(\.timer).filter { !taken.contains($0.key) }
        if wanted.isEmpty { return true }
        taken.formUnion(try await connection.query(FiredTimer.take(wanted)).map { try FiredTimer($0).key })
        let before = items.count
        items.removeAll { $0.timer.map { !taken.contains($0.key) } ?? false }
        return items.count == before
    }

    /// One round trip: which messages are done, and the states that the handlers named.
    private mutating func loadHinted(on connection: PostgresConnection) async throws {
        var keys = Keys()
        for item in items { keys.formUnion(item.keys) }
        let groups = BatchState.byTable(keys)
        let messages = items.filter { $0.route != nil }.map(\.dedupeKey)
        let inbox: SQL = """
            SELECT source, message_id, body_hash, reply, reply_type FROM inbox
            JOIN unnest(\(messages.map(\.source)), \(messages.map(\.id))) AS sought(s, i)
            ON source = s AND message_id = i
            """
        let answers = try await connection.pipeline([inbox] + groups.map(BatchState.select))
        for row in answers[0] {
            let type: String? = try row.get("reply_type")
            let data: [UInt8]? = try row.get("reply")
            known[DedupeKey(source: try row.get("source"), id: try row.get("message_id"))] = InboxEntry(
                bodyHash: try row.get("body_hash"),
                answer: type.flatMap { type in data.map { Answer(type: type, data: $0) } })
        }
        if isRepetition { known = [:] }
        for (group, rows) in zip(groups, answers.dropFirst()) { try state.take(group, rows) }
    }

    /// Decides about every item in order. Pure: what was asked for and is not there stands in `missing` and `numbers`
    /// afterwards, and nothing counts until it is loaded.
    func decideAll(
        _ state: inout BatchState, _ missing: inout Keys, _ numbers: inout [String: Int]
    ) throws -> [BatchVerdict] {
        var seen = known
        return try items.map { item in
            if item.route != nil, let entry = seen[item.dedupeKey] {
                return try again(item, entry, &state, &missing, &numbers)
            }
            let verdict = try decide(item, &state, &missing, &numbers)
            switch verdict {
            case .done(let answer):
                seen[item.dedupeKey] = InboxEntry(bodyHash: item.bodyHash, answer: answer)
            case .refused(let answer):
                seen[item.dedupeKey] = InboxEntry(bodyHash: item.bodyHash, answer: answer)
            case .repeated, .waits, .fired: break
            }
            return verdict
        }
    }

    private func decide(
        _ item: BatchItem, _ state: inout BatchState, _ missing: inout Keys, _ numbers: inout [String: Int]
    ) throws -> BatchVerdict {
        switch state.turn(now: now, envelope: item.envelope, channel: item.channel, item.decide) {
        case .missing(let keys, let short):
            missing.formUnion(keys)
            numbers.merge(short, uniquingKeysWith: +)
            return .done(nil)
        case .refused(let refusal):
            guard let route = item.route else { return .fired }
            record(refusal.problem, of: item, route, &state, &missing, &numbers)
            return .refused(try Answer(rejecting: refusal.problem, of: route))
        case .decided(.reply(let reply, let type)):
            return .done(try Answer(reply, type: type))
        case .decided(.applied):
            return item.route == nil ? .fired : .done(nil)
        case .decided(.notYet(let subject)):
            return .waits(for: subject)
        }
    }

    /// A message that was handled before: the same body gives the present answer, another one a refusal.
    private func again(
        _ item: BatchItem, _ entry: InboxEntry, _ state: inout BatchState, _ missing: inout Keys,
        _ numbers: inout [String: Int]
    ) throws -> BatchVerdict {
        guard let route = item.route, route.kind == .command else { return .repeated(nil) }
        if let before = entry.bodyHash, let hash = item.bodyHash, before != hash {
            let problem = Problem(
                code: "idempotency-mismatch", title: "Another message was sent under this id before",
                detail: "source \(item.envelope.source) and id \(item.envelope.id) name a message with other data",
                status: 409)
            return .repeated(try Answer(rejecting: problem, of: route))
        }
        if entry.answer?.type == route.rejectedType { return .repeated(entry.answer) }
        var present: RouteOutcome?
        let ending = state.turn(now: now, envelope: item.envelope, channel: item.channel) { turn throws(Refusal) in
            present = item.answerAgain(&turn)
            return .applied
        }
        if case .missing(let keys, let short) = ending {
            missing.formUnion(keys)
            numbers.merge(short, uniquingKeysWith: +)
        }
        if case .reply(let reply, let type) = present { return .repeated(try Answer(reply, type: type)) }
        return .repeated(entry.answer)
    }

    /// What a refusal leaves behind, in a turn of its own: the refused one was dropped.
    private func record(
        _ problem: Problem, of item: BatchItem, _ route: MessageRoute, _ state: inout BatchState,
        _ missing: inout Keys, _ numbers: inout [String: Int]
    ) {
        guard let incoming = item.incoming else { return }
        let refused = RefusedMessage(
            problem: problem, routingKey: incoming.routingKey, messageId: item.envelope.id, envelope: item.envelope,
            body: incoming.body)
        let ending = state.turn(now: now, envelope: item.envelope, channel: item.channel) { turn throws(Refusal) in
            route.recordRefusal(refused, &turn)
            return .applied
        }
        if case .missing(let keys, let short) = ending {
            missing.formUnion(keys)
            numbers.merge(short, uniquingKeysWith: +)
        }
    }
}
