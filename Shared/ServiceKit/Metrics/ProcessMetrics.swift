import FoundationEssentials
import Glibc

/// What Prometheus' own clients tell of any process: CPU time, memory, descriptors, start; read from `/proc`.
struct ProcessMetrics {
    private let cpuSeconds: Double
    private let residentBytes: Double
    private let openDescriptors: Double
    private let startedAt: Double

    /// Nil where there is no `/proc`.
    static func read() -> ProcessMetrics? {
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        // After the command's name, which may hold anything, fields are numbers; the first here is proc(5)'s third.
        guard let stat = file("/proc/self/stat"), let end = stat.lastIndex(of: ")"),
            case let fields = stat[end...].dropFirst().split(separator: " "), fields.count > 21,
            let user = Double(fields[11]), let system = Double(fields[12]), let start = Double(fields[19]),
            let pages = Double(fields[21]),
            let boot = file("/proc/stat")?.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let bootTime = Double(boot.dropFirst(6)),
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        else { return nil }
        return ProcessMetrics(
            cpuSeconds: (user + system) / ticks, residentBytes: pages * Double(sysconf(Int32(_SC_PAGESIZE))),
            openDescriptors: Double(descriptors.count), startedAt: bootTime + start / ticks)
    }

    /// In the order of the catalogue.
    func write(to text: inout PrometheusText) {
        for (entry, value) in zip(MetricCatalog.process, [cpuSeconds, openDescriptors, residentBytes, startedAt]) {
            text.begin(entry.name, type: entry.kind.rawValue, help: entry.help)
            text.add(entry.name, [], value)
        }
    }

    private static func file(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }
}
