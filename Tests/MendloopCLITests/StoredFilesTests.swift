import Foundation
import Testing

@testable import MendloopCLI

@Suite("Attachments in backups") struct StoredFilesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString)")

    private func place(_ tree: String, _ hash: String) -> URL {
        folder.appending(path: "\(tree)/\(hash.prefix(2))/\(hash.dropFirst(2).prefix(2))/\(hash)")
    }

    private func plant(_ hash: String, _ text: String, in tree: String = "store") throws {
        let file = place(tree, hash)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        try Data("{}".utf8).write(to: file.appendingPathExtension("json"))
    }

    /// Which file it is on its disk, and under how many names it stands.
    private func identity(_ file: URL) throws -> (inode: UInt64, links: Int) {
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        let inode = try #require(attributes[.systemFileNumber] as? NSNumber).uint64Value
        return (inode, try #require(attributes[.referenceCount] as? NSNumber).intValue)
    }

    @Test(
        "what an earlier backup holds is linked and takes no room again; what it lacks, or has only half of, is copied")
    func shared() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (old, new, torn) = ("aabb01", "aabb02", "ccdd03")
        try plant(old, "现场照片")
        try plant(torn, "whole")
        let store = StoredFiles(folder: folder.appending(path: "store"))
        let first = folder.appending(path: "first")
        let second = folder.appending(path: "second")
        #expect(try store.copy(to: first).files == 2)
        try Data("wh".utf8).write(to: place("first", torn))
        try plant(new, "新的")
        let copied = try store.copy(to: second, sharing: StoredFiles(folder: first))
        #expect(copied.files == 3)

        #expect(try identity(place("second", old)) == identity(place("first", old)))
        #expect(try identity(place("second", old)).links == 2)
        // The installation's own file is nobody else's.
        #expect(try identity(place("store", old)).links == 1)
        #expect(try identity(place("second", new)).links == 1)
        #expect(try String(contentsOf: place("second", torn), encoding: .utf8) == "whole")
        #expect(try identity(place("second", old).appendingPathExtension("json")).links == 1)

        // The first may go.
        try FileManager.default.removeItem(at: first)
        #expect(try String(contentsOf: place("second", old), encoding: .utf8) == "现场照片")
    }
}
