import AMQP
import Foundation
import LocalStack

/// A private PostgreSQL and RabbitMQ, writing to disk as in earnest, with a database and a virtual host of one run's own.
struct BenchSite: Sendable {
    let stack: LocalStack
    /// Of the database and of the virtual host.
    let name: String
    let addresses: StackAddresses

    var amqpURL: String { addresses.amqpURL(virtualHost: name) }
    var databaseURL: String { addresses.adminDatabaseURL(database: name) }

    /// Opens a site for `body` and takes it away afterwards, whatever happened. The stack is stopped at the end.
    static func with<Result: Sendable>(
        folder: String, shape: LocalStack.Shape = .single, _ body: (BenchSite) async throws -> Result
    ) async throws -> Result {
        let stack = LocalStack(folder: folder, shape: shape)
        try stack.endWithThisProcess()
        let addresses = try await stack.start()
        let site = BenchSite(
            stack: stack, name: "bench_\(String(UInt64.random(in: 0...0xffff_ffff), radix: 36))", addresses: addresses)
        do {
            try await stack.createDatabase(site.name)
            try await stack.addVirtualHost(site.name)
            let result = try await body(site)
            await site.remove()
            return result
        } catch {
            await site.remove()
            throw error
        }
    }

    func configuration(_ purpose: String) throws -> AMQPConfiguration {
        try AMQPConfiguration(url: amqpURL, connectionName: "bench \(purpose)")
    }

    /// Not to be stopped by a cancellation: a run that was interrupted must leave nothing behind either.
    private func remove() async {
        await Task {
            try? await ServiceProcesses(stack: stack).stop()
            try? await stack.removeVirtualHost(name)
            _ = try? await stack.sql("DROP DATABASE IF EXISTS \(name) WITH (FORCE)", database: "postgres")
            try? await stack.stop()
        }.value
    }
}
