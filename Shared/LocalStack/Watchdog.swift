import CShims
import Foundation
import Synchronization

/// Ends a throwaway stack when the process that started it is gone, however it went.
///
/// A small shell waits on a pipe whose other end only this process holds. The kernel closes that end even on SIGKILL;
/// the shell then kills what is recorded in `run/` and removes the folder.
enum Watchdog {
    /// The ends we hold, by folder.
    private static let held = Mutex<[String: Int32]>([:])

    /// Watches over a folder, once.
    static func watch(_ folder: StackFolder, dataFolder: String) throws {
        try held.withLock { held in
            guard held[folder.path] == nil else { return }
            var ends: [Int32] = [0, 0]
            guard mendloop_pipe(&ends) == 0 else { throw StackError.system("making a pipe", errno: errno) }
            defer { close(ends[0]) }
            let pid = try Spawn.start(
                ["/bin/sh", "-c", script, "mendloop-watchdog", folder.path, dataFolder],
                environment: Command.plainEnvironment, input: .descriptor(ends[0]), output: "/dev/null")
            Spawn.reap(pid)
            held[folder.path] = ends[1]
        }
    }

    /// Lets the watchdog go: it finds nothing left to kill, and removes the folder.
    static func release(_ folder: StackFolder) {
        held.withLock { held in
            if let end = held.removeValue(forKey: folder.path) { close(end) }
        }
    }

    private static let script = """
        folder=$1; data=$2
        read -r _
        nth() { shift 19; printf %s "$1"; }
        alive() { read -r stat <"/proc/$1/stat" && [ "$(nth ${stat##*) })" = "$2" ]; }
        each() {
            for record in "$folder"/run/*; do
                read -r pid start <"$record" && alive "$pid" "$start" || continue
                "$1" "$pid" "$record"
            done
        }
        # PostgreSQL ends its backends on SIGQUIT; everything else goes at once.
        end() { kill -CONT "$1"; case $2 in */postgres) kill -QUIT "$1" ;; *) kill -KILL "$1" ;; esac; }
        end_now() { kill -KILL "$1"; }
        count() { left=1; }
        each end
        for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            left=0; each count
            [ "$left" = 0 ] && break
            sleep 0.2
        done
        each end_now
        for _ in 1 2 3 4 5; do rm -rf "$folder" "$data" && break; sleep 0.2; done
        """
}
