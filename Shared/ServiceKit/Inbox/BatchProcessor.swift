import DomainContracts
import Foundation
import Logging
import Postgres

/// Carries batches through: one transaction for all, and one by one when that fails, so that a single bad message
/// costs its neighbours nothing.
struct BatchProcessor: Sendable {
    let definition: ServiceDefinition
    let pool: PostgresPool
    let clock: DomainClock
    let ids: IDGenerator
    let parking: ParkingLot
    let wakeups: Wakeups
    let logger: Logger
    let meter: ServiceMeter
    /// Who is told of the steps of stories, if anybody.
    var traces: SpanExporter?

    var reader: MessageReader { MessageReader(definition: definition) }

    /// What must go out after the commit: the answers to those who asked.
    struct Handled: Sendable {
        var replies: [Reply] = []
        var count = 0
    }

    /// Handles messages from a queue. Returns when each is handled, parked or dead; throws only what is a fault of a
    /// dependency, and then nothing was done.
    func handle(_ messages: [IncomingMessage]) async throws -> Handled {
        var batch: [MessageReader.Reading] = []
        var handled = Handled()
        for message in messages {
            if let direct = directRoute(message) {
                try await carryOut(message, direct, &handled)
            } else {
                batch.append(traced(reader.read(message)))
            }
        }
        try await handle(batch, &handled)
        return handled
    }

    private func handle(_ batch: [MessageReader.Reading], _ handled: inout Handled) async throws {
        if batch.isEmpty { return }
        do {
            let replies = try await commit(batch)
            handled.replies += replies
            handled.count += batch.count
        } catch  where !error.isFaultOfDependency {
            if batch.count > 1 {
                let queues = ServiceQueues(of: definition.name)
                meter.batchReplayed(batch.compactMap(\.incoming).map(queues.queue))
            }
            for reading in batch { try await alone(reading, &handled) }
        }
    }

    /// One message in a transaction of its own; a fault that is no conflict parks it.
    private func alone(_ reading: MessageReader.Reading, _ handled: inout Handled) async throws {
        do {
            let queue = reading.incoming.map(ServiceQueues(of: definition.name).queue)
            handled.replies += try await pastConflicts(queue ?? "") { try await commit([reading]) }
        } catch  where !error.isFaultOfDependency {
            try await park(reading, after: error)
        }
        handled.count += 1
    }

    /// Does again what met another transaction crosswise, five times in all: nothing is wrong with either, and the other one is
    /// through by then. The conflicts are counted as replays of `queue`.
    func pastConflicts<Value: Sendable>(_ queue: String, _ attempt: () async throws -> Value) async throws -> Value {
        var conflicts = 0
        while true {
            do {
                return try await attempt()
            } catch  where error.isConflict && conflicts < 4 {
                conflicts += 1
                meter.batchReplayed([queue])
            }
        }
    }

    /// A step of its story, where somebody is told.
    func traced(_ reading: MessageReader.Reading) -> MessageReader.Reading {
        guard traces != nil, case .item(let item) = reading else { return reading }
        return .item(item.traced())
    }

    /// Tells of a transaction's steps once it is committed.
    func told(_ spans: [Span]) {
        guard let traces, !spans.isEmpty else { return }
        let now = Date()
        traces.add(
            spans.map { span in
                var span = span
                span.endedAt = now
                return span
            })
    }

    private func park(_ reading: MessageReader.Reading, after error: any Error) async throws {
        guard case .item(let item) = reading, let incoming = item.incoming else { return }
        logger.error("message failed", metadata: ["message": "\(item.envelope.id)", "error": "\(error)"])
        let reason = ParkingLot.Reason(code: "handler-failed", detail: "\(error)")
        let began = ContinuousClock.now
        try await pool.execute(parking.park(incoming, item.envelope, item.parked, reason))
        let outcome = parking.ladder.outcome(after: item.parked, early: false)
        meter.handled(MessageTally(definition.name, item, outcome), took: ContinuousClock.now - began)
        told(spans([item], [outcome], from: Date()))
    }

    /// Decides about the readings and writes everything that follows, in one transaction.
    func commit(_ readings: [MessageReader.Reading]) async throws -> [Reply] {
        let items = readings.compactMap { if case .item(let item) = $0 { item } else { nil } }
        let unreadable = readings.compactMap { if case .unreadable(let message) = $0 { message } else { nil } }
        let began = ContinuousClock.now
        let decided = try await pool.transaction { connection in
            try await decide(items, unreadable, on: connection)
        }
        meter.handled(decided.tally, took: ContinuousClock.now - began)
        told(decided.spans)
        committed(decided.news)
        return decided.replies
    }

    /// Wakes the loops that a commit made work for.
    func committed(_ news: CommitNews) { wakeups.after(news, clock: clock) }

    /// What was decided inside a transaction, for after its commit.
    struct Decided: Sendable {
        var replies: [Reply] = []
        var news = CommitNews()
        var tally = MessageTally()
        var spans: [Span] = []
        /// Timers that were taken.
        var fired: [FiredTimer] = []
    }

    /// The part of `commit` inside the transaction; parked messages are claimed in theirs before it.
    func decide(
        _ items: [BatchItem], _ unreadable: [UnreadableMessage] = [], on connection: PostgresConnection
    ) async throws -> Decided {
        let now = clock.now()
        let began = Date()
        var fold = BatchFold(items, now: now, state: BatchState(service: definition.name, ids: ids))
        let verdicts = try await fold.run(on: connection)
        let decided = fold.items
        let settlement = Settlement(items: decided, verdicts: verdicts, unreadable: unreadable, parking: parking)
        let writer = BatchWriter(state: fold.state, now: now)
        let rows = try await writer.write(settlement.statements, on: connection)
        var news = writer.news
        news.wokeParked = Settlement.wokeParked(rows)
        let told = Reply.told(by: fold.state.effects)
        return Decided(
            replies: settlement.replies.map { $0.telling(told) }, news: news,
            tally: MessageTally(definition.name, decided, verdicts, unreadable, parking.ladder),
            spans: traces == nil
                ? []
                : spans(
                    decided,
                    zip(decided, verdicts).map { MessageTally.outcome(of: $1, $0, parking.ladder) }, from: began),
            fired: decided.compactMap(\.timer))
    }

    private func spans(_ items: [BatchItem], _ outcomes: [MessageOutcome?], from start: Date) -> [Span] {
        let queues = ServiceQueues(of: definition.name)
        return zip(items, outcomes).compactMap { item, outcome in
            guard let place = item.place else { return nil }
            let queue = item.incoming.map(queues.queue) ?? queues.timers
            return Span(item, place, queue: queue, outcome: outcome?.rawValue ?? "fired", from: start)
        }
    }
}

extension MessageReader.Reading {
    var incoming: IncomingMessage? {
        switch self {
        case .item(let item): item.incoming
        case .unreadable(let message): message.incoming
        }
    }
}

extension BatchItem {
    var parked: ParkedMessage? { if case .parked(let row) = origin { row } else { nil } }
}

extension Error {
    /// The database is away or overloaded: no message is to blame.
    package var isFaultOfDependency: Bool {
        if self is CancellationError { return true }
        if let error = self as? PostgresError { return error.isTransientDependencyFault }
        if let error = self as? TransactionFailure { return error.isTransientDependencyFault }
        return false
    }

    /// Two copies met: the second decides again.
    var isConflict: Bool {
        let error = (self as? PostgresError) ?? (self as? TransactionFailure)?.postgresError
        return error.map { $0.isRetryableConflict || $0.isUniqueViolation || $0.isExclusionViolation } ?? false
    }
}
