import Foundation

/// The layout of a stack's folder:
///
///     stack.json      ports, data folder, the user the servers run as
///     credentials     generated passwords, mode 0600
///     run/<name>      one file per live process: its id and when it started
///     log/            what the servers and services write
///     data/           the servers' own files; elsewhere when their user cannot reach this folder
struct StackFolder: Sendable {
    /// Absolute path.
    var path: String

    var settingsPath: String { path + "/stack.json" }
    var credentialsPath: String { path + "/credentials" }
    var servicesPath: String { path + "/services.json" }
    var lockPath: String { path + "/lock" }
    var runPath: String { path + "/run" }

    func log(_ name: String) -> String { "\(path)/log/\(name).log" }
    func record(_ name: String) -> ProcessRecord { ProcessRecord(path: "\(runPath)/\(name)") }

    /// The names under which processes have been recorded, alive or not.
    var recordedNames: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: runPath)) ?? []).filter { !$0.hasSuffix(".new") }
            .sorted()
    }

    var exists: Bool { FileManager.default.fileExists(atPath: settingsPath) }

    /// Makes the folder and those in it. Others may pass through (the servers' user must), but not look around.
    func create() throws {
        for folder in [path, runPath, path + "/log"] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        chmod(path, 0o711)
    }
}

/// The account the servers run as. PostgreSQL refuses to run as root, so root hands over to an account that can do
/// nothing else; anybody else runs the servers as themselves.
struct ServerAccount: Codable, Equatable, Sendable {
    /// nil: the user we are.
    var name: String?

    static func choose() throws -> ServerAccount {
        guard geteuid() == 0 else { return ServerAccount(name: nil) }
        guard let name = ["postgres", "rabbitmq", "nobody"].first(where: { (name: String) in getpwnam(name) != nil })
        else {
            throw StackError.missingProgram("an unprivileged user", package: "postgresql")
        }
        return ServerAccount(name: name)
    }

    /// The command line that runs `arguments` as this account, with no way back to the caller's rights.
    func running(_ arguments: [String]) -> [String] {
        guard let name, let entry = getpwnam(name) else { return arguments }
        return [
            "/usr/bin/setpriv", "--reuid=\(entry.pointee.pw_uid)", "--regid=\(entry.pointee.pw_gid)",
            "--clear-groups", "--no-new-privs", "--",
        ] + arguments
    }

    /// Makes a folder that this account owns and nobody else can read.
    func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        chmod(path, 0o700)
        try own(path)
    }

    /// Writes a file that this account owns and nobody else can read.
    func write(_ text: String, to path: String, mode: mode_t = 0o600) throws {
        try PrivateFile.write(text, to: path, mode: mode)
        try own(path)
    }

    private func own(_ path: String) throws {
        guard let name, let entry = getpwnam(name) else { return }
        guard chown(path, entry.pointee.pw_uid, entry.pointee.pw_gid) == 0 else {
            throw StackError.system("giving \(path) to \(name)", errno: errno)
        }
    }
}
