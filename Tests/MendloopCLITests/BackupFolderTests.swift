import Foundation
import Testing

@testable import MendloopCLI

@Suite("Backups in their folder") struct BackupFolderTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString)")

    /// A folder that has a manifest.
    private func plant(_ name: String, _ manifest: String? = nil) throws -> BackupFolder {
        let backup = BackupFolder(place: folder.appending(path: name))
        try FileManager.default.createDirectory(at: backup.place, withIntermediateDirectories: true)
        let ours = BackupManifest(
            madeAt: Date(), database: .init(bytes: 0, sha256: "", rows: [:]), attachments: nil, outsiders: 0)
        try (try manifest ?? Output.json(ours)).write(to: backup.manifestFile, atomically: true, encoding: .utf8)
        return backup
    }

    private func names(_ backups: [BackupFolder]) -> [String] { backups.map(\.place.lastPathComponent) }

    @Test("those too many are removed, but nothing that is somebody else's, and never the one just made")
    func keeping() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["20261127T010000Z", "20261128T010000Z"] { _ = try plant(name) }
        // By a clock that was wrong.
        _ = try plant("20991231T235959Z")
        _ = try plant("zebra")
        _ = try plant("20261126T010000Z.old")
        _ = try plant("20261125T010000Z", #"{"name": "an app", "manifest_version": 3}"#)
        let made = try plant("20261129T010000Z")
        #expect(
            names(BackupFolder.all(in: folder)) == [
                "20991231T235959Z", "20261129T010000Z", "20261128T010000Z", "20261127T010000Z",
            ])
        func superfluous(_ count: Int) -> [String] {
            names(BackupFolder.superfluous(in: folder, beside: made, keeping: count))
        }
        #expect(superfluous(1) == ["20991231T235959Z", "20261128T010000Z", "20261127T010000Z"])
        #expect(superfluous(2) == ["20261128T010000Z", "20261127T010000Z"])
        #expect(superfluous(4) == [])
    }
}
