import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Testing

extension Fault {
    /// Makes it happen and makes it right again; returns when what it struck is ready. A fault that did not come about
    /// fails the test.
    func apply(to installation: Installation, seed: UInt64) async throws {
        let stack = installation.stack
        let services = installation.services
        switch self {
        case .crash(let service, let point):
            var chance = SeededChance(seed: seed)
            try await Self.crash(service, point, passing: chance.number(1...3), services)
        case .frozenLeader(let service, let lease, let time):
            try await Self.freezeLeader(of: lease, service, time, installation)
        case .killedLeader(let service, let lease):
            let before = try await installation.holder(of: lease, service)
            try await services.kill(service, copy: before.copy)
            try await Self.awaitOtherLeader(of: lease, service, than: before, installation)
        case .frozen(let service, let time):
            services.freeze(service)
            try await holdFault(for: time)
            services.thaw(service)
        case .brokerKilled:
            try await stack.broker.kill()
            try await stack.broker.start()
        case .brokerAway(let time):
            try await stack.broker.kill()
            try await holdFault(for: time)
            try await stack.broker.start()
        case .brokerFrozen(let time):
            try await stack.broker.freeze()
            try await holdFault(for: time)
            try stack.broker.thaw()
        case .brokerFull(let time):
            try await stack.raiseMemoryAlarm()
            try await holdFault(for: time)
            try await stack.liftMemoryAlarm()
        case .databaseKilled:
            try await stack.database.kill()
            try await stack.database.start()
        case .databaseStopped:
            try await stack.database.stopImmediately()
            try await stack.database.start()
        case .databaseAway(let time):
            try await stack.database.stopImmediately()
            try await holdFault(for: time)
            try await stack.database.start()
        case .databaseFrozen(let time):
            try await stack.database.freeze()
            try await holdFault(for: time)
            try stack.database.thaw()
        case .eventsAgain:
            let count = try await installation.record().publishAgain(seed: seed)
            #expect(count > 0, "no event was recorded that could come again")
        }
    }

    /// The running copy is ended and one started that dies by itself: at a point within the program, not whenever a
    /// signal happens to reach it.
    private static func crash(
        _ service: LocalService, _ point: CrashPoint, passing: Int, _ services: ServiceProcesses
    ) async throws {
        try await services.kill(service)
        let status = try await services.runToItsEnd(
            service, environment: [CrashPoint.variable: "\(point.rawValue):\(passing)"], within: .seconds(180))
        #expect(status == 128 + SIGKILL, "\(service.name) was to die \(point.rawValue), and it did not")
        try await services.kill(service)
        try await services.start(service)
    }

    /// Once the lease has gone to another copy, the frozen one may think that it still leads when it comes back.
    private static func freezeLeader(
        of lease: String, _ service: LocalService, _ time: Duration, _ installation: Installation
    ) async throws {
        let before = try await installation.holder(of: lease, service)
        installation.services.freeze(service, copy: before.copy)
        try await holdFault(for: time)
        try await awaitOtherLeader(of: lease, service, than: before, installation)
        installation.services.thaw(service, copy: before.copy)
    }

    private static func awaitOtherLeader(
        of lease: String, _ service: LocalService, than before: (copy: Int, fence: Int), _ installation: Installation
    ) async throws {
        let after = try await eventually(within: .seconds(60), "another copy of \(service.name) leads \(lease)") {
            let now = try await installation.holder(of: lease, service)
            return now.copy == before.copy ? nil : now
        }
        #expect(after.fence > before.fence)
    }
}
