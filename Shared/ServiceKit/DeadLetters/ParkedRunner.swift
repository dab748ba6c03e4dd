import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// Tries parked messages again when their time has come, or when what they waited for has happened.
struct ParkedRunner: Service {
    let processor: BatchProcessor
    let replies: ReplySender
    let wakeup: Wakeup
    let watch: DependencyWatch

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    if try await isDue() {
                        let began = ContinuousClock.now
                        let count = try await tryDue()
                        if wakeup.isPending { await Gathering.rest(after: count, since: began) }
                    } else {
                        await wakeup.wait(upTo: .milliseconds(500))
                        // Commits come in swarms; looking once after a swarm is enough.
                        try? await Task.sleep(for: .milliseconds(20))
                    }
                } catch  where error.isFaultOfDependency {
                    if !Task.isCancelled { await watch.waitForDatabase(after: error) }
                } catch {
                    watch.logger.error("parked messages cannot be read", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    private func tryDue() async throws -> Int {
        do {
            return try await processor.pastConflicts(queue) { try await take(limit: 100) }
        } catch  where !error.isFaultOfDependency {
            return try await takeAlone()
        }
    }

    private func take(limit: Int) async throws -> Int {
        let began = ContinuousClock.now
        let (count, decided) = try await processor.pool.transaction { connection in
            let rows = try await connection.query(
                """
                SELECT \(fragment: ParkedMessage.columns) FROM parked_message
                WHERE state = 'parked' AND next_attempt_at <= now() ORDER BY next_attempt_at, id LIMIT \(limit)
                FOR UPDATE SKIP LOCKED
                """)
            if rows.isEmpty { return (0, BatchProcessor.Decided()) }
            var items: [BatchItem] = []
            var unreadable: [UnreadableMessage] = []
            for message in try rows.map(ParkedMessage.init) {
                switch processor.traced(processor.reader.read(message.incoming, parked: message)) {
                case .item(let item): items.append(item)
                case .unreadable(let message): unreadable.append(message)
                }
            }
            return (rows.count, try await processor.decide(items, unreadable, on: connection))
        }
        processor.meter.handled(decided.tally, took: ContinuousClock.now - began)
        processor.told(decided.spans)
        replies.send(decided.replies)
        processor.committed(decided.news)
        return count
    }

    /// The oldest due message alone; conflicts with another copy are tried again, and if it fails otherwise it climbs the ladder.
    private func takeAlone() async throws -> Int {
        do {
            return try await processor.pastConflicts(queue) { try await take(limit: 1) }
        } catch  where !error.isFaultOfDependency {
            let rows = try await processor.pool.query(
                """
                SELECT \(fragment: ParkedMessage.columns) FROM parked_message
                WHERE state = 'parked' AND next_attempt_at <= now() ORDER BY next_attempt_at, id LIMIT 1
                """)
            guard let message = try rows.first.map(ParkedMessage.init) else { return 0 }
            let reason = ParkingLot.Reason(code: "handler-failed", detail: "\(error)")
            _ = try await processor.pool.execute(
                processor.parking.park(message.incoming, nil, message, reason))
            processor.meter.retried(processor.parking.ladder.outcome(after: message, early: false))
            return 1
        }
    }

    /// Where conflicts are counted: those of a batch may have come from several queues.
    private var queue: String { ServiceQueues(of: processor.definition.name).parked }

    /// Whether a parked message's turn has come.
    private func isDue() async throws -> Bool {
        let rows = try await processor.pool.query(
            "SELECT 1 AS due FROM parked_message WHERE state = 'parked' AND next_attempt_at <= now() LIMIT 1")
        return !rows.isEmpty
    }
}
