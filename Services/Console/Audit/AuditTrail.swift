import DomainContracts
import Foundation
import Logging
import Synchronization

/// Writes down who did what. An answer to a command goes out when its entry stands; while the database is away commands go on, and
/// their entries are kept in mind until it is back.
actor AuditTrail {
    /// What became of writing entries down.
    enum Outcome: Sendable {
        case done
        /// The database does not answer: later, all of them.
        case away
        /// It takes no such entries: one of them is to blame.
        case refused
    }

    private static let mostAtOnce = 500
    /// How long an answer waits for its entry.
    private static let patience = Duration.seconds(2)

    private let logger: Logger
    private let most: Int
    private let pause: Duration
    private let write: @Sendable ([AuditEntry]) async -> Outcome
    private var entries: [AuditEntry] = []
    private var writing: Task<Bool, Never>?
    /// Writes what nobody waits for any more.
    private var draining: Task<Void, Never>?
    private var pauseUntil = ContinuousClock.now
    /// How many of the oldest are written one by one, since one of them was refused.
    private var singly = 0

    /// - Parameters:
    ///   - most: so many are kept in mind; what comes then stands in the log alone.
    ///   - pause: how long nobody tries after the database did not answer.
    ///   - write: writes entries down; some may stand already.
    init(
        logger: Logger, most: Int = 20_000, pause: Duration = .seconds(1),
        write: @escaping @Sendable ([AuditEntry]) async -> Outcome
    ) {
        self.logger = logger
        self.most = most
        self.pause = pause
        self.write = write
    }

    /// Takes an entry, and comes back when it stands, or when that cannot be waited for.
    func note(_ entry: AuditEntry) async {
        // Somebody drains them already.
        guard entries.count < most else { return lose(entry) }
        entries.append(entry)
        // What another has begun to write may be without this entry: then once more.
        while entries.contains(where: { $0.requestId == entry.requestId }) {
            guard ContinuousClock.now >= pauseUntil, await writeOnce() else { return drain() }
        }
    }

    /// Writes what is left, at the end.
    func close() async {
        draining?.cancel()
        while !entries.isEmpty, await writeOnce() {}
        if !entries.isEmpty {
            logger.error("audit entries are in the log alone", metadata: ["count": "\(entries.count)"])
        }
    }

    /// Tries again after each pause until nothing is left, whether anybody comes or not.
    private func drain() {
        guard draining == nil else { return }
        draining = Task {
            while !entries.isEmpty, !Task.isCancelled {
                try? await Task.sleep(until: pauseUntil)
                if !entries.isEmpty, !Task.isCancelled { _ = await writeOnce() }
            }
            draining = nil
        }
    }

    /// Writes the oldest entries, or waits for whoever does.
    ///
    /// - Returns: whether that got anywhere.
    private func writeOnce() async -> Bool {
        if let writing { return await writing.value }
        let batch = Array(entries.prefix(singly > 0 ? 1 : Self.mostAtOnce))
        let task = Task {
            let outcome = await Self.outcome(within: Self.patience) { [write] in await write(batch) }
            // Before anybody who waits goes on.
            finish(batch, outcome)
            return outcome != .away
        }
        writing = task
        return await task.value
    }

    private func finish(_ batch: [AuditEntry], _ outcome: Outcome) {
        writing = nil
        switch outcome {
        case .away: pauseUntil = ContinuousClock.now + pause
        case .refused where batch.count > 1: singly = batch.count
        case .refused, .done:
            if outcome == .refused { batch.forEach(lose) }
            entries.removeFirst(batch.count)
            singly = max(singly - batch.count, 0)
        }
    }

    private func lose(_ entry: AuditEntry) {
        logger.error("an audit entry is in the log alone", metadata: ["request": "\(entry.requestId)"])
    }

    private static func outcome(
        within patience: Duration, _ work: @escaping @Sendable () async -> Outcome
    ) async -> Outcome {
        await withTaskGroup(of: Outcome.self) { group in
            group.addTask { await work() }
            group.addTask {
                try? await Task.sleep(for: patience)
                return .away
            }
            let outcome = await group.next() ?? .away
            group.cancelAll()
            return outcome
        }
    }
}
