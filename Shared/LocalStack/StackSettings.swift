import Foundation

/// What a stack remembers between two starts.
struct StackSettings: Codable, Equatable, Sendable {
    struct Ports: Codable, Equatable, Sendable {
        var postgres: UInt16
        var amqp: UInt16
        var management: UInt16
        /// Where Erlang nodes find each other: private, so that no other node on this machine is ever met or disturbed.
        var epmd: UInt16
        var distribution: UInt16
        /// Where the broker's metrics are; nil in a stack that an earlier version made, until it is started again.
        var metrics: UInt16?

        static func choose() throws -> Ports {
            let free = try LoopbackPorts.free(6)
            return Ports(
                postgres: free[0], amqp: free[1], management: free[2], epmd: free[3], distribution: free[4],
                metrics: free[5])
        }
    }

    /// What a stack of three brokers and a standby has beside that.
    struct Cluster: Codable, Equatable, Sendable {
        /// Of the broker's nodes, by which they talk to each other.
        var distribution: [UInt16]
        /// Of the second database server.
        var standbyPort: UInt16
        /// Whether that one takes the writes by now.
        var isPromoted = false

        static func choose() throws -> Cluster {
            let free = try LoopbackPorts.free(4)
            return Cluster(distribution: Array(free[..<3]), standbyPort: free[3])
        }
    }

    var ports: Ports
    /// Nil in a stack of one server each.
    var cluster: Cluster?
    /// Where the servers keep their files.
    var dataFolder: String
    var account: ServerAccount

    var postgresFolder: String { dataFolder + "/postgres" }
    var brokerFolder: String { dataFolder + "/rabbitmq" }

    static func load(from folder: StackFolder) throws -> StackSettings? {
        guard let text = PrivateFile.read(folder.settingsPath) else { return nil }
        do {
            return try JSONDecoder().decode(StackSettings.self, from: Data(text.utf8))
        } catch {
            throw StackError.unusableFolder(folder.path, reason: "stack.json cannot be read; remove the folder")
        }
    }

    /// Other ports, where somebody took one of these.
    mutating func moveAway() throws {
        ports = try .choose()
        if let before = cluster {
            var chosen = try Cluster.choose()
            chosen.isPromoted = before.isPromoted
            cluster = chosen
        }
    }

    /// Whether servers could listen on all of the ports now.
    var portsAreFree: Bool {
        let single = [ports.postgres, ports.epmd] + [cluster?.standbyPort].compactMap(\.self)
        let ofEachNode = [ports.amqp, ports.management] + [ports.metrics].compactMap(\.self)
        return single.allSatisfy { LoopbackPorts.isFree($0) }
            && brokerNodes.allSatisfy { node in
                (ofEachNode + [node.distributionPort]).allSatisfy { LoopbackPorts.isFree($0, on: node.host) }
            }
    }

    func save(to folder: StackFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(self), as: UTF8.self)
        try PrivateFile.write(text + "\n", to: folder.settingsPath, mode: 0o644)
    }

    /// Settings for a folder that has none: free ports, and a data folder the servers' account can reach.
    static func make(for folder: StackFolder, shape: LocalStack.Shape = .single) async throws -> StackSettings {
        let account = try ServerAccount.choose()
        let inside = folder.path + "/data"
        try account.makeFolder(inside)
        let reachable = try await Command(arguments: account.running(["/usr/bin/test", "-w", inside])).finish().status
        var settings = StackSettings(
            ports: try .choose(), cluster: shape == .cluster ? try .choose() : nil, dataFolder: inside, account: account
        )
        if reachable != 0 {
            // The folder lies below one that only its owner may enter, as /root is: the data goes elsewhere.
            settings.dataFolder = try TemporaryFolder.make(prefix: "mendloop-data-", in: "/var/tmp")
            try account.makeFolder(settings.dataFolder)
        }
        try settings.save(to: folder)
        return settings
    }
}
