import ArgumentParser
import Foundation
import Passwords

/// A password as somebody types it, which goes no further than its hash.
enum TypedPassword {
    /// Asks for it twice without showing it; reads one line where standard input is no terminal.
    ///
    /// - Throws: `ValidationError` for a password that nobody should have.
    static func hash(of login: String) throws -> String {
        let password: String
        if isatty(STDIN_FILENO) == 1 {
            password = try ask("password: ")
            guard try ask("again: ") == password else { throw ValidationError("those were two passwords") }
        } else {
            guard let line = readLine() else { throw ValidationError("standard input has no password") }
            password = line
        }
        if let fault = PasswordRules.fault(of: password, login: login) {
            throw ValidationError("the password \(fault == .length ? "is too short or too long: " : "")\(fault.detail)")
        }
        return try PasswordHash(of: password).description
    }

    private static func ask(_ prompt: String) throws -> String {
        FileHandle.standardError.write(Data(prompt.utf8))
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { throw ValidationError("the terminal cannot be asked") }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else {
            throw ValidationError("the terminal cannot be asked")
        }
        defer {
            _ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        guard let line = readLine() else { throw ValidationError("no password was typed") }
        return line
    }
}
