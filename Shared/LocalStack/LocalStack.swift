import Foundation

/// A private PostgreSQL and RabbitMQ in a folder: own data, own ports on the loopback interface, own passwords.
/// No service of the system is touched.
///
/// The value holds no state: everything stands in the folder, so that another process can find a stack again, and
/// every operation is safe to repeat, also after anything was killed in the middle.
public struct LocalStack: Sendable {
    /// How long a stack is meant to live.
    public enum Purpose: Sendable {
        /// Survives the process that started it, until it is stopped. What is committed is on disk.
        case lasting
        /// Ends with the process that started it, even one killed, and leaves nothing behind. What is committed
        /// survives a killed server, but not a fallen machine.
        case throwaway
    }

    /// PostgreSQL's superuser in a stack.
    static let administrator = "mendloop"

    let folder: StackFolder
    let purpose: Purpose

    /// A stack in `folder`, which need not exist yet.
    public init(folder: String = ".mendloop", purpose: Purpose = .lasting) {
        let absolute = URL(fileURLWithPath: folder).standardizedFileURL.path
        self.folder = StackFolder(path: absolute)
        self.purpose = purpose
    }

    /// A throwaway stack in a new temporary folder.
    public static func temporary() throws -> LocalStack {
        LocalStack(folder: try TemporaryFolder.make(prefix: "mendloop-stack-"), purpose: .throwaway)
    }

    /// The absolute path of the stack's folder.
    public var path: String { folder.path }

    /// Starts what does not run yet and waits until both servers are ready.
    @discardableResult
    public func start() async throws -> StackAddresses {
        try folder.create()
        return try await FolderLock.hold(folder.lockPath) {
            let credentials = try StackCredentials.loadOrMake(in: folder)
            var settings = try await settingsToStart()
            if purpose == .throwaway { try Watchdog.watch(folder, dataFolder: settings.dataFolder) }
            do {
                try await startServers(settings, credentials)
            } catch StackError.startFailed where !portsAreFree(settings) {
                // Somebody took a port between our look and the server's.
                try await stopServers(settings, credentials)
                settings.ports = try .choose()
                try settings.save(to: folder)
                try await startServers(settings, credentials)
            }
            return StackAddresses(settings: settings, credentials: credentials)
        }
    }

    /// Where the stack listens, as far as the folder says: it may not run.
    ///
    /// - Throws: `StackError.notStarted` when none has ever been started here.
    public func addresses() throws -> StackAddresses {
        guard let settings = try StackSettings.load(from: folder) else {
            throw StackError.notStarted(folder: folder.path)
        }
        return StackAddresses(settings: settings, credentials: .load(from: folder))
    }

    /// Stops services and servers; a throwaway stack's folder is removed. Nothing happens where nothing runs.
    public func stop() async throws {
        guard folder.exists else { return Watchdog.release(folder) }
        try await FolderLock.hold(folder.lockPath) {
            try await RecordedServices.stopAll(in: folder)
            if let settings = try StackSettings.load(from: folder) {
                try await stopServers(settings, .load(from: folder))
                if purpose == .throwaway { try? FileManager.default.removeItem(atPath: settings.dataFolder) }
            }
        }
        if purpose == .throwaway { try? FileManager.default.removeItem(atPath: folder.path) }
        Watchdog.release(folder)
    }

    /// Lets a lasting stack end with this process, even one that is killed: for a demonstration, say. An orderly
    /// `stop()` before is still the better end.
    public func endWithThisProcess() throws {
        try folder.create()
        try Watchdog.watch(folder, dataFolder: folder.path, keepingFiles: purpose == .lasting)
    }

    /// The remembered settings; where a stopped server's port was taken by somebody else meanwhile, with new ports.
    private func settingsToStart() async throws -> StackSettings {
        guard var settings = try StackSettings.load(from: folder) else { return try await .make(for: folder) }
        let nothingRuns =
            folder.record(DatabaseServer.name).process == nil
            && folder.record(BrokerServer.name).process == nil
        if nothingRuns {
            try await Stragglers.end(in: settings.dataFolder)
            if settings.ports.metrics == nil || !portsAreFree(settings) {
                settings.ports = try .choose()
                try settings.save(to: folder)
            }
        }
        return settings
    }

    private func portsAreFree(_ settings: StackSettings) -> Bool {
        let ports = settings.ports
        let all = [ports.postgres, ports.amqp, ports.management, ports.epmd, ports.distribution]
        return (all + [ports.metrics].compactMap(\.self)).allSatisfy(LoopbackPorts.isFree)
    }

    private func startServers(_ settings: StackSettings, _ credentials: StackCredentials) async throws {
        let database = databaseServer(settings, credentials)
        let broker = brokerServer(settings, credentials)
        async let brokerStart: Void = broker.start()
        try await database.start()
        try await database.prepareDatabases()
        try await brokerStart
    }

    private func stopServers(_ settings: StackSettings, _ credentials: StackCredentials) async throws {
        async let brokerStop: Void = brokerServer(settings, credentials).stop()
        try await databaseServer(settings, credentials).stop()
        try await brokerStop
    }

    func databaseServer(_ settings: StackSettings, _ credentials: StackCredentials) -> DatabaseServer {
        DatabaseServer(folder: folder, settings: settings, credentials: credentials, purpose: purpose)
    }

    func brokerServer(_ settings: StackSettings, _ credentials: StackCredentials) -> BrokerServer {
        BrokerServer(folder: folder, settings: settings, credentials: credentials, purpose: purpose)
    }
}
