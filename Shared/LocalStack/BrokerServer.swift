import Foundation

/// The private RabbitMQ of one stack, with an Erlang port mapper (epmd) of its own.
struct BrokerServer: Sendable {
    static let name = "rabbitmq"
    static let mapperName = "epmd"

    var folder: StackFolder
    var settings: StackSettings
    var credentials: StackCredentials
    var purpose: LocalStack.Purpose

    var record: ProcessRecord { folder.record(Self.name) }
    private var mapperRecord: ProcessRecord { folder.record(Self.mapperName) }
    /// Exists once a first boot has come to its end; what an interrupted one left is thrown away.
    private var bootedPath: String { settings.brokerFolder + "/booted" }

    /// Starts the broker unless it runs, and waits until it takes our user's requests.
    func start() async throws {
        if let process = record.process {
            process.send(SIGCONT)
        } else {
            try await launch()
        }
        guard let process = record.process else { throw failure() }
        _ = try await becomesTrue(within: .seconds(120), every: .milliseconds(50)) {
            if await isReady { return true }
            return !process.isAlive
        }
        guard process.isAlive, await isReady else { throw failure() }
        try settings.account.write("", to: bootedPath)
    }

    private func failure() -> StackError {
        .startFailed("RabbitMQ", log: LogTail.read(folder.log(Self.name)))
    }

    private func launch() async throws {
        guard access("/usr/lib/rabbitmq/bin/rabbitmq-server", X_OK) == 0 else {
            throw StackError.missingProgram("rabbitmq-server", package: "rabbitmq-server")
        }
        try await Stragglers.end(in: settings.brokerFolder)
        mapperRecord.remove()
        if !FileManager.default.fileExists(atPath: bootedPath) {
            try? FileManager.default.removeItem(atPath: settings.brokerFolder)
        }
        try BrokerFiles(settings: settings, credentials: credentials, purpose: purpose).write()
        try await mapperRecord.launch(
            settings.account.running(["/usr/bin/epmd", "-port", "\(settings.ports.epmd)", "-address", "127.0.0.1"]),
            environment: Command.plainEnvironment, in: settings.brokerFolder, output: folder.log(Self.mapperName))
        try await record.launch(
            // Not through /usr/sbin/rabbitmq-server, which insists on the system's user and folders.
            settings.account.running(["/usr/lib/rabbitmq/bin/rabbitmq-server"]),
            environment: BrokerFiles.environment(settings), in: settings.brokerFolder, output: folder.log(Self.name))
    }

    /// Whether the broker answers on its management port with our own user, and listens for AMQP.
    var isReady: Bool {
        get async {
            guard record.process != nil, let answer = await request("GET", "/api/whoami").send() else { return false }
            return answer.status == 200 && !LoopbackPorts.isFree(settings.ports.amqp)
        }
    }

    /// A request to the management interface.
    func request(_ method: String, _ path: String, body: String? = nil) -> LoopbackHTTP {
        LoopbackHTTP(
            port: settings.ports.management, method: method, path: path, user: StackAddresses.mainName,
            password: credentials["rabbitmq"], body: body)
    }

    /// Ends the broker: politely, then less so.
    func stop() async throws {
        if let process = record.process {
            process.send(SIGCONT)
            process.send(purpose == .throwaway ? SIGKILL : SIGTERM)
            _ = try await process.ends(within: .seconds(40))
        }
        try await kill()
        mapperRecord.process?.send(SIGKILL)
        mapperRecord.remove()
    }

    /// SIGKILL for the broker and its helpers, as when the machine falls.
    func kill() async throws {
        if let process = record.process {
            process.send(SIGKILL)
            _ = try await process.ends(within: .seconds(10))
        }
        try await Stragglers.end(in: settings.brokerFolder)
        mapperRecord.remove()
        record.remove()
    }
}
