/// What can go wrong around the private servers, in words for the person at the terminal.
public enum StackError: Error, CustomStringConvertible, Sendable {
    /// A program the stack needs is not installed; `package` is the Debian package that brings it.
    case missingProgram(String, package: String)
    /// A server or service ended, or was not ready in time; `log` is the end of what it wrote.
    case startFailed(String, log: String)
    /// A short-lived program (psql, initdb, `<service> migrate`) failed; `output` is the end of what it wrote.
    case commandFailed(String, status: Int32, output: String)
    /// The operation needs a stack that has been started in this folder.
    case notStarted(folder: String)
    /// RabbitMQ's management interface, or a service's health interface, answered with something unexpected.
    case unexpectedAnswer(String, status: Int)
    /// A system call failed.
    case system(String, errno: Int32)
    /// The folder holds something that this version cannot use.
    case unusableFolder(String, reason: String)

    public var description: String {
        switch self {
        case .missingProgram(let name, let package):
            "\(name) is not installed: apt-get install \(package)"
        case .startFailed(let name, let log):
            "\(name) did not start\(log.isEmpty ? "" : ":\n" + log)"
        case .commandFailed(let name, let status, let output):
            "\(name) failed (\(status))\(output.isEmpty ? "" : ":\n" + output)"
        case .notStarted(let folder):
            "no stack has been started in \(folder): ./mendloop up"
        case .unexpectedAnswer(let what, let status):
            "\(what) answered with status \(status)"
        case .system(let what, let code):
            "\(what): error \(code)"
        case .unusableFolder(let folder, let reason):
            "\(folder) cannot be used: \(reason)"
        }
    }
}
