import Foundation

/// One private PostgreSQL of a stack; most stacks have only this one.
struct DatabaseServer: Sendable {
    static let name = "postgres"
    /// The database every new one is copied from: roles' schemas and extensions, and never a table.
    static let template = "mendloop_template"

    var folder: StackFolder
    var settings: StackSettings
    var credentials: StackCredentials
    var purpose: LocalStack.Purpose
    var place: DatabasePlace

    var record: ProcessRecord { folder.record(place.recordName) }
    private var log: String { folder.log(place.recordName) }

    /// Starts the server unless it runs, and waits until it accepts connections.
    func start() async throws {
        if let process = record.process {
            process.send(SIGCONT)
        } else {
            try await launch()
        }
        guard let process = record.process, try await isReady(process, within: .seconds(60)) else {
            throw StackError.startFailed("PostgreSQL", log: LogTail.read(log))
        }
    }

    private func launch() async throws {
        try await prepareDataFolder()
        try await Stragglers.end(in: place.folder)
        // Its process is gone, but another may have been given the same number: PostgreSQL would refuse to start.
        unlink(place.folder + "/postmaster.pid")
        try await record.launch(
            settings.account.running([try DatabaseProgram.path("postgres"), "-D", place.folder] + options),
            environment: Command.plainEnvironment, in: place.folder, output: log)
    }

    /// `initdb` works in a folder of another name that is renamed at the end: a half-made one is never used.
    private func prepareDataFolder() async throws {
        guard !hasData else { return }
        let draft = try emptyDraft()
        let passwordPath = settings.dataFolder + "/initdb-password"
        try settings.account.write(credentials["admin"] + "\n", to: passwordPath)
        defer { unlink(passwordPath) }
        var command = [
            try DatabaseProgram.path("initdb"), "-D", draft, "-U", LocalStack.administrator, "--pwfile", passwordPath,
            "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8",
        ]
        if purpose == .throwaway { command.append("--no-sync") }
        try await Command(arguments: settings.account.running(command)).run()
        try use(draft)
    }

    var hasData: Bool { FileManager.default.fileExists(atPath: place.folder) }

    func emptyDraft() throws -> String {
        let draft = place.folder + ".new"
        try? FileManager.default.removeItem(atPath: draft)
        try settings.account.makeFolder(settings.dataFolder)
        try settings.account.makeFolder(draft)
        return draft
    }

    func use(_ draft: String) throws {
        guard rename(draft, place.folder) == 0 else {
            throw StackError.system("renaming \(draft)", errno: errno)
        }
    }

    private var options: [String] {
        var values = [
            "port=\(place.port)",
            // The name by which a primary knows its standby.
            "cluster_name=\(place.recordName)",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            // Files instead of /dev/shm: small in containers, and littered by servers that are killed.
            "dynamic_shared_memory_type=mmap",
            "max_connections=400",
            "shared_buffers=128MB",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_line_prefix=%m [%p] %u@%d ",
            "log_checkpoints=off",
        ]
        // What a killed process has written is in the kernel's hands; only a fallen machine would lose it.
        if purpose == .throwaway { values += ["fsync=off", "full_page_writes=off"] }
        return values.flatMap { ["-c", $0] }
    }

    /// The server writes `ready`, or `standby`, into the eighth line of its pid file when it accepts connections.
    private func isReady(_ process: ProcessIdentity, within limit: Duration) async throws -> Bool {
        _ = try await becomesTrue(within: limit) { accepts(process) || !process.isAlive }
        return accepts(process)
    }

    /// Whether the server accepts connections.
    var isReady: Bool { record.process.map(accepts) ?? false }

    private func accepts(_ process: ProcessIdentity) -> Bool {
        ["ready", "standby"].contains(state(of: process))
    }

    private func state(of process: ProcessIdentity) -> String? {
        let lines = (PrivateFile.read(place.folder + "/postmaster.pid") ?? "")
            .split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 7, lines[0] == "\(process.pid)", process.isAlive else { return nil }
        return lines[7].trimmingCharacters(in: .whitespaces)
    }

    /// Ends the server: politely, then less so.
    func stop() async throws {
        defer { record.remove() }
        guard let process = record.process else { return try await Stragglers.end(in: place.folder) }
        process.send(SIGCONT)
        process.send(purpose == .throwaway ? SIGQUIT : SIGINT)
        if try await process.ends(within: .seconds(20)) { return }
        process.send(SIGQUIT)
        if try await process.ends(within: .seconds(10)) { return }
        try await kill()
    }

    /// What `pg_ctl stop -m immediate` does: every session is cut, nothing is written down, and the next start recovers.
    func stopImmediately() async throws {
        guard let process = record.process else { return }
        process.send(SIGQUIT)
        guard try await process.ends(within: .seconds(10)) else { return try await kill() }
        record.remove()
    }

    /// SIGKILL for the server and every backend of it, as when the machine falls.
    func kill() async throws {
        if let process = record.process {
            process.send(SIGKILL)
            _ = try await process.ends(within: .seconds(10))
        }
        try await Stragglers.end(in: place.folder)
        record.remove()
    }
}
