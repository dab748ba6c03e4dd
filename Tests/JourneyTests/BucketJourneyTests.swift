import Crypto
import Foundation
import Postgres
import ServiceKit
import Testing

@testable import Console

/// A bucket instead of a folder, before a service that checks what it is asked.
@Suite("Attachments in a bucket", .slow)
struct BucketJourneyTests {
    private static let photo =
        Data([0xff, 0xd8, 0xff, 0xe0]) + Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString)")

    private func store(_ bucket: Bucket) throws -> BucketStore {
        BucketStore(bucket: bucket, incoming: try IncomingFiles(folder: folder))
    }

    private func upload(to store: BucketStore) async throws -> StoredAttachment {
        let parts = AsyncThrowingStream<Data, any Error> { stream in
            for start in stride(from: 0, to: Self.photo.count, by: 65_536) {
                stream.yield(Self.photo.dropFirst(start).prefix(65_536))
            }
            stream.finish()
        }
        return try await Upload(store: store, mostBytes: 10_000_000)
            .take(parts, mediaType: "image/jpeg", at: Date(timeIntervalSince1970: 1_800_000_000))
    }

    @Test("what is kept is listed page by page, and what nobody names goes from a bucket too")
    func unnamed() async throws {
        let service = try await BucketStandIn()
        defer { try? FileManager.default.removeItem(at: folder) }
        let bucket = service.bucket()
        let store = try store(bucket)
        #expect(try await bucket.list(after: nil).objects.isEmpty)
        var hashes: [String] = []
        for text in ["a", "b", "c"] {
            let (file, bytes) = (store.incoming.new(), Data(text.utf8))
            try bytes.write(to: file)
            let hash = SHA256.hash(data: bytes).hexadecimal
            _ = try await store.keep(
                file, as: StoredAttachment(sha256: hash, mediaType: "image/jpeg", bytes: 1, storedAt: Date()))
            hashes.append(hash)
        }
        hashes.sort()
        let first = try await bucket.list(after: nil, most: 2)
        #expect(first.objects.map(\.name) == Array(hashes.prefix(2)) && !first.isWhole)
        #expect(first.objects.allSatisfy { abs($0.changedAt.timeIntervalSinceNow) < 600 })
        let rest = try await bucket.list(after: hashes[1], most: 2)
        #expect(rest.objects.map(\.name) == [hashes[2]] && rest.isWhole)

        let named = hashes[1]
        let worker = RemoveUnnamedFiles(
            store: store, days: 7, factory: PrometheusMetricsFactory(registry: MetricsRegistry()),
            clock: { Date(timeIntervalSinceNow: 8 * 86_400) }
        ) { _ in [named] }
        let pool = PostgresPool(
            PostgresConfiguration(url: "postgresql://nobody@127.0.0.1:1/none", applicationName: "test", poolSize: 1))
        for _ in 1...3 { try await worker.prepare(pool, now: Date()) }
        #expect(try await store.find(hashes[0]) == nil)
        #expect(try await store.find(named) != nil)
        #expect(try await store.find(hashes[2]) == nil)
    }

    @Test(
        "what is put there is found and given out, whole and in parts; a wrong key and a service that is away are told")
    func kept() async throws {
        let service = try await BucketStandIn()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try store(service.bucket())
        let hash = SHA256.hash(data: Self.photo).hexadecimal
        #expect(try await store.find(hash) == nil)
        #expect(try await store.find("../etc") == nil)
        let kept = try await upload(to: store)
        #expect(kept.sha256 == hash && kept.bytes == Self.photo.count)
        #expect(try await upload(to: store) == kept)
        #expect(try await store.find(hash) == kept)
        #expect(try await store.open(kept, 0..<Self.photo.count).readToEnd() == Self.photo)
        #expect(try await store.open(kept, 100..<107).readToEnd() == Self.photo[100..<107])

        await #expect(throws: BucketError.self) {
            _ = try await self.store(service.bucket(knowing: "another secret")).find(hash)
        }
        service.stop()
        await #expect(throws: BucketError.self) { _ = try await store.find(hash) }
        await #expect(throws: BucketError.self) { _ = try await upload(to: store) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }
}
