import Foundation

/// A folder of files that are not whole yet. A crash may leave a rest in it, which a later start clears away.
struct IncomingFiles: Sendable {
    private let folder: URL

    /// Seconds after which nobody writes a file any more.
    private static let patience: TimeInterval = 3_600

    /// - Parameter folder: made where it lacks.
    /// - Throws: when it cannot be made or cleared.
    init(folder: URL) throws {
        self.folder = folder
        let files = FileManager.default
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        for rest in try files.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.contentModificationDateKey])
        {
            let changed = try? rest.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
            if let changed, changed < Date(timeIntervalSinceNow: -Self.patience) { try? files.removeItem(at: rest) }
        }
    }

    /// A name that nobody has used.
    func new() -> URL { folder.appending(path: UUID().uuidString) }
}
