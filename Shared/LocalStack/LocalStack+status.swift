/// What of a stack runs at this moment.
public struct StackStatus: Sendable, Equatable {
    /// One process of the stack.
    public struct Process: Sendable, Equatable {
        /// `postgres`, `rabbitmq`, `epmd`, or `service-` with a service's name and the number of its copy.
        public var name: String
        public var pid: Int32?
    }

    /// One copy of a service.
    public struct Service: Sendable, Equatable {
        public var copy: ServiceProcesses.Copy
        public var pid: Int32?
        /// Whether `/readyz` answers 200.
        public var isReady: Bool
    }

    /// Every process that has been started and not been stopped; `pid` is nil where it has ended on its own.
    public var processes: [Process]
    /// The copies of the services, and whether each is ready.
    public var services: [Service]
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
        var services: [StackStatus.Service] = []
        for copy in RecordedServices.copies(in: folder) {
            let pid = folder.record(copy.recordName).process?.pid
            let answer = pid == nil ? nil : await LoopbackHTTP(port: copy.httpPort, path: "/readyz").send()
            services.append(StackStatus.Service(copy: copy, pid: pid, isReady: answer?.status == 200))
        }
        guard let settings = try StackSettings.load(from: folder) else {
            return StackStatus(processes: processes, services: services, databaseIsReady: false, brokerIsReady: false)
        }
        let credentials = StackCredentials.load(from: folder)
        return StackStatus(
            processes: processes, services: services,
            databaseIsReady: databaseServer(settings, credentials).isReady,
            brokerIsReady: await brokerServer(settings, credentials).isReady)
    }
}
