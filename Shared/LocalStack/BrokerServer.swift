import Foundation

/// One node of a stack's private RabbitMQ; most stacks have only this one.
struct BrokerServer: Sendable {
    static let name = "rabbitmq"

    var folder: StackFolder
    var settings: StackSettings
    var credentials: StackCredentials
    var purpose: LocalStack.Purpose
    var node: BrokerNode

    var record: ProcessRecord { folder.record(node.recordName) }
    private var mapper: PortMapper { PortMapper(folder: folder, settings: settings) }
    /// Exists once a first boot has come to its end; what an interrupted one left is thrown away.
    private var bootedPath: String { node.folder + "/booted" }
    var hasBooted: Bool { FileManager.default.fileExists(atPath: bootedPath) }

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
        .startFailed("RabbitMQ", log: LogTail.read(folder.log(node.recordName)))
    }

    private func launch() async throws {
        guard access("/usr/lib/rabbitmq/bin/rabbitmq-server", X_OK) == 0 else {
            throw StackError.missingProgram("rabbitmq-server", package: "rabbitmq-server")
        }
        try await Stragglers.end(in: node.folder)
        if !hasBooted { try? FileManager.default.removeItem(atPath: node.folder) }
        try BrokerFiles(settings: settings, credentials: credentials, node: node).write()
        try await mapper.start()
        try await record.launch(
            // Not through /usr/sbin/rabbitmq-server, which insists on the system's user and folders.
            settings.account.running(["/usr/lib/rabbitmq/bin/rabbitmq-server"]),
            environment: BrokerFiles.environment(settings, node), in: node.folder, output: folder.log(node.recordName))
    }

    /// Whether the broker answers on its management port with our own user, and listens for AMQP.
    var isReady: Bool {
        get async {
            guard record.process != nil, let answer = await request("GET", "/api/whoami").send() else { return false }
            return answer.status == 200 && !LoopbackPorts.isFree(settings.ports.amqp, on: node.host)
        }
    }

    /// How many nodes of its cluster run, as far as this one knows.
    var knownNodes: Int {
        get async {
            struct Node: Decodable { let running: Bool }
            guard let answer = await request("GET", "/api/nodes").send(), answer.status == 200,
                let nodes = try? JSONDecoder().decode([Node].self, from: Data(answer.body.utf8))
            else { return 0 }
            return nodes.count(where: \.running)
        }
    }

    /// A request to the management interface.
    func request(_ method: String, _ path: String, body: String? = nil) -> LoopbackHTTP {
        LoopbackHTTP(
            host: node.host, port: settings.ports.management, method: method, path: path, user: StackAddresses.mainName,
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
    }

    /// SIGKILL for the broker and its helpers, as when the machine falls.
    func kill() async throws {
        if let process = record.process {
            process.send(SIGKILL)
            _ = try await process.ends(within: .seconds(10))
        }
        try await Stragglers.end(in: node.folder)
        record.remove()
    }
}
