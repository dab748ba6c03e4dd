import Foundation
import Metrics
import Postgres
import ServiceKit
import Synchronization
import Testing

@testable import Console

/// Files that came and that nobody has named since.
@Suite("Files that nobody names")
struct UnnamedFileTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private let folder = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID().uuidString)")
    private let registry = MetricsRegistry()

    /// A store with a file for each, by its hash and the days since it came.
    private func store(_ ages: [String: Double]) throws -> FolderStore {
        let store = try FolderStore(folder)
        for (hash, days) in ages { try put(hash, days: days, into: store) }
        return store
    }

    private func put(_ hash: String, days: Double, into store: FolderStore) throws {
        let file = store.incoming.new()
        try Data("x".utf8).write(to: file)
        let cameAt = Self.now - days * 86_400
        _ = try store.keep(
            file, as: StoredAttachment(sha256: hash, mediaType: "image/jpeg", bytes: 1, storedAt: cameAt))
        let note = folder.appending(path: "\(hash.prefix(2))/\(hash.dropFirst(2).prefix(2))/\(hash).json")
        try FileManager.default.setAttributes([.modificationDate: cameAt], ofItemAtPath: note.path)
    }

    private static func hash(_ letters: String) -> String {
        letters + String(repeating: "0", count: 64 - letters.utf8.count)
    }

    private func worker(
        _ store: FolderStore, clock: @escaping @Sendable () -> Date = { Self.now },
        ask: @escaping @Sendable ([String]) async -> Set<String>?
    ) -> RemoveUnnamedFiles {
        RemoveUnnamedFiles(
            store: store, days: 7, factory: PrometheusMetricsFactory(registry: registry), clock: clock, ask: ask)
    }

    /// A worker that looks at the store and at nothing else.
    private let pool = PostgresPool(
        PostgresConfiguration(url: "postgresql://nobody@127.0.0.1:1/none", applicationName: "test", poolSize: 1))

    @Test("only what is old enough is asked about, and only what nobody names goes; the next day it looks again")
    func swept() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (old, named, young) = (Self.hash("aa"), Self.hash("ab"), Self.hash("ac"))
        let store = try store([old: 8, named: 400, young: 6.9])
        let asked = Mutex<[String]>([])
        let time = Mutex(Self.now)
        let worker = worker(store) {
            time.withLock { $0 }
        } ask: { files in
            asked.withLock { $0 += files }
            return [named]
        }
        for _ in 1...10 { try await worker.prepare(pool, now: Self.now) }
        #expect(asked.withLock { $0.sorted() } == [old, named])
        #expect(store.find(old) == nil && store.find(named) != nil && store.find(young) != nil)
        #expect(registry.prometheusText().contains("mendloop_unnamed_files_removed_total{service=\"console\"} 1"))

        time.withLock { $0 += 86_401 }
        for _ in 1...10 { try await worker.prepare(pool, now: Self.now) }
        #expect(store.find(young) == nil && store.find(named) != nil)
    }

    @Test("while a service does not answer nothing goes; it is asked again a minute later")
    func unanswered() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let old = Self.hash("b")
        let store = try store([old: 30])
        let time = Mutex(Self.now)
        let questions = Mutex(0)
        let worker = worker(store) {
            time.withLock { $0 }
        } ask: { _ in
            questions.withLock {
                $0 += 1
                return $0 < 2 ? nil : []
            }
        }
        for _ in 1...5 { try await worker.prepare(pool, now: Self.now) }
        #expect(questions.withLock { $0 } == 1 && store.find(old) != nil)
        time.withLock { $0 += 61 }
        try await worker.prepare(pool, now: Self.now)
        #expect(questions.withLock { $0 } == 2 && store.find(old) == nil)
    }

    @Test("a file that comes again is as new as then, also when it comes while others are asked about it")
    func cameAgain() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let old = Self.hash("c")
        let store = try store([old: 30])
        let worker = worker(store) { files in
            let again = store.incoming.new()
            try? Data("x".utf8).write(to: again)
            _ = try? store.keep(
                again, as: StoredAttachment(sha256: old, mediaType: "image/png", bytes: 1, storedAt: Self.now))
            return []
        }
        for _ in 1...3 { try await worker.prepare(pool, now: Self.now) }
        let kept = try #require(store.find(old))
        #expect(kept.storedAt == Self.now && kept.mediaType == "image/jpeg")
    }

    @Test("hundreds of files are asked about in portions, page by page")
    func many() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let hashes = (0..<450).map { Self.hash(String(format: $0 < 420 ? "dd%04x" : "ee%04x", $0)) }
        let store = try store(Dictionary(uniqueKeysWithValues: hashes.map { ($0, 10) }))
        let portions = Mutex<[Int]>([])
        let worker = worker(store) { files in
            portions.withLock { $0.append(files.count) }
            return [hashes[7], hashes[449]]
        }
        for _ in 1...20 { try await worker.prepare(pool, now: Self.now) }
        #expect(portions.withLock { $0 } == [200, 200, 20, 30])
        #expect(hashes.filter { store.find($0) != nil } == [hashes[7], hashes[449]])
    }
}
