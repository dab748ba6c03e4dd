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
            let row = try HopRow(site)
            try await broker.declare()
            try await row.migrate()
            var table = HopFigures()
            let round = HopRound(
                peers: peers, ours: OurHops(site: site, broker: broker, row: row, seconds: seconds),
                messages: try HopMessages.make(max(500, Int(seconds * 8_000))))
            for number in 1...max(1, rounds) {
                note("round \(number) of \(rounds)")
                try await round.measure(&table, reversed: number.isMultiple(of: 2), note)
            }
            let outage = BrokerOutage(site: site, broker: broker)
            for number in 1...max(1, rounds) {
                note("outage \(number) of \(rounds)")
                table.frozen.add(try await outage.noticed(), of: Figure.ours)
                table.back.add(try await outage.back(), of: Figure.ours)
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

    var middle = Figure("six hops at \(HopPace.rate)/s, p50", unit: "ms")
    var late = Figure(
        "six hops at \(HopPace.rate)/s, p99", unit: "ms", goals: [.init(peer: nil, value: 25, isUpperBound: true)])
    var frozen = Figure(
        "frozen broker noticed", unit: "heartbeats", goals: [.init(peer: nil, value: 2, isUpperBound: true)])
    var back = Figure(
        "confirmed again after the broker is back", unit: "s", goals: [.init(peer: nil, value: 2, isUpperBound: true)])

    var all: [Figure] { [batch, window, consume, hop, middle, late, frozen, back] }
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
        try await each(reversed, Figure.ours, Peers.c, Peers.fastStream) { who in
            guard let latencies = try await pace(who)?.map({ $0 * 1_000 }) else { return }
            if let value = Statistics.quantile(0.5, of: latencies) { table.middle.add(value, of: who) }
            if let value = Statistics.quantile(0.99, of: latencies) { table.late.add(value, of: who) }
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

    /// Latencies in seconds.
    private func pace(_ who: String) async throws -> [Double]? {
        let pace = HopPace(broker: broker, seconds: max(10, ours.seconds))
        if who == Figure.ours { return try await ours.pace(pace) }
        let isC = who == Peers.c
        if !isC, peers.python == nil { return nil }
        async let row = Peers.row(of: who, ours.site, pace.count) { arguments in
            if isC { return try await peers.measure(["hop"] + arguments) }
            guard let sample = try await peers.measureFastStream(arguments) else { throw CancellationError() }
            return sample
        }
        let latencies = try await pace.measure { message in
            message.routingKey = HopBroker.queue(1)
            if !isC { message.properties.contentType = "application/json" }
        }
        _ = try await row
        return latencies
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
