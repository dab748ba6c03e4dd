import AMQP
import Foundation
import ServiceKit

/// `mendloop bench hops`: our publisher, our consumer and one hop, beside a C program over the same libraries and
/// FastStream, interleaved.
public struct HopsBench: Sendable {
    /// Folder of the private stack.
    public var folder: String
    /// Folder of the peers' sources.
    public var peers = "Benchmarks/peers"
    /// Folder for what is built.
    public var build = ".build-bench"
    /// Real seconds that one measurement takes, roughly.
    public var seconds = 5.0
    public var rounds = 3
    public var withFastStream = true

    public init(folder: String) { self.folder = folder }

    /// Measures and returns the figures in the order of the table.
    public func run(_ note: @Sendable (String) -> Void) async throws -> [Figure] {
        note("building the programs to compare with")
        let peers = try await Peers.make(sources: peers, folder: build, fastStream: withFastStream)
        note("starting PostgreSQL and RabbitMQ in \(folder)")
        return try await BenchSite.with(folder: folder) { site in
            let broker = try HopBroker(site)
            let service = try HopService(site)
            try await broker.declare()
            try await service.migrate()
            var table = HopFigures()
            let round = HopRound(
                peers: peers, ours: OurHops(site: site, broker: broker, service: service, seconds: seconds),
                messages: try HopMessages.make(max(500, Int(seconds * 8_000))))
            for number in 1...max(1, rounds) {
                note("round \(number) of \(rounds)")
                try await round.measure(&table, reversed: number.isMultiple(of: 2), note)
            }
            await broker.close()
            return table.all
        }
    }
}

/// The figures of `bench hops`, with the goals of this project.
struct HopFigures {
    var batch = Figure("confirmed publish, batches of 100", goals: [.init(peer: Peers.c, value: 0.8)])
    var window = Figure("confirmed publish, window 1,000")
    var consume = Figure("consume, prefetch 100", goals: [.init(peer: Peers.c, value: 0.7)])
    var hop = Figure(
        "one hop", goals: [.init(peer: Peers.c, value: 0.7), .init(peer: Peers.fastStream, value: 5)])

    var all: [Figure] { [batch, window, consume, hop] }
}

/// Each measurement once, ours and the peers' right after one another; every other round in reversed order, so that
/// nobody always has the warmer machine.
struct HopRound: Sendable {
    let peers: Peers
    let ours: OurHops
    let messages: [OutgoingMessage]

    func measure(_ table: inout HopFigures, reversed: Bool, _ note: (String) -> Void) async throws {
        for window in [100, 1_000] {
            let path = window == 100 ? \HopFigures.batch : \HopFigures.window
            try await each(reversed, Figure.ours, Peers.c) { who in
                table[keyPath: path].add(try await publish(who, window), of: who)
                try await broker.purge(HopBroker.input)
            }
        }
        try await each(reversed, Figure.ours, Peers.c) { who in
            table.consume.add(try await consume(who), of: who)
        }
        try await each(reversed, Figure.ours, Peers.c, Peers.fastStream) { who in
            guard let rate = try await hop(who) else { return }
            note("one hop, \(who): \(FigureTable.number(rate))/s")
            table.hop.add(rate, of: who)
        }
    }

    private var broker: HopBroker { ours.broker }
    private var url: String { ours.site.amqpURL }

    private func each(_ reversed: Bool, _ names: String..., body: (String) async throws -> Void) async throws {
        for name in reversed ? names.reversed() : names { try await body(name) }
    }

    private func publish(_ who: String, _ window: Int) async throws -> Double {
        if who == Figure.ours { return try await ours.publish(window: window) }
        return try await peers.measure(["publish", url, HopBroker.input, "\(ours.seconds)", "\(window)"]).rate
    }

    private func consume(_ who: String) async throws -> Double {
        let count = Int(ours.seconds * 20_000)
        var rest = count
        while rest > 0 {
            try await broker.fill(HopBroker.input, messages.prefix(rest))
            rest -= min(rest, messages.count)
        }
        if who == Figure.ours { return try await ours.consume(count) }
        return try await peers.measure(["consume", url, HopBroker.input, "\(count)"]).rate
    }

    private func hop(_ who: String) async throws -> Double? {
        if who == Figure.ours { return try await ours.hop(messages) }
        let isC = who == Peers.c
        if !isC, peers.python == nil { return nil }
        let some = messages.prefix(isC ? messages.count : max(100, messages.count / 8))
        try await broker.fill(HopBroker.input, some, contentType: isC ? nil : "application/json")
        let arguments = [
            url, ours.site.databaseURL, HopBroker.input, "", HopBroker.output, "\(some.count)", isC ? "c" : "python",
        ]
        let sample = isC ? try await peers.measure(["hop"] + arguments) : try await peers.measureFastStream(arguments)
        try await broker.purge(HopBroker.output)
        return sample?.rate
    }
}
