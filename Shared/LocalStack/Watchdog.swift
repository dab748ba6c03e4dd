import CShims
import Foundation
import Synchronization

/// Ends a stack when the process that started it is gone, however it went.
///
/// A small shell waits on a pipe whose other end only this process holds. The kernel closes that end even on SIGKILL;
/// the shell then kills what is recorded in `run/`, and removes the folder of a throwaway stack.
enum Watchdog {
    /// The ends we hold, by folder.
    private static let held = Mutex<[String: Int32]>([:])

    /// Watches over a folder, once; `dataFolder` is removed together with it unless both are to be kept.
    static func watch(_ folder: StackFolder, dataFolder: String, keepingFiles: Bool = false) throws {
        try held.withLock { held in
            guard held[folder.path] == nil else { return }
            var ends: [Int32] = [0, 0]
            guard mendloop_pipe(&ends) == 0 else { throw StackError.system("making a pipe", errno: errno) }
            defer { close(ends[0]) }
            let files = keepingFiles ? "keep" : "remove"
            let pid = try Spawn.start(
                ["/bin/sh", "-c", script, "mendloop-watchdog", folder.path, dataFolder, files],
                environment: Command.plainEnvironment, input: .descriptor(ends[0]), output: "/dev/null")
            Spawn.reap(pid)
            held[folder.path] = ends[1]
        }
    }

    /// Lets the watchdog go without its doing anything, once everything has been stopped.
    static func release(_ folder: StackFolder) {
        held.withLock { held in
            guard let end = held.removeValue(forKey: folder.path) else { return }
            // Writing to a watchdog that somebody killed would raise SIGPIPE here.
            if isRead(end) { _ = write(end, "released\n", 9) }
            close(end)
        }
    }

    /// Whether the other end of the pipe is still open.
    private static func isRead(_ end: Int32) -> Bool {
        var watched = pollfd(fd: end, events: Int16(POLLOUT), revents: 0)
        return poll(&watched, 1, 0) == 1 && watched.revents & Int16(POLLERR) == 0
    }

    private static let script = """
        folder=$1; data=$2; files=$3
        read -r released && exit 0
        nth() { shift 19; printf %s "$1"; }
        alive() {
            read -r stat <"/proc/$1/stat" || return 1
            stat=${stat##*) }
            case $stat in Z*) return 1 ;; esac
            [ "$(nth $stat)" = "$2" ]
        }
        # PostgreSQL ends its backends on SIGQUIT; everything else goes at once.
        found=
        for record in "$folder"/run/*; do
            read -r pid start <"$record" && alive "$pid" "$start" || continue
            found="$found $pid:$start"
            case $record in */postgres*) kill -QUIT "$pid" ;; *) kill -KILL "$pid" ;; esac
            kill -CONT "$pid"
        done
        for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
            left=
            for one in $found; do
                alive "${one%:*}" "${one#*:}" && left="$left ${one%:*}"
            done
            [ -n "$left" ] || break
            sleep 0.2
        done
        [ -z "$left" ] || kill -KILL $left
        [ "$files" = remove ] || exit 0
        for _ in 1 2 3 4 5; do rm -rf "$folder" "$data" && break; sleep 0.2; done
        """
}
