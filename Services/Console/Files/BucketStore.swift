import Foundation
import FoundationNetworking

/// Attachments in a bucket: the object `<hash>`, with its media type and the time of its storing as its headers.
struct BucketStore: AttachmentStore {
    private static let storedAt = "x-amz-meta-stored-at"

    let bucket: Bucket
    let incoming: IncomingFiles

    func keep(_ file: URL, as attachment: StoredAttachment) async throws -> StoredAttachment {
        var attachment = attachment
        if let known = try await find(attachment.sha256) {
            guard known.isOlder(than: attachment) else {
                try FileManager.default.removeItem(at: file)
                return known
            }
            attachment.mediaType = known.mediaType
        }
        try await bucket.put(
            attachment.sha256, file: file, hash: attachment.sha256,
            headers: [
                "Content-Type": attachment.mediaType,
                Self.storedAt: "\(Int(attachment.storedAt.timeIntervalSince1970))",
            ])
        try FileManager.default.removeItem(at: file)
        return attachment
    }

    func find(_ sha256: String) async throws -> StoredAttachment? {
        guard StoredAttachment.isHash(sha256), let head = try await bucket.head(sha256) else { return nil }
        return StoredAttachment(
            sha256: sha256, mediaType: head.value(forHTTPHeaderField: "Content-Type") ?? "application/octet-stream",
            bytes: head.value(forHTTPHeaderField: "Content-Length").flatMap { Int($0) } ?? 0,
            storedAt: Date(
                timeIntervalSince1970: head.value(forHTTPHeaderField: Self.storedAt).flatMap { Double($0) } ?? 0))
    }

    func page(after place: String?) async throws -> AttachmentPage {
        let listed = try await bucket.list(after: place)
        return AttachmentPage(
            files: listed.objects.filter { StoredAttachment.isHash($0.name) }.map { ($0.name, $0.changedAt) },
            next: listed.isWhole ? nil : listed.objects.last?.name)
    }

    func remove(_ sha256: String) async throws {
        if StoredAttachment.isHash(sha256) { try await bucket.delete(sha256) }
    }

    /// What was fetched has no name any more, and goes when the handle does.
    func open(_ attachment: StoredAttachment, _ part: Range<Int>) async throws -> FileHandle {
        let file = incoming.new()
        defer { try? FileManager.default.removeItem(at: file) }
        try await bucket.get(attachment.sha256, part, into: file)
        return try FileHandle(forReadingFrom: file)
    }
}
