import Foundation

/// What a backup holds, so that it can be told from half of one, and a restored installation be held against it.
struct BackupManifest: Codable, Sendable, Equatable {
    struct Database: Codable, Sendable, Equatable {
        var bytes: Int
        var sha256: String
        /// By `schema.table`, in the snapshot that was written.
        var rows: [String: Int]
    }

    struct Attachments: Codable, Sendable, Equatable {
        var files: Int
        var bytes: Int
    }

    /// Grows when an earlier program could not restore it.
    var format = BackupManifest.currentFormat
    var madeAt: Date
    var database: Database
    /// Nil where a bucket holds them: its own versions are their backup.
    var attachments: Attachments?
    /// Adapters, finance systems and ERPs that have a user of the broker.
    var outsiders: Int

    static let currentFormat = 1
}
