/// What of a stack runs at this moment.
public struct StackStatus: Sendable, Equatable {
    /// One process of the stack.
    public struct Process: Sendable, Equatable {
        /// `postgres`, `rabbitmq`, `epmd`, or a service's name with the number of its copy.
        public var name: String
        public var pid: Int32?
    }

    /// Every process that has been started and not been stopped; `pid` is nil where it has ended on its own.
    public var processes: [Process]
    /// Whether PostgreSQL accepts connections.
    public var databaseIsReady: Bool
    /// Whether RabbitMQ accepts connections.
    public var brokerIsReady: Bool
}

extension LocalStack {
    /// Looks at the processes and asks both servers.
    public func status() async throws -> StackStatus {
        let processes = folder.recordedNames.map {
            StackStatus.Process(name: $0, pid: folder.record($0).process?.pid)
        }
        guard let settings = try StackSettings.load(from: folder) else {
            return StackStatus(processes: processes, databaseIsReady: false, brokerIsReady: false)
        }
        let credentials = StackCredentials.load(from: folder)
        return StackStatus(
            processes: processes,
            databaseIsReady: databaseServer(settings, credentials).isReady,
            brokerIsReady: await brokerServer(settings, credentials).isReady)
    }
}
