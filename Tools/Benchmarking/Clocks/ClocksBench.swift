import AMQP
import DomainContracts
import Foundation
import LocalStack
import ServiceKit

/// `mendloop bench clocks`: how late SLA clocks are told when their time has come, and what that costs, with many open
/// clocks that are not due beside few; and whether each is told once when intake is killed in between.
public struct ClocksBench: Sendable {
    public var folder: String
    /// Open work orders that are not due, few and many. Each has four open clocks, watched by one timer.
    public var few = 1_000
    public var many = 100_000
    /// Clocks that come due one after the other in `seconds`.
    public var due = 500
    public var seconds = 20.0
    public var rounds = 3

    public init(folder: String) { self.folder = folder }

    /// What was found.
    public struct Report: Sendable, Encodable {
        /// Ours are those with many open clocks; the peer has few.
        public let figures: [Figure]
        /// With many open clocks, and intake killed while they came due.
        public let restart: Restart
    }

    public static func peer(_ few: Int) -> String { "\(few) open" }

    public func run(_ note: @Sendable (String) -> Void) async throws -> Report {
        note("starting PostgreSQL, RabbitMQ and intake in \(folder)")
        return try await BenchSite.with(folder: folder) { site in
            let services = try ServiceProcesses(
                stack: site.stack, virtualHost: site.name, database: site.name,
                environment: ["MENDLOOP_LOG_LEVEL": "warning"])
            try await services.migrate()
            try await services.start(.intake)
            let store = try await ClockStore.prepare(site)
            let listener = try ClockListener(site)
            do {
                let report = try await measure(
                    ClocksRun(bench: self, site: site, services: services, store: store, listener: listener), note)
                await listener.close()
                await store.close()
                return report
            } catch {
                await listener.close()
                await store.close()
                throw error
            }
        }
    }

    private func measure(_ run: ClocksRun, _ note: @Sendable (String) -> Void) async throws -> Report {
        let peer = Self.peer(few)
        var middle = Figure("told after its time, p50", unit: "ms")
        var tail = Figure(
            "told after its time, p99", unit: "ms", goals: [.init(peer: nil, value: 1_000, isUpperBound: true)])
        var cost = Figure(
            "CPU a clock, intake and PostgreSQL", unit: "ms", goals: [.init(peer: peer, value: 1.5, isUpperBound: true)]
        )
        // What is measured first warms caches up for what follows.
        _ = try await run.measure(open: few)
        for round in 1...max(1, rounds) {
            for open in round.isMultiple(of: 2) ? [many, few] : [few, many] {
                let sample = try await run.measure(open: open)
                let who = open == many ? Figure.ours : peer
                let late = sample.late.map { $0 * 1_000 }
                middle.add(Statistics.quantile(0.5, of: late) ?? 0, of: who)
                tail.add(Statistics.quantile(0.99, of: late) ?? 0, of: who)
                cost.add(sample.cpuSeconds * 1_000 / Double(due), of: who)
                note("round \(round), \(open) open: p99 \(FigureTable.number(tail.samples[who]?.last ?? 0)) ms")
            }
        }
        note("\(many) open, and intake killed in between")
        return Report(figures: [middle, tail, cost], restart: try await run.restart())
    }
}

extension ClocksBench.Report {
    public func text(few: Int) -> String {
        let found = restart
        return FigureTable(figures, peers: [ClocksBench.peer(few)]).text + """


            killed in between: \(found.due) due, \(found.toldOnce) told once, \(found.never) never, \
            \(found.moreThanOnce) more than once; \(found.deliveredAgain) messages delivered again; \
            the last \(FigureTable.number(found.secondsToLast)) s after the kill
            """
    }
}
