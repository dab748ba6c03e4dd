import LocalStack

/// The figures of `bench copies`: how fast lives are, and where the time of two copies goes.
struct CopiesFigures {
    /// What had been done and used at one moment.
    struct Reading: Sendable {
        let cpuSeconds: [String: Double]
        let handled: Int
        /// Batches that were done again one by one.
        let replays: Int
        /// Transactions of the site's database that committed.
        let commits: Int

        static func of(_ site: BenchSite, _ services: ServiceProcesses) async throws -> Reading {
            _ = try await MessageCounter.handledWhenQuiet(services)
            let commits = try await site.stack.sql(
                "SELECT xact_commit FROM pg_stat_database WHERE datname = '\(site.name)'", database: "postgres")
            return Reading(
                cpuSeconds: try await SiteUsage.of(site.stack).cpuSeconds,
                handled: try await MessageCounter.handled(services),
                replays: try await MessageCounter.sum(of: MessageCounter.replays, services),
                commits: Int(commits.filter(\.isNumber)) ?? 0)
        }
    }

    private var lives = Figure(
        "whole lives with two copies of every service", goals: [.init(peer: CopiesBench.one, value: 0.9)])
    private var handled = Figure("messages handled in a life", unit: "messages")
    private var commits = Figure("messages a commit", unit: "messages")
    private var replays = Figure("batches done again in 100 lives", unit: "batches")
    private var cpu: [String: Figure] = [:]

    var all: [Figure] {
        [lives, handled, commits, replays] + cpu.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Adds one run; returns its lives a second.
    mutating func add(_ outcome: LifeDriver.Outcome, _ before: Reading, _ after: Reading, of who: String) -> Double {
        let count = Double(max(1, outcome.closed))
        let rate = count / outcome.seconds
        lives.add(rate, of: who)
        let messages = Double(after.handled - before.handled)
        handled.add(messages / count, of: who)
        commits.add(messages / Double(max(1, after.commits - before.commits)), of: who)
        replays.add(Double(after.replays - before.replays) / count * 100, of: who)
        for (name, seconds) in after.cpuSeconds {
            let milliseconds = (seconds - (before.cpuSeconds[name] ?? 0)) * 1_000
            cpu[name, default: Figure("CPU of a life, \(name)", unit: "ms")].add(milliseconds / count, of: who)
        }
        return rate
    }
}
