import Foundation

/// A program outside Mendloop that runs beside a test until it is killed.
final class Companion {
    private let process = Process()
    /// Open for as long as this is, unless it is told to finish.
    private let input = Pipe()
    /// The first line that it wrote: it is ready.
    let greeting: String

    /// Returns once it has written a line.
    ///
    /// - Parameter environment: added to the test's own.
    /// - Throws: when it ends before.
    init(_ program: URL, _ arguments: [String], environment: [String: String] = [:]) throws {
        let output = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let piece = output.fileHandleForReading.availableData
            guard !piece.isEmpty else { throw CocoaError(.fileReadUnknown) }
            line += piece
        }
        greeting = String(decoding: line.dropLast(), as: UTF8.self)
    }

    /// SIGKILL, since children of our threads have other signals blocked; returns when it is gone.
    func kill() {
        guard process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Ends its input and waits until it has ended by itself.
    func finish() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    deinit { kill() }
}
