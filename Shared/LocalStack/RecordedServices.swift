import Foundation

/// Ends services by what stands in `run/`, whoever started them.
enum RecordedServices {
    static let prefix = "service-"

    /// SIGTERM to all at once, and SIGKILL to those that still live after `grace`.
    static func stopAll(in folder: StackFolder, grace: Duration = .seconds(15)) async throws {
        try await stop(folder.recordedNames.filter { $0.hasPrefix(prefix) }, in: folder, grace: grace)
    }

    static func stop(_ names: [String], in folder: StackFolder, grace: Duration) async throws {
        let processes = names.compactMap { folder.record($0).process }
        for process in processes {
            process.send(SIGCONT)
            process.send(SIGTERM)
        }
        _ = try await becomesTrue(within: grace) { processes.allSatisfy { !$0.isAlive } }
        for process in processes { process.send(SIGKILL) }
        _ = try await becomesTrue(within: .seconds(5)) { processes.allSatisfy { !$0.isAlive } }
        for name in names { folder.record(name).remove() }
    }
}
