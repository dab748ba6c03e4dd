import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// Runs one worker while this copy holds its lease.
struct WorkerRunner: Service {
    let worker: any Worker
    let processor: BatchProcessor
    let lease: Lease
    let wakeup: Wakeup
    let watch: DependencyWatch

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    guard let fence = try await lease.acquire(on: processor.pool) else {
                        await wakeup.wait(upTo: .seconds(1))
                        continue
                    }
                    let began = ContinuousClock.now
                    try await worker.prepare(processor.pool, now: processor.clock.now())
                    if try await step(fence: fence) { continue }
                    if wakeup.isPending { await Gathering.rest(after: 1, since: began) }
                    await wakeup.wait(upTo: .milliseconds(500))
                } catch  where error.isFaultOfDependency {
                    if !Task.isCancelled { await watch.waitForDatabase(after: error) }
                } catch  where error.isConflict {
                    continue
                } catch {
                    watch.logger.error("worker failed", metadata: ["worker": "\(worker.name)", "error": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                }
            }
            await lease.release(on: processor.pool)
        }
    }

    private func step(fence: Int) async throws -> Bool {
        let (goesOn, news) = try await processor.pool.transaction { connection in
            guard try await lease.isHeld(fence: fence, on: connection) else { return (false, CommitNews()) }
            let now = processor.clock.now()
            var session = WorkSession(
                connection: connection, now: now,
                batch: BatchState(service: processor.definition.name, ids: processor.ids), reader: processor.reader)
            let goesOn = try await worker.step(&session)
            let writer = BatchWriter(state: session.batch, now: now)
            try await writer.write([], on: connection)
            return (goesOn, writer.news)
        }
        processor.committed(news)
        return goesOn
    }
}
