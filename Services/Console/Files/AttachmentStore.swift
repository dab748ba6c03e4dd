import Foundation

/// A file as it is kept. The same bytes are one file, whoever sends them: its name is its hash.
struct StoredAttachment: Codable, Sendable, Equatable {
    /// Of the bytes, 64 lowercase hexadecimal digits.
    var sha256: String
    var mediaType: String
    var bytes: Int
    var storedAt: Date

    static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

extension StoredAttachment {
    /// Whether it came so long before it came again that the newer time is to be kept.
    func isOlder(than again: StoredAttachment) -> Bool {
        again.storedAt.timeIntervalSince(storedAt) > 86_400
    }
}

/// Some of what a store keeps.
struct AttachmentPage: Sendable {
    /// A hash, and about when it came.
    var files: [(sha256: String, storedAt: Date)]
    /// Where the next page begins; nil: this is the last.
    var next: String?
}

/// Where attachments are kept: a folder, or a bucket.
protocol AttachmentStore: Sendable {
    /// Files on their way in or out.
    var incoming: IncomingFiles { get }

    /// Keeps an incoming file, whose bytes are on the disk, and takes it away from there. One that is kept already stays as it is;
    /// its time is the new one where the old is a day ago, since it is removed some days after it came unless somebody names it.
    ///
    /// - Returns: what is kept under its hash.
    func keep(_ file: URL, as attachment: StoredAttachment) async throws -> StoredAttachment

    /// What is kept under a hash; nil when nothing is, or it is no hash.
    func find(_ sha256: String) async throws -> StoredAttachment?

    /// What is kept, in the order of the hashes, page by page.
    ///
    /// - Parameter place: where the page before ended; nil at the beginning.
    func page(after place: String?) async throws -> AttachmentPage

    /// Takes away what is kept under a hash, if anything is.
    func remove(_ sha256: String) async throws

    /// The bytes of a part of what is kept, from where it begins.
    func open(_ attachment: StoredAttachment, _ part: Range<Int>) async throws -> FileHandle
}
