import AMQP
import Foundation
import Logging
import Postgres

/// Waits for a dependency that is away, so that loops neither spin nor give up.
struct DependencyWatch: Sendable {
    let pool: PostgresPool
    let logger: Logger

    /// Returns once the database answers, or when the task is cancelled.
    func waitForDatabase(after error: any Error) async {
        logger.warning("database is away", metadata: ["error": "\(error)"])
        var delay = Duration.milliseconds(100)
        while !Task.isCancelled {
            do {
                try await pool.ping()
                logger.info("database is back")
                return
            } catch {
                try? await Task.sleep(for: delay)
                delay = min(delay * 2, .seconds(2))
            }
        }
    }
}
