import Crypto
import Foundation
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
