import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// Plays the outside world against a running installation: customers, engineers, agents, storekeeper, approver, finance.
public enum Simulation {
    /// Plays until every work order has ended, settles the cash, and compares both sides.
    ///
    /// - Parameter progress: told about once a second how far it is.
    /// - Throws: `SimulationError`; `CancellationError` when the task was cancelled; `AMQPError` when the broker cannot be
    ///   reached at the start. Nothing of the run stays on the broker in any case.
    public static func run(
        _ configuration: SimulationConfiguration,
        progress: @escaping @Sendable (SimulationProgress) -> Void = { _ in }
    ) async throws -> SimulationResult {
        guard (1...1_000_000).contains(configuration.count) else {
            throw SimulationError.invalidConfiguration("the count of reports is a number from 1 to 1000000")
        }
        let cases = try Self.cases(configuration)
        let broker = try AMQPConfiguration(url: configuration.amqpURL, connectionName: "mendloop-simulator")
        let client = BrokerClient(broker, clock: configuration.clock)
        let feed = EventFeed(broker, run: configuration.run)
        let stage = Stage(
            world: World(configuration, client), feed: feed, broker: broker, cases: cases, progress: progress)
        do {
            let result = try await stage.play()
            await tidy(feed, client)
            return result
        } catch {
            await tidy(feed, client)
            throw error
        }
    }

    /// Also when the run was cancelled: the queue must not stay.
    private static func tidy(_ feed: EventFeed, _ client: BrokerClient) async {
        await Task {
            await feed.close()
            await client.close()
            await feed.remove()
        }.value
    }

    private static func cases(_ configuration: SimulationConfiguration) throws -> [RepairCase] {
        switch configuration.reports {
        case .builtIn:
            return BuiltInCases.cases(configuration.count)
        case .openRepair(let file):
            let all = try OpenRepairData.cases(inFile: file)
            guard !all.isEmpty else { throw SimulationError.unusableReports("\(file) has no rows") }
            return (0..<configuration.count).map { index in
                var repaired = all[index % all.count]
                if index >= all.count { repaired.id += "/\(index / all.count + 1)" }
                return repaired
            }
        }
    }
}
