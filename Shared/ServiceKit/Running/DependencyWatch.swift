import AMQP
import Foundation
import Logging
import Postgres
import Synchronization

/// Waits for a dependency that is away, so that loops neither spin nor give up.
struct DependencyWatch: Sendable {
    let pool: PostgresPool
    let logger: Logger
    let strain: DatabaseStrain

    /// Returns once the database answers, or when the task is cancelled; never at once, since what answers may still not do the work.
    func waitForDatabase(after error: any Error) async {
        logger.warning("database is away", metadata: ["error": "\(error)"])
        var delay = Duration.milliseconds(100)
        while !Task.isCancelled {
            try? await Task.sleep(for: delay)
            if await isThere() {
                logger.info("database is back")
                return
            }
            delay = min(delay * 2, .seconds(2))
        }
    }

    /// Whether the database answers.
    func isThere() async -> Bool {
        do {
            try await pool.ping()
            return true
        } catch {
            return false
        }
    }
}

/// Whether somebody has work that the database, though it answers, cannot do.
final class DatabaseStrain: Sendable {
    private let waiting = Atomic<Int>(0)

    var isFelt: Bool { waiting.load(ordering: .relaxed) > 0 }

    /// Tries until it is over.
    func felt<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        waiting.add(1, ordering: .relaxed)
        defer { waiting.subtract(1, ordering: .relaxed) }
        return try await body()
    }
}
