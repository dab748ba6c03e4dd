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

/// Where attachments are kept: a folder, or a bucket.
protocol AttachmentStore: Sendable {
    /// Files on their way in or out.
    var incoming: IncomingFiles { get }

    /// Keeps an incoming file, whose bytes are on the disk, and takes it away from there; one that is kept already stays as it is.
    ///
    /// - Returns: what is kept under its hash.
    func keep(_ file: URL, as attachment: StoredAttachment) async throws -> StoredAttachment

    /// What is kept under a hash; nil when nothing is, or it is no hash.
    func find(_ sha256: String) async throws -> StoredAttachment?

    /// Takes away what is kept under a hash, if anything is.
    func remove(_ sha256: String) async throws

    /// The bytes of a part of what is kept, from where it begins.
    func open(_ attachment: StoredAttachment, _ part: Range<Int>) async throws -> FileHandle
}
