import ArgumentParser
import Foundation
import ServiceKit
import Simulation

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play the outside world against a stack that runs, and reconcile what both sides know.",
        discussion: """
            Works on the stack of `up`, or on the one that MENDLOOP_AMQP_URL names. MENDLOOP_TIME_EPOCH and \
            MENDLOOP_TIME_SCALE must be what the services were started with.
            """)

    @OptionGroup var stack: Stack
    @OptionGroup var options: SimulationOptions

    func run() async throws {
        let settings = Settings()
        let url = try settings.optionalBrokerURL() ?? stack.local.addresses().amqpURL()
        let configuration = SimulationConfiguration(
            amqpURL: url, clock: try DomainClock(settings: settings), reports: options.source, count: options.count,
            seed: options.seed, engineers: options.engineers)
        try await Interruption.cancelling { try await options.play(configuration) }
    }
}
