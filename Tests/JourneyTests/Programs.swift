import Foundation
import LocalStack

/// The programs that journeys run: those beside the tests, or where `./mendloop test` runs all tests, the ones that are shipped.
enum Programs {
    /// The folder that `MENDLOOP_TEST_PROGRAMS` names; nil for the one in which the tests were built.
    static let folder = ProcessInfo.processInfo.environment["MENDLOOP_TEST_PROGRAMS"].flatMap { $0.isEmpty ? nil : $0 }

    /// - Throws: `NotBuilt` when it does not lie there.
    static func find(_ name: String) throws -> URL {
        let beside = (["/proc/self/exe"] + CommandLine.arguments).map {
            URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent()
        }
        let folders = folder.map { [URL(fileURLWithPath: $0)] } ?? beside
        let programs = folders.map { $0.appending(path: name) }
        guard let program = programs.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw NotBuilt(name: name)
        }
        return program
    }

    struct NotBuilt: Error { let name: String }
}
