import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Simulation

/// A whole installation of one test's own: its servers, its six services as processes, its scaled clock.
struct Installation: Sendable {
    let stack: LocalStack
    let services: ServiceProcesses
    let clock: DomainClock

    /// Starts everything; what the test forgets to stop ends with the test process.
    ///
    /// - Parameter clockAhead: domain seconds by which the clocks of further copies are ahead of the first ones'.
    static func start(
        _ shape: LocalStack.Shape = .single, copies: Int = 1, scale: Int = 1440, clockAhead: TimeInterval = 0
    ) async throws -> Installation {
        let stack = try LocalStack.temporary(shape)
        try await stack.start()
        // It is morning once all is made: of a day that takes a minute, that would take a part.
        try await ServiceProcesses(stack: stack).migrate()
        let (clock, epoch) = SimulationConfiguration.morningClock(factor: scale)
        let services = try ServiceProcesses(
            stack: stack,
            environment: [
                "MENDLOOP_TIME_EPOCH": RFC3339.format(epoch), "MENDLOOP_TIME_SCALE": "\(scale)",
                "MENDLOOP_LOG_LEVEL": "error", "MENDLOOP_DOOR_RATE": "0",
            ])
        let installation = Installation(stack: stack, services: services, clock: clock)
        try await services.start()
        // Domain time = epoch + (real − epoch) × scale: the earlier the epoch, the later it is now.
        let earlier = epoch.addingTimeInterval(-clockAhead / Double(scale - 1))
        for number in 1...copies where number > 1 {
            for service in LocalService.allCases {
                try await services.start(
                    service, copy: number, environment: ["MENDLOOP_TIME_EPOCH": RFC3339.format(earlier)])
            }
        }
        return installation
    }

    /// Hears every event from now on; asked again, it is the same record.
    func record() async throws -> RecordedEvents {
        try await RecordedEvents.record(url: try stack.addresses().amqpURL())
    }

    /// A run without what only waits for deadlines of days: remote resolutions close after three.
    func configuration(count: Int, seed: UInt64) throws -> SimulationConfiguration {
        var shares = FateShares.brisk
        shares.consultation = 0
        return SimulationConfiguration(
            amqpURL: try stack.addresses().amqpURL(), clock: clock, count: count, seed: seed, shares: shares)
    }

    func stop() async throws {
        try await services.stop()
        try await stack.stop()
    }
}

extension SimulationResult {
    /// The lines that do not hold, with what they compared: what a failing test shows beside the seed.
    var differences: [String] {
        reconciliation.lines.filter { !$0.holds }.map { "\($0.code): \($0.title): \($0.detail)" }
    }
}
