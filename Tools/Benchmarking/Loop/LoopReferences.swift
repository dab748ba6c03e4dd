import AMQP
import Foundation

/// What the same machine gives others, measured in the same run with the six services up and idle.
struct LoopReferences: Sendable {
    static let broker = "broker"
    static let database = "database"
    static let sixC = "C × 6"
    static let sixFastStream = "FastStream × 6"
    static let names = [broker, database, sixC, sixFastStream]

    let site: BenchSite
    let peers: Peers
    let queues: HopBroker
    let seconds: Double

    /// Messages a second by reference; those of FastStream only where `withFastStream`, since they take long.
    func measure(withFastStream: Bool) async throws -> [String: Double] {
        var rates: [String: Double] = [:]
        rates[Self.broker] = try await peers.measure(["through", site.amqpURL, HopBroker.input, "\(seconds)"]).rate
        try await queues.purge(HopBroker.input)
        rates[Self.database] = try await peers.measure(["insert", site.databaseURL, "\(seconds)"]).rate
        rates[Self.sixC] = try await chain(of: Peers.c, max(300, Int(seconds * 2_000)), contentType: nil) {
            try await peers.measure(["hop"] + $0)
        }
        if withFastStream, peers.python != nil {
            let count = max(60, Int(seconds * 120))
            rates[Self.sixFastStream] = try await chain(of: Peers.fastStream, count, contentType: "application/json") {
                guard let sample = try await peers.measureFastStream($0) else { throw CancellationError() }
                return sample
            }
        }
        return rates
    }

    /// Six programs in a row, the first queue full: hops a second of all together, from the first's first message to the
    /// last's last confirm.
    private func chain(
        of kind: String, _ count: Int, contentType: String?,
        _ hop: @escaping @Sendable ([String]) async throws -> PeerSample
    ) async throws -> Double {
        try await queues.fill(HopBroker.queue(1), try HopMessages.make(count), contentType: contentType)
        let samples = try await Peers.row(of: kind, site, count, hop)
        try await queues.purge(HopBroker.queue(7))
        let began = samples.map(\.began).min() ?? 0
        let ended = samples.map(\.ended).max() ?? 1
        return Double(6 * count) / (ended - began)
    }
}
