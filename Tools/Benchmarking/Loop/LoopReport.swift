/// What `bench loop` found.
public struct LoopReport: Sendable, Encodable {
    /// CPU time and memory of one process during the lives of one level.
    public struct Usage: Sendable, Encodable {
        public var process: String
        /// Over the measured time.
        public var cpuSeconds: Double
        /// Of all cores over the measured time, 0…1.
        public var share: Double
        /// Since the process started, MiB; nil for the servers, which are many processes.
        public var peakMemory: Double?
    }

    /// One number of work orders already stored.
    public struct Level: Sendable, Encodable {
        public var stored: Int
        public var lives: Int
        public var inFlight: Int
        public var seconds: Double
        /// Messages that the six services handled while the lives ran and until all was quiet.
        public var handled: Int
        /// Commands said again because a service had not heard the news yet.
        public var repeated: Int
        public var figures: [Figure]
        public var usage: [Usage]
    }

    public var levels: [Level] = []

    /// The tables for a terminal.
    public var text: String {
        levels.map { level in
            var usage = FigureTable("process", "CPU s", "share", "peak MiB")
            for one in level.usage {
                usage.add([
                    one.process, FigureTable.number(one.cpuSeconds), "\(Int((one.share * 100).rounded())) %",
                    one.peakMemory.map { FigureTable.number($0) } ?? "–",
                ])
            }
            return """
                \(level.stored) work orders stored; \(level.lives) lives, \(level.inFlight) in flight, in \
                \(FigureTable.number(level.seconds)) s; \(level.repeated) commands said again
                \(FigureTable(level.figures, peers: LoopReferences.names).text)

                \(usage.text)
                """
        }.joined(separator: "\n\n")
    }
}
