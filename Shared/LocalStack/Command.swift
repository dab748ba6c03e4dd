import Foundation

/// A short-lived program: started, waited for, its output read.
package struct Command: Sendable {
    /// The program's absolute path, and its arguments.
    var arguments: [String]
    var environment: [String: String] = Command.plainEnvironment
    /// What the program reads on its standard input.
    var input: String?

    package init(
        arguments: [String], environment: [String: String] = Command.plainEnvironment, input: String? = nil
    ) {
        self.arguments = arguments
        self.environment = environment
        self.input = input
    }

    /// What every program gets: nothing of the caller's settings (`PGHOST`, `RABBITMQ_…`) may leak into the stack.
    package static let plainEnvironment = [
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC",
    ]

    /// Runs the program to its end and returns its output (both streams together).
    ///
    /// - Throws: `StackError.commandFailed` for any status but 0.
    @discardableResult
    package func run() async throws -> String {
        let (status, output) = try await finish()
        guard status == 0 else {
            throw StackError.commandFailed(name, status: status, output: String(output.suffix(4_000)))
        }
        return output
    }

    /// Runs the program to its end and returns its status and output.
    func finish() async throws -> (status: Int32, output: String) {
        let folder = try TemporaryFolder.make(prefix: "mendloop-command-")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let outputPath = folder + "/output"
        var source = Spawn.Input.nothing
        if let input {
            try PrivateFile.write(input, to: folder + "/input")
            source = .file(folder + "/input")
        }
        let pid = try Spawn.start(arguments, environment: environment, input: source, output: outputPath)
        let status = try await Spawn.wait(pid)
        return (status, LogTail.read(outputPath, last: 1_000_000))
    }

    private var name: String {
        arguments.prefix(2).map { $0.split(separator: "/").last.map(String.init) ?? $0 }.joined(separator: " ")
    }
}
