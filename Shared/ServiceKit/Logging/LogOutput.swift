import Glibc

/// Where log lines go. A line is written whole, so lines of several threads do not mix.
public struct LogOutput: Sendable {
    let write: @Sendable (String) -> Void

    /// Lines go to `write`, which may be called from any thread.
    public init(_ write: @escaping @Sendable (String) -> Void) {
        self.write = write
    }

    /// The process's standard error.
    public static let standardError = LogOutput { line in writeAll(line, to: STDERR_FILENO) }
    /// The process's standard output.
    public static let standardOutput = LogOutput { line in writeAll(line, to: STDOUT_FILENO) }

    /// Writes straight to the descriptor: nothing is buffered that a crash would lose. A line that cannot be written is
    /// lost, because there is nowhere to say so.
    private static func writeAll(_ line: String, to descriptor: Int32) {
        var line = line
        line.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let base = rest.baseAddress, !rest.isEmpty {
                let written = Glibc.write(descriptor, base, rest.count)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        }
    }
}
