import DomainContracts
import Foundation
import Logging
import Synchronization

/// Writes down who did what. An answer to a command goes out when its entry stands; while the database is away commands go on, and
/// their entries are kept in mind until it is back.
actor AuditTrail {
    /// So many are kept in mind; what comes then stands in the log alone.
    private static let most = 20_000
    private static let mostAtOnce = 500
    /// How long an answer waits for its entry.
    private static let patience = Duration.seconds(2)
    /// How long nobody tries after the database did not answer.
    private static let pause = Duration.seconds(1)

    private let logger: Logger
    private let write: @Sendable ([AuditEntry]) async throws -> Void
    private var entries: [AuditEntry] = []
    private var writing: Task<Bool, Never>?
    private var pauseUntil = ContinuousClock.now

    /// - Parameter write: writes entries down; some may stand already.
    init(logger: Logger, write: @escaping @Sendable ([AuditEntry]) async throws -> Void) {
        self.logger = logger
        self.write = write
    }

    /// Takes an entry, and comes back when it stands, or when that cannot be waited for.
    func note(_ entry: AuditEntry) async {
        guard entries.count < Self.most else {
            logger.error("an audit entry is in the log alone", metadata: ["request": "\(entry.requestId)"])
            return
        }
        entries.append(entry)
        // What another has begun to write may be without this entry: then once more.
        while entries.contains(where: { $0.requestId == entry.requestId }) {
            guard ContinuousClock.now >= pauseUntil, await writeOnce() else { return }
        }
    }

    /// Writes what is left, at the end.
    func close() async {
        while !entries.isEmpty, await writeOnce() {}
        if !entries.isEmpty {
            logger.error("audit entries are in the log alone", metadata: ["count": "\(entries.count)"])
        }
    }

    /// Writes the oldest entries, or waits for whoever does.
    ///
    /// - Returns: whether they stand.
    private func writeOnce() async -> Bool {
        if let writing { return await writing.value }
        let batch = Array(entries.prefix(Self.mostAtOnce))
        let task = Task {
            let isWritten = await Self.isDone(within: Self.patience) { [write] in try await write(batch) }
            // Before anybody who waits goes on.
            finish(batch.count, isWritten)
            return isWritten
        }
        writing = task
        return await task.value
    }

    private func finish(_ count: Int, _ isWritten: Bool) {
        writing = nil
        if isWritten { entries.removeFirst(count) } else { pauseUntil = ContinuousClock.now + Self.pause }
    }

    private static func isDone(
        within patience: Duration, _ work: @escaping @Sendable () async throws -> Void
    ) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    try await work()
                    return true
                } catch {
                    return false
                }
            }
            group.addTask {
                try? await Task.sleep(for: patience)
                return false
            }
            let isDone = await group.next() ?? false
            group.cancelAll()
            return isDone
        }
    }
}
