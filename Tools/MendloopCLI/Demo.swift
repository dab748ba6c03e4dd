import ArgumentParser
import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import Simulation

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start a stack of its own on a fast clock, run repairs through the whole loop, report, and stop.",
        discussion:
            "The stack and its data are gone afterwards, also after Ctrl-C. A day passes in a minute or two.")

    @OptionGroup var options: SimulationOptions

    @Option(
        name: .customLong("scale"),
        help: "Domain seconds in a real second, 2 to 1440; 1440 up to 500 reports, else 720.")
    var chosenScale: Int?

    /// The more orders are on their way, the longer the machine takes for each: an offer's lease of a quarter of an hour
    /// must not run out before the machine has carried it to the engineer.
    private var scale: Int { chosenScale ?? (options.count <= 500 ? 1_440 : 720) }

    @Option(name: .long, help: "How many copies of each service.")
    var copies = 1

    func validate() throws {
        guard (2...DomainClock.largestFactor).contains(scale) else {
            throw ValidationError("--scale is a number from 2 to \(DomainClock.largestFactor)")
        }
        guard (1...16).contains(copies) else { throw ValidationError("--copies is a number from 1 to 16") }
    }

    func run() async throws {
        let local = try LocalStack.temporary()
        do {
            try await Interruption.cancelling { try await play(on: local) }
        } catch {
            await stop(local)
            throw error
        }
        await stop(local)
    }

    private func play(on local: LocalStack) async throws {
        let (clock, epoch) = SimulationConfiguration.morningClock(factor: scale)
        Terminal.note("starting PostgreSQL and RabbitMQ in \(local.path)")
        let addresses = try await local.start()
        let services = try ServiceProcesses(
            stack: local,
            environment: [
                "MENDLOOP_TIME_EPOCH": RFC3339.format(epoch), "MENDLOOP_TIME_SCALE": "\(scale)",
                "MENDLOOP_LOG_LEVEL": "warning",
            ])
        Terminal.note("migrating")
        try await services.migrate()
        Terminal.note("starting the services")
        try await services.start(copies: copies)
        Terminal.note("\(options.count) reports go in; a day passes in \(86_400 / scale) seconds")
        try await options.play(
            SimulationConfiguration(
                amqpURL: addresses.amqpURL(), clock: clock, reports: options.source, count: options.count,
                seed: options.seed, engineers: options.engineers))
    }

    /// Also after an interruption: nothing may stay.
    private func stop(_ local: LocalStack) async {
        await Task {
            do {
                try await local.stop()
            } catch {
                Terminal.note("stopping the stack in \(local.path): \(error)")
            }
        }.value
    }
}
