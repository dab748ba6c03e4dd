import Foundation
import LocalStack

/// The programs that journeys run: those that were built beside the tests, as `./mendloop test` has them optimised.
enum Programs {
    /// - Throws: when nothing has been built beside the tests.
    static func find(_ name: String) throws -> URL {
        URL(fileURLWithPath: try ServiceProcesses.besideThisProgram()).appending(path: name)
    }
}
