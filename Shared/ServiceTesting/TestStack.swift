import LocalStack
import Synchronization

/// The one private PostgreSQL and RabbitMQ of a test process: started by whoever asks first, gone when the process is.
public enum TestStack {
    private static let starting = Task {
        let stack = try LocalStack.temporary()
        try await stack.start()
        return stack
    }
    private static let counter = Atomic<Int>(0)

    /// The stack. Never kill its servers: other tests are using them; a fault test starts `LocalStack.temporary()`.
    public static var shared: LocalStack {
        get async throws { try await starting.value }
    }

    /// A new database with the services' roles and schemas, all empty. About 50 ms.
    public static func freshDatabase() async throws -> TestDatabase {
        let stack = try await shared
        let name = "test_\(next())"
        try await stack.createDatabase(name)
        return TestDatabase(name: name, addresses: try stack.addresses())
    }

    /// The URL of one service's role in a database of its own, where its schema is empty.
    public static func freshSchema(_ service: LocalService) async throws -> String {
        try await freshDatabase().url(service)
    }

    /// The AMQP URL of a new, empty virtual host. About 30 ms.
    public static func freshVirtualHost() async throws -> String {
        try await shared.addVirtualHost("test-\(next())")
    }

    private static func next() -> Int {
        counter.add(1, ordering: .relaxed).newValue
    }
}

/// A database of one test's own.
public struct TestDatabase: Sendable {
    public let name: String
    let addresses: StackAddresses

    /// The database as a service's role sees it: owner of its schema, a stranger in the others.
    public func url(_ service: LocalService) -> String {
        addresses.databaseURL(service, database: name)
    }

    /// The database as console sees it.
    public var doorURL: String { addresses.doorDatabaseURL(database: name) }

    /// The database as its administrator sees it.
    public var adminURL: String { addresses.adminDatabaseURL(database: name) }
}
