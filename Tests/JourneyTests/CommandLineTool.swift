import DomainContracts
import Foundation

/// The built `mendloop`, run as a person would.
struct CommandLineTool {
    let program: URL
    let folder: String

    /// - Throws: when it has not been built.
    init(folder: String) throws {
        program = try Programs.find("mendloop")
        self.folder = folder
    }

    /// Runs a verb on the test's stack and returns its status and what it wrote on standard output.
    func run(_ arguments: String...) async throws -> (status: Int32, output: String) {
        try await run(arguments)
    }

    struct Listing: Decodable {
        var matching: Int
        var letters: [DeadLetter]
    }

    /// `dead list` as JSON.
    func list(_ arguments: String...) async throws -> [Listing] {
        let answer = try await run(["dead", "list", "--output", "json"] + arguments)
        return try WireJSON.decoder().decode([Listing].self, from: Data(answer.output.utf8))
    }

    func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        try await OutsideProgram(program: program, environment: [:]).run(arguments + ["--folder", folder])
    }
}
