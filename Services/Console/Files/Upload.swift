import Crypto
import DomainContracts
import Foundation
import ServiceKit

/// Takes a file as it comes in, part by part: counts, hashes and writes it, and gives it to the store when it is whole and what it
/// is said to be.
struct Upload: Sendable {
    let store: any AttachmentStore
    /// Most bytes of a file.
    let mostBytes: Int
    /// Told of each part how many bytes it has; what it throws ends the file.
    var counts: @Sendable (Int) throws -> Void = { _ in }

    /// - Throws: `DoorRefusal` or `Problem` for what is not taken; nothing of that is kept.
    func take(
        _ parts: some AsyncSequence<Data, any Error>, mediaType: String, at now: Date
    ) async throws -> StoredAttachment {
        guard FileKind.taken.contains(mediaType) else {
            throw Problem(
                code: "unsupported-media-type", title: "Such files are not taken",
                detail: "Content-Type is one of \(FileKind.taken.joined(separator: ", "))", status: 415)
        }
        let file = store.incoming.new()
        do {
            let (hash, bytes) = try await write(parts, to: file, mediaType)
            return try await store.keep(
                file, as: StoredAttachment(sha256: hash, mediaType: mediaType, bytes: bytes, storedAt: now))
        } catch {
            try? FileManager.default.removeItem(at: file)
            throw Self.isFull(error) ? Self.full : error
        }
    }

    private static let full = Problem(
        code: "storage-full", title: "There is no room for the file", detail: "an operator has to make some",
        status: 507)

    private static func isFull(_ error: any Error) -> Bool {
        switch error {
        case let error as POSIXError: [.ENOSPC, .EDQUOT].contains(error.code)
        case let error as CocoaError: error.code == .fileWriteOutOfSpace
        default: false
        }
    }

    private func write(
        _ parts: some AsyncSequence<Data, any Error>, to file: URL, _ mediaType: String
    ) async throws -> (hash: String, bytes: Int) {
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else { throw POSIXError(.EIO) }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        var hash = SHA256()
        var beginning = Data()
        var bytes = 0
        for try await part in parts {
            try counts(part.count)
            bytes += part.count
            guard bytes <= mostBytes else { throw DoorRefusal.tooLarge(most: mostBytes) }
            if beginning.count < FileKind.telling { beginning += part.prefix(FileKind.telling - beginning.count) }
            hash.update(data: part)
            try handle.write(contentsOf: part)
        }
        guard bytes > 0, FileKind.holds(mediaType, beginning) else {
            throw Problem(
                code: "media-type-mismatch", title: "The file is not what it is said to be",
                detail: "it does not begin like \(mediaType)", status: 422)
        }
        try handle.synchronize()
        return (hash.finalize().hexadecimal, bytes)
    }
}
