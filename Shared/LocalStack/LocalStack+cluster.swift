import Foundation

/// What only a stack of three brokers and a standby has.
extension LocalStack {
    /// One node of the broker.
    public struct Node: Sendable, Equatable {
        /// From 1.
        public let number: Int
        /// Its address, of the node alone.
        public let host: String
        /// Where it listens there for the other nodes.
        public let distributionPort: UInt16
        let name: String
    }

    public func brokerNodes() throws -> [Node] {
        try addresses().settings.brokerNodes.map {
            Node(number: $0.number, host: $0.host, distributionPort: $0.distributionPort, name: $0.name)
        }
    }

    /// The end of what a node has written to its log.
    public func lastWords(of node: Node) throws -> String {
        let known = try addresses().settings.brokerNodes.first { $0.number == node.number }
        return known.map { LogTail.read(folder.log($0.recordName)) } ?? ""
    }

    /// Who keeps a quorum queue of the services.
    public struct QueueMembers: Sendable, Equatable {
        /// The number of the node that leads it; nil while there is none.
        public var leader: Int?
        /// On how many nodes it is kept, and how many of those are there.
        public var members: Int
        public var online: Int
    }

    /// By the queue's name.
    public func queueMembers() async throws -> [String: QueueMembers] {
        struct Queue: Decodable {
            let name: String
            let leader: String?
            let members: [String]?
            let online: [String]?
        }
        let body = try await management("GET", "/api/queues/\(StackAddresses.mainName)")
        let queues = try JSONDecoder().decode([Queue].self, from: Data(body.utf8)).filter { $0.members != nil }
        let nodes = try brokerNodes()
        return Dictionary(
            queues.map { queue in
                let leader = nodes.first { $0.name == queue.leader }?.number
                return (
                    queue.name,
                    QueueMembers(
                        leader: leader, members: queue.members?.count ?? 0, online: queue.online?.count ?? 0)
                )
            }, uniquingKeysWith: { $1 })
    }

    /// Runs SQL as the administrator on the standby or, once that has been promoted, on the former primary.
    @discardableResult
    public func standbySQL(_ text: String, database: String = StackAddresses.mainName) async throws -> String {
        let addresses = try addresses()
        let other = otherServer(addresses.settings, addresses.credentials)
        return try await other?.run(sql: text, database: database) ?? ""
    }

    /// Makes the standby take the writes, whatever has become of the primary; returns when it does.
    public func promoteStandby() async throws {
        let addresses = try addresses()
        try await FolderLock.hold(folder.lockPath) {
            var settings = addresses.settings
            try await otherServer(settings, addresses.credentials)?.promote()
            settings.cluster?.isPromoted = true
            try settings.save(to: folder)
        }
    }

    /// Keeps from the standby what the primary commits from now on. Returns when it is so.
    public func haltReplication() async throws {
        let found = try await sql("SELECT pid FROM pg_stat_replication").trimmingCharacters(in: .newlines)
        guard let pid = pid_t(found), let stat = ProcessStat(pid: pid) else {
            throw StackError.startFailed("the standby", log: "nothing is sent to it: \(found)")
        }
        let sender = ProcessIdentity(pid: pid, startTime: stat.startTime)
        sender.send(SIGSTOP)
        _ = try await becomesTrue(within: .seconds(10)) { sender.isFrozen }
    }
}
