import Foundation

/// The services of a stack as its folder knows them, whoever started them.
enum RecordedServices {
    static let prefix = "service-"

    /// The copies that have been started, running or not.
    static func copies(in folder: StackFolder) -> [ServiceProcesses.Copy] {
        guard let text = PrivateFile.read(folder.servicesPath) else { return [] }
        return (try? JSONDecoder().decode([ServiceProcesses.Copy].self, from: Data(text.utf8))) ?? []
    }

    static func remember(_ copies: [ServiceProcesses.Copy], in folder: StackFolder) throws {
        let order = LocalService.allCases.map(\.name) + [ServiceProcesses.door]
        let sorted = copies.sorted {
            (order.firstIndex(of: $0.service) ?? 0, $0.number) < (order.firstIndex(of: $1.service) ?? 0, $1.number)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let text = String(decoding: try encoder.encode(sorted), as: UTF8.self)
        try PrivateFile.write(text + "\n", to: folder.servicesPath, mode: 0o644)
    }

    /// SIGTERM to all at once, and SIGKILL to those that still live after `grace`.
    static func stopAll(in folder: StackFolder, grace: Duration = .seconds(15)) async throws {
        try await stop(folder.recordedNames.filter { $0.hasPrefix(prefix) }, in: folder, grace: grace)
    }

    static func stop(_ names: [String], in folder: StackFolder, grace: Duration) async throws {
        let processes = names.compactMap { folder.record($0).process }
        for process in processes {
            process.send(SIGTERM)
            process.send(SIGCONT)
        }
        _ = try await becomesTrue(within: grace) { processes.allSatisfy { !$0.isAlive } }
        for process in processes { process.send(SIGKILL) }
        _ = try await becomesTrue(within: .seconds(5)) { processes.allSatisfy { !$0.isAlive } }
        for name in names { folder.record(name).remove() }
    }
}
