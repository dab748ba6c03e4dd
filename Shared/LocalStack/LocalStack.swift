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

    /// How many servers a stack has.
    public enum Shape: Sendable {
        /// One RabbitMQ, one PostgreSQL.
        case single
        /// A RabbitMQ of three nodes, each with an address of its own from 127.0.0.11 on, and a PostgreSQL whose commits
        /// wait for its standby.
        case cluster
    }

    /// PostgreSQL's superuser in a stack.
    static let administrator = "mendloop"

    let folder: StackFolder
    let purpose: Purpose
    private let shape: Shape

    /// A stack in `folder`, which need not exist yet; one that does keeps the shape that it was made with.
    public init(folder: String = ".mendloop", purpose: Purpose = .lasting, shape: Shape = .single) {
        let absolute = URL(fileURLWithPath: folder).standardizedFileURL.path
        self.folder = StackFolder(path: absolute)
        self.purpose = purpose
        self.shape = shape
    }

    /// A throwaway stack in a new temporary folder.
    public static func temporary(_ shape: Shape = .single) throws -> LocalStack {
        LocalStack(folder: try TemporaryFolder.make(prefix: "mendloop-stack-"), purpose: .throwaway, shape: shape)
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
            } catch StackError.startFailed where !settings.portsAreFree {
                // Somebody took a port between our look and the server's.
                try await stopServers(settings, credentials)
                try settings.moveAway()
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
        guard var settings = try StackSettings.load(from: folder) else {
            return try await .make(for: folder, shape: shape)
        }
        let servers = settings.databasePlaces.map(\.recordName) + settings.brokerNodes.map(\.recordName)
        if servers.allSatisfy({ folder.record($0).process == nil }) {
            try await Stragglers.end(in: settings.dataFolder)
            if settings.ports.metrics == nil || !settings.portsAreFree {
                try settings.moveAway()
                try settings.save(to: folder)
            }
        }
        return settings
    }
}
