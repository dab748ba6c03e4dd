import Foundation

/// Runs another program to its end. Its messages (standard error) go where ours go.
enum Program {
    struct Failed: Error, CustomStringConvertible {
        let command: String
        let status: Int32
        var description: String { "\(command) ended with status \(status)" }
    }

    /// What the program printed on standard output.
    ///
    /// - Throws: ``Failed`` for any status but 0.
    @discardableResult
    static func run(_ path: String, _ arguments: [String]) async throws -> String {
        // Into a file: a pipe would have to be emptied while the program runs.
        let output = FileManager.default.temporaryDirectory.appendingPathComponent("mendloop-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: output) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: output)
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                process.terminationHandler = { _ in continuation.resume() }
                do {
                    try process.run()
                } catch {
                    process.terminationHandler = nil
                    continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            if process.isRunning { process.terminate() }
        }
        guard process.terminationStatus == 0 else {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            throw Failed(command: name, status: process.terminationStatus)
        }
        return String(decoding: try Data(contentsOf: output), as: UTF8.self)
    }
}
