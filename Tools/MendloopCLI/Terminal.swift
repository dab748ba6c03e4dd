import Foundation

/// Lines for the person at the terminal.
enum Terminal {
    /// Says what is being done; on standard error, so that a command's output stays its answer.
    static func note(_ text: String) {
        FileHandle.standardError.write(Data("mendloop: \(text)\n".utf8))
    }

    /// A line of the answer, at once: `print` would keep it back while the output is a pipe.
    static func line(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
