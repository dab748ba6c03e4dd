import Foundation

/// The Erlang port mapper (epmd) of a stack's own, by which the broker's nodes and `rabbitmqctl` find each other.
struct PortMapper: Sendable {
    static let name = "epmd"

    var folder: StackFolder
    var settings: StackSettings

    private var record: ProcessRecord { folder.record(Self.name) }

    /// Starts it unless it runs.
    func start() async throws {
        guard record.process == nil else { return }
        // 127.0.0.1 is always among them.
        let addresses = settings.brokerNodes.map(\.host).joined(separator: ",")
        try settings.account.makeFolder(settings.dataFolder)
        try settings.account.makeFolder(settings.brokerFolder)
        try await record.launch(
            settings.account.running(["/usr/bin/epmd", "-port", "\(settings.ports.epmd)", "-address", addresses]),
            environment: Command.plainEnvironment, in: settings.brokerFolder, output: folder.log(Self.name))
    }

    func stop() {
        record.process?.send(SIGKILL)
        record.remove()
    }
}
