import Foundation

extension LocalStack {
    /// RabbitMQ, to be killed, frozen and started again on the same ports.
    public var broker: ServerControl { ServerControl(stack: self, server: .broker) }
    /// PostgreSQL, to be killed, frozen and started again on the same port.
    public var database: ServerControl { ServerControl(stack: self, server: .database) }

    /// What a fault test, or an operator, does to one server.
    public struct ServerControl: Sendable {
        enum Server { case broker, database }

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
            try await onServer(broker: { try await $0.start() }, database: { try await $0.start() })
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

        /// Whether the server's process exists (it may be frozen).
        public var isRunning: Bool {
            stack.folder.record(server == .broker ? BrokerServer.name : DatabaseServer.name).process != nil
        }

        @discardableResult
        private func signal(_ signal: Int32) throws -> [ProcessIdentity] {
            guard let settings = try StackSettings.load(from: stack.folder) else {
                throw StackError.notStarted(folder: stack.path)
            }
            let home = server == .broker ? settings.brokerFolder : settings.postgresFolder
            let processes = Stragglers.processes(in: home)
            for process in processes { process.send(signal) }
            return processes
        }

        private func onServer(
            broker: (BrokerServer) async throws -> Void, database: (DatabaseServer) async throws -> Void
        ) async throws {
            let addresses = try stack.addresses()
            try await FolderLock.hold(stack.folder.lockPath) {
                switch server {
                case .broker: try await broker(stack.brokerServer(addresses.settings, addresses.credentials))
                case .database: try await database(stack.databaseServer(addresses.settings, addresses.credentials))
                }
            }
        }
    }

    /// Runs `rabbitmqctl` against the stack's broker and returns what it prints; half a second each time.
    @discardableResult
    public func rabbitmqctl(_ arguments: String...) async throws -> String {
        try await rabbitmqctl(arguments, try addresses().settings)
    }

    @discardableResult
    private func rabbitmqctl(_ arguments: [String], _ settings: StackSettings) async throws -> String {
        let command = settings.account.running(["/usr/lib/rabbitmq/bin/rabbitmqctl"] + arguments)
        return try await Command(arguments: command, environment: BrokerFiles.environment(settings)).run()
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
        let settings = try addresses().settings
        try await rabbitmqctl(["set_vm_memory_high_watermark"] + watermark, settings)
        let isSo = try await becomesTrue(within: .seconds(30)) {
            try await rabbitmqctl(["eval", "rabbit_alarm:get_alarms()."], settings).contains("memory") == alarmIsOn
        }
        if !isSo { throw StackError.unusableFolder(path, reason: "the broker's memory alarm does not change") }
    }
}
