import Foundation
import LocalStack

/// One run of it, on a site that is up.
struct ClocksRun: Sendable {
    let bench: ClocksBench
    let site: BenchSite
    let services: ServiceProcesses
    let store: ClockStore
    let listener: ClockListener

    struct Sample: Sendable {
        /// Seconds from the moment each clock was due until the listener heard of it.
        let late: [Double]
        let cpuSeconds: Double
    }

    /// Time for what was stored to come to rest before the first is due.
    private static let lead = 2.0
    /// After the last one was due.
    private static let patience = 60.0

    func measure(open: Int) async throws -> Sample {
        let dueAt = try await store.fill(open: open, due: bench.due, from: Self.lead, within: bench.seconds)
        let before = try await cpuSeconds()
        let heard = try await listener.hear(of: Set(dueAt.keys), until: deadline)
        let after = try await cpuSeconds()
        guard heard.count == dueAt.count else { throw Untold(count: dueAt.count - heard.count, of: dueAt.count) }
        return Sample(
            late: dueAt.compactMap { id, due in heard[id]?.first?.at.timeIntervalSince(due) },
            cpuSeconds: after - before)
    }

    func restart() async throws -> ClocksBench.Restart {
        let dueAt = try await store.fill(
            open: bench.many, due: bench.due, from: Self.lead, within: bench.seconds)
        let listening = Task { try await listener.hear(of: Set(dueAt.keys), until: deadline) }
        try await Task.sleep(for: .seconds(Self.lead + bench.seconds / 2))
        try await services.kill(.intake)
        let killed = Date()
        // Meanwhile more come due.
        try await Task.sleep(for: .seconds(bench.seconds / 10))
        try await services.start(.intake)
        let heard = try await listening.value
        let again = try await listener.hear(of: [], until: Date() + 2)
        let told = try await store.timesTold()
        return ClocksBench.Restart(
            due: Set(dueAt.keys), heard: heard.merging(again, uniquingKeysWith: +), told: told, killedAt: killed)
    }

    private var deadline: Date { Date() + Self.lead + bench.seconds + Self.patience }

    private func cpuSeconds() async throws -> Double {
        try await SiteUsage.of(site.stack).processes.filter { ["intake", "postgres"].contains($0.name) }
            .reduce(0) { $0 + $1.usage.cpuSeconds }
    }

    private struct Untold: Error, CustomStringConvertible {
        let count: Int
        let of: Int
        var description: String { "\(count) of \(of) due clocks were never told" }
    }
}
