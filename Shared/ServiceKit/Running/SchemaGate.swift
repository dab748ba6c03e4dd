import Foundation
import Logging
import ServiceLifecycle

/// Holds everything that touches the schema back until the schema is what this program needs: a database that comes
/// late is waited for, one that is ahead of the program ends it with both versions named.
struct SchemaGate: Sendable {
    let migrator: Migrator
    let logger: Logger

    func wait() async throws {
        var isTold = false
        while true {
            do {
                _ = try await migrator.check()
                return
            } catch let error as MigrationError where error.isFinal {
                throw error
            } catch {
                if !isTold { logger.warning("waiting for the schema", metadata: ["reason": "\(error)"]) }
                isTold = true
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }
}

extension MigrationError {
    /// Waiting does not help: the database is ahead, or was migrated by other files.
    fileprivate var isFinal: Bool {
        if case .behind = self { return false }
        return true
    }
}

/// A part of the service that starts once the schema is right.
struct Gated<Part: Service>: Service {
    let gate: SchemaGate
    let part: Part

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await gate.wait() }
        } catch is CancellationError {
            return
        }
        try await part.run()
    }
}

/// Sends replies until shutdown.
struct ReplyPart: Service {
    let replies: ReplySender

    func run() async throws {
        await cancelWhenGracefulShutdown { await replies.run() }
    }
}
