import CShims
import Foundation
import Synchronization

/// Starts child processes with `posix_spawn`: a session of their own (an interrupt at the terminal reaches only us),
/// no descriptor of ours beside the three standard ones, and default signal handling.
///
/// `Foundation.Process` offers none of the three, and its children would hold the pipe of whoever reads our output.
enum Spawn {
    /// Where a child's standard input comes from.
    enum Input {
        case nothing
        case file(String)
        /// An open descriptor, for the reading end of a pipe.
        case descriptor(Int32)
    }

    /// Starts `arguments[0]` (an absolute path) and returns its process id; both outputs are appended to `output`.
    ///
    /// The child must be waited for, see `reap(_:)` and `wait(_:)`.
    static func start(
        _ arguments: [String], environment: [String: String], input: Input = .nothing, output: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        switch input {
        case .nothing: posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        case .file(let path): posix_spawn_file_actions_addopen(&actions, 0, path, O_RDONLY, 0)
        case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
        }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        mendloop_spawn_close_from(&actions, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which <spawn.h> shows to GNU C only
        posix_spawnattr_setflags(
            &attributes, Int16(newSession | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)))

        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, arguments[0], &actions, &attributes, &argv, &envp)
        guard code == 0 else { throw StackError.system("starting \(arguments[0])", errno: code) }
        return pid
    }

    /// Waits for a child to end and returns its exit status, or 128 + the signal that ended it.
    static func wait(_ pid: pid_t) async throws -> Int32 {
        try await onOwnThread { waitForExit(of: pid) }
    }

    /// Takes the exit status of a long-lived child whenever it ends, so that it does not stay behind as a zombie.
    @discardableResult
    static func reap(_ pid: pid_t) -> Ending {
        let ending = Ending()
        Thread.detachNewThread { ending.note(waitForExit(of: pid)) }
        return ending
    }

    private static func waitForExit(of pid: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) == -1 {
            guard errno == EINTR else { return 0 }
        }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}

/// How a long-lived child ended, once it has.
final class Ending: Sendable {
    private let known = Mutex<Int32?>(nil)

    /// The exit status, or 128 + the signal that ended it; nil while it runs.
    var status: Int32? { known.withLock { $0 } }

    fileprivate func note(_ status: Int32) { known.withLock { $0 = status } }
}
