import Foundation
import LocalStack

/// What the processes of a site have used so far: the services, the two servers, and the driver, which is this process.
struct SiteUsage: Sendable {
    struct Process: Sendable {
        /// `intake`, `postgres`, `driver`; copies of a service have one name, and so have the nodes of a broker.
        let name: String
        let isServer: Bool
        let usage: ProcessUsage
    }

    static let driver = "driver"

    let processes: [Process]

    static func of(_ stack: LocalStack) async throws -> SiteUsage {
        let status = try await stack.status()
        let copies = status.services.compactMap { service in
            service.pid.map { pid in
                Process(name: service.copy.service, isServer: false, usage: ProcessUsage.of(pid) ?? .init())
            }
        }
        let servers = status.processes.filter {
            $0.name.hasPrefix("postgres") || $0.name.hasPrefix("rabbitmq")
        }.compactMap { process in
            process.pid.map { pid in
                Process(
                    name: process.name.hasPrefix("rabbitmq") ? "rabbitmq" : process.name, isServer: true,
                    usage: ProcessUsage.of(pid, withDescendants: true) ?? .init())
            }
        }
        let driver = Process(name: driver, isServer: false, usage: ProcessUsage.of(getpid()) ?? .init())
        return SiteUsage(processes: copies + servers + [driver])
    }

    /// CPU seconds of all copies of the services together, and of each other process by its name.
    var cpuSeconds: [String: Double] {
        processes.reduce(into: [:]) { sums, process in
            let isService = !process.isServer && process.name != Self.driver
            sums[isService ? "services" : process.name, default: 0] += process.usage.cpuSeconds
        }
    }
}
