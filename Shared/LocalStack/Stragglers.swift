import Foundation

/// Server processes that outlived their parent: PostgreSQL's backends, Erlang's helpers, or a server whose record is
/// lost. Each works in its own server's folder, and by that they are known.
enum Stragglers {
    private static let programs: Set<String> = ["postgres", "beam.smp", "epmd", "erl_child_setup", "inet_gethost"]

    /// Kills server processes whose working folder is `folder` or lies in it, and waits until they are gone.
    static func end(in folder: String) async throws {
        let gone = try await becomesTrue(within: .seconds(10)) {
            let found = processes(in: folder)
            for process in found { process.send(SIGKILL) }
            return found.isEmpty
        }
        if !gone { throw StackError.unusableFolder(folder, reason: "processes in it cannot be killed") }
    }

    static func processes(in folder: String) -> [ProcessIdentity] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap(pid_t.init).compactMap { pid in
            guard let home = target("/proc/\(pid)/cwd"), home == folder || home.hasPrefix(folder + "/"),
                let program = target("/proc/\(pid)/exe")?.split(separator: "/").last,
                programs.contains(String(program)), let stat = ProcessStat(pid: pid)
            else { return nil }
            return ProcessIdentity(pid: pid, startTime: stat.startTime)
        }
    }

    private static func target(_ link: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink(link, &buffer, buffer.count)
        guard count > 0 else { return nil }
        let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.hasSuffix(" (deleted)") ? String(path.dropLast(10)) : path
    }
}
