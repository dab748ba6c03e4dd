import Foundation

/// The newest whole backup of a folder, and how old it is.
struct BackupExamination {
    /// Whoever loses the machine loses what happened since.
    static let oldest: TimeInterval = 2 * 86_400

    let folder: String
    /// When it was made; nil where the folder has none, or is none.
    let newest: Date?
    let now: Date
    /// A private stack may do without.
    let isPrivate: Bool

    /// - Throws: when the newest one cannot be read.
    static func of(_ folder: String, isPrivate: Bool, now: Date = Date()) throws -> BackupExamination {
        let newest = BackupFolder.all(in: URL(fileURLWithPath: folder)).first
        return BackupExamination(
            folder: folder, newest: try newest?.manifest().madeAt, now: now, isPrivate: isPrivate)
    }

    var finding: DoctorReport.Finding {
        let remedy = "./mendloop backup makes one, and cron one each night: docs/backup.md"
        guard let newest else {
            let what = "none lies in \(folder)"
            return isPrivate
                ? .unseen("backups", what, "\(remedy); --backups names another folder")
                : .doubtful("backups", what, "\(remedy); --backups names another folder")
        }
        let age = now.timeIntervalSince(newest)
        let what = "the newest of \(folder) is \(Self.words(age)) old"
        guard age > Self.oldest else { return .well("backups", what) }
        return isPrivate ? .doubtful("backups", what, remedy) : .wrong("backups", what, remedy)
    }

    private static func words(_ age: TimeInterval) -> String {
        let hours = Int(max(0, age) / 3_600)
        return hours < 48 ? "\(hours) h" : "\(hours / 24) days"
    }
}
