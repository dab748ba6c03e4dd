import Foundation
import LocalStack

/// The machine that a stack's folder lies on.
struct MachineExamination {
    /// A file system, and what of it is free.
    struct Disk: Equatable {
        var path: String
        var free: Int
        var whole: Int
    }

    /// A file that nobody else may read.
    struct Secret: Equatable {
        var path: String
        /// As in `chmod`; nil where there is none.
        var mode: Int?
    }

    /// Free memory, and all of it, in bytes.
    struct Memory: Equatable {
        var free: Int
        var whole: Int
    }

    var disks: [Disk] = []
    var secrets: [Secret] = []
    var memory: Memory?
    /// Ports of servers that do not run, and that somebody else listens on.
    var takenPorts: [(server: String, port: String)] = []

    static func of(_ stack: LocalStack, _ status: StatusReport) async throws -> MachineExamination {
        var found = MachineExamination()
        let places = stack.places
        found.disks = [stack.path, places.data].compactMap(disk)
        if found.disks.count == 2, found.disks[0].free == found.disks[1].free { found.disks.removeLast() }
        found.secrets = places.secrets.map { Secret(path: $0, mode: mode(of: $0)) }
        found.memory = memory()
        found.takenPorts = status.servers.filter { $0.pid == nil && !$0.isReady && isTaken($0.address) }.map {
            ($0.name, $0.address)
        }
        return found
    }

    var findings: [DoctorReport.Finding] {
        disks.map(Self.judge) + [memory.map(Self.judge)].compactMap(\.self) + secrets.compactMap(Self.judge)
            + takenPorts.map { server, port in
                .wrong(
                    "machine", "\(server) does not run, and another program listens at its \(port)",
                    "end that program (ss -ltnp shows it), or ./mendloop down and up: the stack takes other ports")
            }
    }

    static func judge(_ disk: Disk) -> DoctorReport.Finding {
        let text = "\(size(disk.free)) of \(size(disk.whole)) are free where \(disk.path) lies"
        let remedy = "free some: PostgreSQL stops when it has none, and RabbitMQ takes no messages long before"
        if disk.free < 1 << 30 { return .wrong("machine", text, remedy) }
        if disk.free < disk.whole / 10, disk.free < 20 << 30 { return .doubtful("machine", text, remedy) }
        return .well("machine", text)
    }

    static func judge(_ memory: Memory) -> DoctorReport.Finding {
        let text = "\(size(memory.free)) of \(size(memory.whole)) memory are free"
        if memory.free < 256 << 20 {
            return .doubtful("machine", text, "end what else runs here: the kernel kills what it finds first")
        }
        return .well("machine", text)
    }

    static func judge(_ secret: Secret) -> DoctorReport.Finding? {
        guard let mode = secret.mode else { return nil }
        guard mode & 0o077 != 0 else { return .well("machine", "nobody else may read \(secret.path)") }
        return .wrong(
            "machine", "others may read the passwords in \(secret.path) (mode \(String(mode, radix: 8)))",
            "chmod 600 \(secret.path)")
    }

    static func size(_ bytes: Int) -> String {
        let (value, unit) = bytes >= 1 << 30 ? (bytes >> 30, "GiB") : (bytes >> 20, "MiB")
        return "\(value) \(unit)"
    }

    private static func disk(_ path: String) -> Disk? {
        var answer = statvfs()
        guard statvfs(path, &answer) == 0 else { return nil }
        let block = Int(answer.f_frsize)
        return Disk(path: path, free: Int(answer.f_bavail) * block, whole: Int(answer.f_blocks) * block)
    }

    private static func mode(of path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }

    private static func memory() -> Memory? {
        guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) else { return nil }
        func bytes(_ name: String) -> Int? {
            let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
        }
        guard let free = bytes("MemAvailable"), let whole = bytes("MemTotal") else { return nil }
        return Memory(free: free, whole: whole)
    }

    private static func isTaken(_ address: String) -> Bool {
        guard let port = address.split(separator: ":").last.flatMap({ UInt16($0) }) else { return false }
        return LocalStack.isListenedOn(port)
    }
}
