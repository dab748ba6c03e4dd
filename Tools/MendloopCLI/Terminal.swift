import Foundation

/// Lines for the person at the terminal.
enum Terminal {
    /// Says what is being done; on standard error, so that a command's output stays its answer.
    static func note(_ text: String) {
        FileHandle.standardError.write(Data("mendloop: \(text)\n".utf8))
    }
}
