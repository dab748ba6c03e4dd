import Foundation

extension LocalStack {
    /// RabbitMQ, all nodes of it, to be killed, frozen and started again on the same ports.
    public var broker: ServerControl { ServerControl(stack: self, server: .broker) }
    /// One node of RabbitMQ's cluster, by its number from 1.
    public func brokerNode(_ number: Int) -> ServerControl { ServerControl(stack: self, server: .node(number)) }
    /// PostgreSQL, to be killed, frozen and started again on the same port: the server that takes writes.
    public var database: ServerControl { ServerControl(stack: self, server: .database) }
    /// The other PostgreSQL of a cluster: the standby, or, once that has been promoted, the former primary.
    public var standby: ServerControl { ServerControl(stack: self, server: .standby) }

    /// What a fault test, or an operator, does to one server.
    public struct ServerControl: Sendable {
        enum Server: Equatable {
            case broker, database, standby
            case node(Int)
        }

        let stack: LocalStack
        let server: Server

        /// SIGKILL for the server and all its helpers; returns when they are gone.
        public func kill() async throws {
            try await onServer(broker: { try await $0.kill() }, database: { try await $0.kill() })
        }

        /// Ends the server in an orderly way.
        public func stop() async throws {
            try await onServer(broker: { try await $0.stop() }, database: { try await $0.stop() })
        }

        /// Ends the server at once, without a word to its clients: PostgreSQL's immediate stop; the broker is killed.
        public func stopImmediately() async throws {
            try await onServer(broker: { try await $0.kill() }, database: { try await $0.stopImmediately() })
        }

        /// Starts the server again, on the ports it had, and waits until it is ready.
        public func start() async throws {
            try await onServer(
                broker: { try await $0.start() }, database: { try await $0.start() },
                whole: { try await stack.startBroker($0.settings, $0.credentials) })
        }

        /// Stops every process of the server without ending it: connections stay open and nothing answers. Returns once
        /// each thread has stopped: on a busy machine the signal is on its way for a moment.
        public func freeze() async throws {
            let processes = try signal(SIGSTOP)
            let isFrozen = try await becomesTrue(within: .seconds(10)) {
                processes.allSatisfy { $0.isFrozen || !$0.isAlive }
            }
            if !isFrozen { throw StackError.unusableFolder(stack.path, reason: "its processes cannot be stopped") }
        }

        /// Lets a frozen server go on.
        public func thaw() throws { try signal(SIGCONT) }

        /// Whether the server's process exists (it may be frozen); of the broker, that of any node.
        public var isRunning: Bool {
            guard let settings = try? StackSettings.load(from: stack.folder) else { return false }
            let names = nodes(settings).map(\.recordName) + places(settings).map(\.recordName)
            return names.contains { stack.folder.record($0).process != nil }
        }

        private func nodes(_ settings: StackSettings) -> [BrokerNode] {
            switch server {
            case .broker: settings.brokerNodes
            case .node(let number): settings.brokerNodes.filter { $0.number == number }
            case .database, .standby: []
            }
        }

        private func places(_ settings: StackSettings) -> [DatabasePlace] {
            switch server {
            case .database: [settings.primary]
            case .standby: [settings.standby].compactMap(\.self)
            case .broker, .node: []
            }
        }

        @discardableResult
        private func signal(_ signal: Int32) throws -> [ProcessIdentity] {
            guard let settings = try StackSettings.load(from: stack.folder) else {
                throw StackError.notStarted(folder: stack.path)
            }
            let homes = nodes(settings).map(\.folder) + places(settings).map(\.folder)
            let processes = homes.flatMap(Stragglers.processes)
            for process in processes { process.send(signal) }
            return processes
        }

        /// - Parameter whole: in the place of `broker` for each of several nodes.
        private func onServer(
            broker: (BrokerServer) async throws -> Void,
            database: (DatabaseServer) async throws -> Void,
            whole: ((StackAddresses) async throws -> Void)? = nil
        ) async throws {
            let addresses = try stack.addresses()
            let (settings, credentials) = (addresses.settings, addresses.credentials)
            try await FolderLock.hold(stack.folder.lockPath) {
                switch server {
                case .broker:
                    if let whole { return try await whole(addresses) }
                    for node in stack.brokerServers(settings, credentials) { try await broker(node) }
                case .node(let number):
                    for node in stack.brokerServers(settings, credentials) where node.node.number == number {
                        try await broker(node)
                    }
                case .database:
                    try await database(stack.databaseServer(settings, credentials))
                case .standby:
                    if let other = stack.otherServer(settings, credentials) { try await database(other) }
                }
            }
        }
    }

    /// Runs `rabbitmqctl` against the stack's broker and returns what it prints; half a second each time.
    @discardableResult
    public func rabbitmqctl(_ arguments: String...) async throws -> String {
        try await rabbitmqctl(arguments)
    }

    @discardableResult
    private func rabbitmqctl(_ arguments: [String]) async throws -> String {
        let addresses = try addresses()
        let settings = addresses.settings
        let node = await brokerServer(settings, addresses.credentials).node
        let command = settings.account.running(["/usr/lib/rabbitmq/bin/rabbitmqctl"] + arguments)
        return try await Command(arguments: command, environment: BrokerFiles.environment(settings, node)).run()
    }

    /// Has the broker take its memory for full: it takes no message any more until the alarm is lifted. Returns once the
    /// alarm is there.
    public func raiseMemoryAlarm() async throws {
        try await setMemoryWatermark("absolute", "1MB", alarmIsOn: true)
    }

    /// Ends the memory alarm; returns once it is over.
    public func liftMemoryAlarm() async throws {
        try await setMemoryWatermark("0.4", alarmIsOn: false)
    }

    private func setMemoryWatermark(_ watermark: String..., alarmIsOn: Bool) async throws {
        try await rabbitmqctl(["set_vm_memory_high_watermark"] + watermark)
        let isSo = try await becomesTrue(within: .seconds(30)) {
            try await rabbitmqctl(["eval", "rabbit_alarm:get_alarms()."]).contains("memory") == alarmIsOn
        }
        if !isSo { throw StackError.unusableFolder(path, reason: "the broker's memory alarm does not change") }
    }
}
