import AMQP
import Foundation
import LocalStack
import ServiceKit

/// `mendloop bench loop`: whole lives of work orders through all six services, beside what the broker and the database
/// of the same machine give in the same run.
public struct LoopBench: Sendable {
    /// Folder of the private stack.
    public var folder: String
    /// Of a stack that is made there; one that there is keeps its own.
    public var shape = LocalStack.Shape.single
    /// Folder of the peers' sources.
    public var peers = "Benchmarks/peers"
    /// Folder for what is built.
    public var build = ".build-bench"
    /// How many work orders are stored before each measurement, growing.
    public var stored = [1_000, 20_000]
    /// Lives measured at each of these.
    public var lives = 2_000
    public var inFlight = 200
    public var engineers = 400
    /// Real seconds that one measurement of a reference takes, roughly.
    public var seconds = 5.0
    public var withFastStream = true

    public init(folder: String) { self.folder = folder }

    public func run(_ note: @Sendable (String) -> Void) async throws -> LoopReport {
        note("building the programs to compare with")
        let peers = try await Peers.make(sources: peers, folder: build, fastStream: withFastStream)
        return try await onSite(note) { site, services, driver in
            let queues = try HopBroker(site)
            try await queues.declare()
            let run = LoopRun(
                bench: self, site: site, services: services,
                references: LoopReferences(site: site, peers: peers, queues: queues, seconds: seconds),
                driver: driver)
            do {
                let report = try await run.measure(note)
                await queues.close()
                return report
            } catch {
                await queues.close()
                throw error
            }
        }
    }

    /// Opens a site with one copy of every service, engineers and stock, for `body`.
    func onSite<Result: Sendable>(
        _ note: @Sendable (String) -> Void,
        _ body: @Sendable (BenchSite, ServiceProcesses, LifeDriver) async throws -> Result
    ) async throws -> Result {
        note("starting PostgreSQL, RabbitMQ and the services in \(folder)")
        return try await BenchSite.with(folder: folder, shape: shape) { site in
            let services = try ServiceProcesses(
                stack: site.stack, virtualHost: site.name, database: site.name,
                environment: ["MENDLOOP_LOG_LEVEL": "warning", "MENDLOOP_DAY_PLAN_MILLISECONDS": "0"])
            try await services.migrate()
            try await services.start()
            note("registering \(engineers) engineers")
            let requester = AMQPRequester(try site.configuration("town"))
            try await BenchTown(requester: requester, engineers: engineers).settle()
            await requester.close()
            let driver = try LifeDriver(site)
            do {
                let result = try await body(site, services, driver)
                await driver.close()
                return result
            } catch {
                await driver.close()
                throw error
            }
        }
    }
}

/// One run of it, on a site that is up.
struct LoopRun: Sendable {
    let bench: LoopBench
    let site: BenchSite
    let services: ServiceProcesses
    let references: LoopReferences
    let driver: LifeDriver

    func measure(_ note: @Sendable (String) -> Void) async throws -> LoopReport {
        var report = LoopReport()
        var stored = 0
        for level in bench.stored.sorted() {
            if level > stored {
                note("storing work orders up to \(level)")
                _ = try await driver.run(level - stored, inFlight: 400, storingOnly: true)
                stored = level
            }
            report.levels.append(try await measure(stored, note))
            stored += bench.lives
        }
        return report
    }

    private func measure(_ stored: Int, _ note: (String) -> Void) async throws -> LoopReport.Level {
        var table = LoopFigures()
        note("references")
        _ = try await MessageCounter.handledWhenQuiet(services)
        table.add(try await references.measure(withFastStream: true))
        note("\(bench.lives) lives at \(stored) stored")
        let handledBefore = try await MessageCounter.handledWhenQuiet(services)
        let before = try await SiteUsage.of(site.stack)
        let outcome = try await driver.run(bench.lives, inFlight: bench.inFlight)
        let handledAtEnd = try await MessageCounter.handled(services)
        let after = try await SiteUsage.of(site.stack)
        let handled = try await MessageCounter.handledWhenQuiet(services) - handledBefore
        note("references again")
        table.add(try await references.measure(withFastStream: false))
        table.add(outcome, handled: handled, handledInTime: handledAtEnd - handledBefore)
        return LoopReport.Level(
            stored: stored, lives: bench.lives, inFlight: bench.inFlight, seconds: outcome.seconds, handled: handled,
            repeated: outcome.repeated, figures: table.all,
            usage: zip(before.processes, after.processes).map { first, second in
                let cpu = second.usage.cpuSeconds - first.usage.cpuSeconds
                let cores = Double(ProcessInfo.processInfo.activeProcessorCount)
                return LoopReport.Usage(
                    process: second.name, cpuSeconds: cpu, share: cpu / (outcome.seconds * cores),
                    peakMemory: second.isServer ? nil : second.usage.peakMemory)
            })
    }
}
