import Foundation

/// A process, told apart from any later one that is given the same number by the moment it started.
struct ProcessIdentity: Equatable, Sendable {
    var pid: pid_t
    /// Clock ticks since the machine started, from `/proc/<pid>/stat`.
    var startTime: UInt64

    /// Whether the process still exists; one that has ended and only waits to be reaped does not.
    var isAlive: Bool {
        guard let stat = ProcessStat(pid: pid) else { return false }
        return stat.startTime == startTime && stat.state != "Z" && stat.state != "X"
    }

    /// Whether the process was stopped by a signal, each thread of it: they stop one after another.
    var isFrozen: Bool {
        guard isAlive, let threads = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task") else {
            return false
        }
        return threads.compactMap(pid_t.init).allSatisfy { ProcessStat(pid: $0)?.state == "T" }
    }

    /// Sends a signal if the process still exists.
    func send(_ signal: Int32) {
        if isAlive { _ = kill(pid, signal) }
    }

    /// Waits until the process has ended; answers whether it did.
    func ends(within limit: Duration) async throws -> Bool {
        try await becomesTrue(within: limit) { !isAlive }
    }
}

/// What the kernel says about a process in `/proc/<pid>/stat`.
struct ProcessStat {
    var state: Substring
    var parent: pid_t
    var startTime: UInt64

    init?(pid: pid_t) {
        // The name in brackets may hold blanks and brackets itself: read on after the last one.
        guard let text = PrivateFile.read("/proc/\(pid)/stat"), let bracket = text.lastIndex(of: ")") else {
            return nil
        }
        let fields = text[text.index(after: bracket)...].split(separator: " ")
        guard fields.count > 19, let parent = pid_t(fields[1]), let start = UInt64(fields[19]) else { return nil }
        state = fields[0]
        self.parent = parent
        startTime = start
    }
}

/// The file in `run/` that names one long-lived process. The process writes it itself, before it becomes the server,
/// so that there is no moment at which a server runs of which nobody knows.
struct ProcessRecord: Sendable {
    var path: String

    /// The recorded process, if it is alive.
    var process: ProcessIdentity? {
        guard let fields = PrivateFile.read(path)?.split(whereSeparator: { $0 == " " || $0 == "\n" }),
            fields.count == 2, let pid = pid_t(fields[0]), let start = UInt64(fields[1])
        else { return nil }
        let identity = ProcessIdentity(pid: pid, startTime: start)
        return identity.isAlive ? identity : nil
    }

    func remove() {
        unlink(path)
    }

    /// Starts a long-lived process in `folder` under this record; returns when it is recorded, or has failed.
    @discardableResult
    func launch(
        _ arguments: [String], environment: [String: String], in folder: String, output: String
    ) async throws -> Ending {
        let script = """
            nth() { shift 19; printf %s "$1"; }
            record=$1; folder=$2; shift 2
            read -r stat </proc/self/stat && printf '%s %s\\n' "$$" "$(nth ${stat##*) })" >"$record.new" || exit 71
            mv "$record.new" "$record" || exit 71
            cd "$folder" || exit 71
            exec "$@"
            """
        let pid = try Spawn.start(
            ["/bin/sh", "-c", script, "sh", path, folder] + arguments, environment: environment, output: output)
        let started = ProcessIdentity(pid: pid, startTime: ProcessStat(pid: pid)?.startTime ?? 0)
        let ending = Spawn.reap(pid)
        _ = try await becomesTrue(within: .seconds(10), every: .milliseconds(2)) {
            process != nil || !started.isAlive
        }
        return ending
    }
}
