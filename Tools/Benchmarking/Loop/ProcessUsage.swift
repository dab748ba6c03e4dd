import Foundation

/// What processes have used so far, from `/proc`.
struct ProcessUsage: Sendable {
    /// User and system time of the process, its living descendants, and the children it has waited for.
    var cpuSeconds = 0.0
    /// Most memory that the process itself ever held, MiB.
    var peakMemory = 0.0

    /// Nil when the process is gone.
    static func of(_ pid: Int32) -> ProcessUsage? {
        let all = everybody()
        guard all[pid] != nil else { return nil }
        var usage = ProcessUsage(cpuSeconds: 0, peakMemory: peak(pid))
        var open = [pid]
        while let next = open.popLast() {
            usage.cpuSeconds += all[next]?.cpuSeconds ?? 0
            open += all.filter { $0.value.parent == next }.map(\.key)
        }
        return usage
    }

    static func cpuSeconds(of pid: Int32) -> Double { of(pid)?.cpuSeconds ?? 0 }

    private struct Entry {
        let parent: Int32
        let cpuSeconds: Double
    }

    private static func everybody() -> [Int32: Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        return names.reduce(into: [:]) { all, name in
            // After the command's name, which may hold anything, fields are numbers from proc(5)'s third on.
            guard let pid = Int32(name), let stat = text("/proc/\(name)/stat"), let end = stat.lastIndex(of: ")"),
                case let fields = stat[stat.index(after: end)...].split(separator: " "), fields.count > 14,
                let parent = Int32(fields[1])
            else { return }
            all[pid] = Entry(parent: parent, cpuSeconds: fields[11...14].compactMap { Double($0) }.reduce(0, +) / ticks)
        }
    }

    private static func peak(_ pid: Int32) -> Double {
        let line = text("/proc/\(pid)/status")?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Double($0.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first ?? "") }
            .map { $0 / 1_024 } ?? 0
    }

    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
