import DomainContracts
import Foundation
import Metrics
import Postgres
import ServiceKit
import Synchronization

/// Removes files that came to the door and that nobody has named since: a report was begun and never sent. Goes through the store
/// once a day; a file goes only when every service that can name one says that nothing does.
final class RemoveUnnamedFiles: Worker {
    let name = "remove-unnamed-files"
    let watched: Set<String> = []

    private let store: any AttachmentStore
    /// Seconds after which a file that nobody names goes.
    private let patience: TimeInterval
    /// Which of the files somebody names; nil unless all have answered.
    private let ask: @Sendable ([String]) async -> Set<String>?
    /// Real time, which files come by.
    private let clock: @Sendable () -> Date
    private let removed: Counter
    private let round = Mutex(Round())

    /// How far this round through the store is. Another copy begins one of its own: nothing is lost but time.
    private struct Round {
        /// Until then there is nothing to do.
        var rests: Date = .distantPast
        /// Of the page at hand, those that are to be asked about.
        var open: [String] = []
        /// Where the next page begins; nil: at the beginning.
        var place: String?
    }

    private static let pause: TimeInterval = 86_400
    /// After a service or the store did not answer.
    private static let retry: TimeInterval = 60

    init(
        store: any AttachmentStore, days: Int, factory: any MetricsFactory = MetricsSystem.factory,
        clock: @escaping @Sendable () -> Date = { Date() },
        ask: @escaping @Sendable ([String]) async -> Set<String>?
    ) {
        self.store = store
        self.ask = ask
        self.clock = clock
        patience = TimeInterval(days) * 86_400
        removed = Counter(
            label: MetricCatalog.removedFiles, dimensions: [("service", ConsoleSettings.service)], factory: factory)
    }

    func prepare(_ pool: PostgresPool, now _: Date) async throws {
        let time = clock()
        var now = round.withLock { $0 }
        guard now.rests <= time else { return }
        do {
            try await goOn(&now, at: time)
        } catch {
            round.withLock { $0.rests = time + Self.retry }
            throw error
        }
        let reached = now
        round.withLock { $0 = reached }
    }

    func step(_ session: inout WorkSession) async throws -> Bool {
        let time = clock()
        return round.withLock { $0.rests <= time }
    }

    /// Settles some files, or turns the page.
    private func goOn(_ round: inout Round, at time: Date) async throws {
        if round.open.isEmpty {
            let page = try await store.page(after: round.place)
            round.open = page.files.filter { $0.storedAt + patience < time }.map(\.sha256)
            round.place = page.next
        }
        let files = Array(round.open.prefix(NamedFiles.most))
        if !files.isEmpty {
            guard let named = await ask(files) else {
                round.rests = time + Self.retry
                return
            }
            for file in files where !named.contains(file) { try await remove(file, at: time) }
            round.open.removeFirst(files.count)
        }
        if round.open.isEmpty, round.place == nil { round.rests = time + Self.pause }
    }

    private func remove(_ file: String, at time: Date) async throws {
        // Somebody may have brought it again since it was looked up.
        guard let kept = try await store.find(file), kept.storedAt + patience < time else { return }
        try await store.remove(file)
        removed.increment()
    }
}
