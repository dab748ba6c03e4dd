import Foundation

/// What processes have used so far, from `/proc`.
struct ProcessUsage: Sendable {
    /// User and system time.
    var cpuSeconds = 0.0
    /// Most memory that the process itself ever held, MiB.
    var peakMemory = 0.0

    /// Of the process alone or, `withDescendants`, with all processes below it. Nil when the process is gone.
    ///
    /// The tool that measures is the parent of what it started: its own time must be asked for alone.
    static func of(_ pid: Int32, withDescendants: Bool = false) -> ProcessUsage? {
        let all = everybody()
        guard let own = all[pid] else { return nil }
        var usage = ProcessUsage(cpuSeconds: own.own, peakMemory: peak(pid))
        guard withDescendants else { return usage }
        usage.cpuSeconds = 0
        var open = [pid]
        while let next = open.popLast() {
            usage.cpuSeconds += (all[next]?.own ?? 0) + (all[next]?.waitedFor ?? 0)
            open += all.filter { $0.value.parent == next }.map(\.key)
        }
        return usage
    }

    private struct Entry {
        let parent: Int32
        /// Seconds of the process itself, and of its children that have ended.
        let own: Double
        let waitedFor: Double
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
            func seconds(_ range: ClosedRange<Int>) -> Double {
                fields[range].compactMap { Double($0) }.reduce(0, +) / ticks
            }
            all[pid] = Entry(parent: parent, own: seconds(11...12), waitedFor: seconds(13...14))
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
