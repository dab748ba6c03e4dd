import Foundation

/// The programs we compare ourselves with: built from `Benchmarks/peers` into `.build-bench` when they are not there yet.
struct Peers: Sendable {
    static let c = "C"
    static let fastStream = "FastStream"

    /// Path of the compiled C program.
    let hops: String
    /// Path of the Python with FastStream, and of the script; nil when it was not wanted.
    let python: (interpreter: String, script: String)?

    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameters:
    ///   - sources: the folder with `hops.c`, `faststream_hop.py` and `requirements.txt`.
    ///   - folder: where to build.
    static func make(sources: String, folder: String, fastStream: Bool) async throws -> Peers {
        guard FileManager.default.fileExists(atPath: sources + "/hops.c") else {
            throw Missing(description: "\(sources)/hops.c is not there: run this in the repository's folder")
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let hops = folder + "/hops"
        let flags = try await Program.run(
            "/usr/bin/env", ["pkg-config", "--cflags", "--libs", "librabbitmq", "libpq"])
        try await Program.run(
            "/usr/bin/env",
            ["cc", "-O2", "-o", hops, sources + "/hops.c"]
                + flags.split(whereSeparator: \.isWhitespace).map(String.init))
        guard fastStream else { return Peers(hops: hops, python: nil) }
        return Peers(hops: hops, python: try await python(sources: sources, folder: folder))
    }

    private static func python(sources: String, folder: String) async throws -> (interpreter: String, script: String) {
        let requirements = try String(contentsOfFile: sources + "/requirements.txt", encoding: .utf8)
        let environment = folder + "/venv"
        let interpreter = environment + "/bin/python"
        let stamp = environment + "/requirements.txt"
        if (try? String(contentsOfFile: stamp, encoding: .utf8)) != requirements {
            do {
                try await Program.run("/usr/bin/env", ["python3", "-m", "venv", "--clear", environment])
                let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]
                try await Program.run(interpreter, install + [sources + "/requirements.txt"])
            } catch {
                throw Missing(
                    description:
                        "no Python environment for FastStream (\(error)): install python3-venv, or say --no-faststream"
                )
            }
            try requirements.write(toFile: stamp, atomically: true, encoding: .utf8)
        }
        return (interpreter, sources + "/faststream_hop.py")
    }
}

/// One line of a peer's output.
struct PeerSample: Decodable, Sendable {
    let messages: Int
    /// Seconds on the machine's monotonic clock.
    let began: Double
    let ended: Double

    /// Messages a second.
    var rate: Double { Double(messages) / max(ended - began, 1e-6) }
}

extension Peers {
    /// Six programs of one kind in a row, from `HopBroker.queue(1)` to `queue(7)`, until `count` messages have passed each.
    /// Their tables are named after the kind: each makes them in its own way.
    static func row(
        of kind: String, _ site: BenchSite, _ count: Int,
        _ hop: @escaping @Sendable ([String]) async throws -> PeerSample
    ) async throws -> [PeerSample] {
        try await withThrowingTaskGroup(of: PeerSample.self) { group in
            for number in 1...6 {
                let arguments = [
                    site.amqpURL, site.databaseURL, HopBroker.queue(number), "", HopBroker.queue(number + 1),
                    "\(count)", "\(kind.lowercased())_\(number)",
                ]
                group.addTask { try await hop(arguments) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    func measure(_ arguments: [String]) async throws -> PeerSample {
        try Self.sample(await Program.run(hops, arguments))
    }

    func measureFastStream(_ arguments: [String]) async throws -> PeerSample? {
        guard let python else { return nil }
        return try Self.sample(await Program.run(python.interpreter, [python.script] + arguments))
    }

    private static func sample(_ output: String) throws -> PeerSample {
        try JSONDecoder().decode(PeerSample.self, from: Data(output.utf8))
    }
}
