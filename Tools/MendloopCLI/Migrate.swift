import ArgumentParser
import LocalStack

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring every service's schema and the broker's exchanges and queues up to date; safe to repeat.")

    @OptionGroup var stack: Stack

    func run() async throws {
        let status = try await stack.local.status()
        guard status.databaseIsReady, status.brokerIsReady else {
            throw ValidationError(
                "\(status.databaseIsReady ? "RabbitMQ" : "PostgreSQL") does not run in \(stack.local.path): ./mendloop up"
            )
        }
        let services = try ServiceProcesses(stack: stack.local)
        try await services.migrate()
        try await services.migrateDoor()
        try await IdentityDesk.of(stack.local).management.setMissingPolicies()
        Terminal.note("all six services and console are migrated")
    }
}
