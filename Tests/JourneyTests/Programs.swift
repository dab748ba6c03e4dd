import Foundation
import LocalStack

/// The programs that journeys run: those beside the tests, or where `./mendloop test` runs all tests, the ones that are shipped.
enum Programs {
    /// The folder that `MENDLOOP_TEST_PROGRAMS` names; nil for the one in which the tests were built.
    static let folder = ProcessInfo.processInfo.environment["MENDLOOP_TEST_PROGRAMS"].flatMap { $0.isEmpty ? nil : $0 }

    /// - Throws: when nothing has been built beside the tests.
    static func find(_ name: String) throws -> URL {
        URL(fileURLWithPath: try folder ?? ServiceProcesses.besideThisProgram()).appending(path: name)
    }
}
