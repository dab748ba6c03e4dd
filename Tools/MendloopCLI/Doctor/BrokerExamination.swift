import Foundation

/// The broker, asked through its management interface.
struct BrokerExamination {
    struct Overview: Decodable {
        var rabbitmqVersion: String
        var erlangVersion: String

        enum CodingKeys: String, CodingKey {
            case rabbitmqVersion = "rabbitmq_version"
            case erlangVersion = "erlang_version"
        }
    }

    struct Queue: Decodable, Equatable {
        var name: String
        var type: String?
        var state: String?
        /// Nodes that keep it, and those of them that are there; of quorum queues and streams.
        var members: [String]?
        var online: [String]?
    }

    struct Node: Decodable, Equatable {
        var name: String
        var running: Bool?
        var partitions: [String]?
        /// Nil where the interface does not tell: it keeps no statistics.
        var plugins: [String]?
        var diskFree: Int?
        var diskLimit: Int?

        enum CodingKeys: String, CodingKey {
            case name, running, partitions
            case plugins = "enabled_plugins"
            case diskFree = "disk_free"
            case diskLimit = "disk_free_limit"
        }
    }

    var version: String
    var erlang: String
    var nodes: [Node]
    var queues: [Queue]
    /// Nil where the broker does not say what time it is.
    var clock: ClockExamination?

    static func of(_ management: BrokerManagement) async throws -> BrokerExamination {
        let overview: Overview = try await management.get("api/overview")
        let asked = Date()
        let time = try await management.clock()
        let answered = Date()
        return BrokerExamination(
            version: overview.rabbitmqVersion, erlang: overview.erlangVersion,
            nodes: try await management.get("api/nodes"), queues: try await management.queues(),
            clock: time.map {
                ClockExamination("RabbitMQ", said: Double($0), inWhole: 1, asked: asked, answered: answered)
            })
    }

    var findings: [DoctorReport.Finding] {
        [versionFinding] + nodes.flatMap(Self.judge) + queueFindings + [clock?.finding].compactMap(\.self)
    }

    private var versionFinding: DoctorReport.Finding {
        let text = "RabbitMQ \(version) on Erlang \(erlang)"
        let parts = version.split(separator: ".").compactMap { Int($0.prefix { $0.isNumber }) }
        guard parts.count >= 2, (parts[0], parts[1]) < (3, 10) else { return .well("broker", text) }
        return .wrong(
            "broker", "\(text) is too old",
            "Mendloop needs 3.10 or later: quorum queues there keep at-least-once dead letters and streams")
    }

    private static func judge(_ node: Node) -> [DoctorReport.Finding] {
        var findings: [DoctorReport.Finding] = []
        if node.running == false {
            findings.append(
                .wrong(
                    "broker", "its node \(node.name) does not run",
                    "start it: queues need more than half of their nodes"))
        }
        if let partitions = node.partitions, !partitions.isEmpty {
            findings.append(
                .wrong(
                    "broker", "\(node.name) does not see \(partitions.joined(separator: ", "))",
                    "mend the network between them, then restart the smaller side"))
        }
        if let plugins = node.plugins, !plugins.contains("rabbitmq_prometheus") {
            findings.append(
                .doubtful(
                    "broker", "\(node.name) lacks the plugin rabbitmq_prometheus: alerts on queues see nothing",
                    "rabbitmq-plugins enable rabbitmq_prometheus"))
        }
        if let free = node.diskFree, let limit = node.diskLimit, free < 4 * limit {
            findings.append(
                .doubtful(
                    "broker",
                    "\(node.name) has \(MachineExamination.size(free)) left on its disk; at "
                        + "\(MachineExamination.size(limit)) it takes no messages", "free some"))
        }
        return findings
    }

    private var queueFindings: [DoctorReport.Finding] {
        let quorums = queues.filter { ["quorum", "stream"].contains($0.type ?? "") }
        let ill = quorums.compactMap { Self.judge($0) ?? Self.reach($0, nodes.map(\.name)) }
        return ill.isEmpty ? [.well("broker", "\(quorums.count) quorum queues and streams have all their nodes")] : ill
    }

    /// A queue that was made before the other nodes came is kept where it was.
    private static func reach(_ queue: Queue, _ nodes: [String]) -> DoctorReport.Finding? {
        let members = queue.members ?? []
        guard !members.isEmpty, members.count < min(3, nodes.count),
            let other = nodes.sorted().first(where: { !members.contains($0) })
        else { return nil }
        return .doubtful(
            "broker",
            "\(queue.name) is kept by \(members.count) of \(nodes.count) nodes: without \(members[0]) it may stand still",
            queue.type == "stream"
                ? "rabbitmq-streams add_replica \(queue.name) \(other), for each other node"
                : "rabbitmq-queues grow \(other) all, for each other node")
    }

    private static func judge(_ queue: Queue) -> DoctorReport.Finding? {
        let (members, online) = (queue.members?.count ?? 0, queue.online?.count ?? 0)
        if online * 2 <= members, members > 0 {
            return .wrong(
                "broker", "\(queue.name) has \(online) of its \(members) nodes: it neither takes nor gives messages",
                "start the others: \((queue.members ?? []).filter { queue.online?.contains($0) != true }.joined(separator: ", "))"
            )
        }
        if online < members {
            return .doubtful(
                "broker", "\(queue.name) has \(online) of its \(members) nodes: one more gone may stop it",
                "start the others")
        }
        if let state = queue.state, !["running", "live"].contains(state) {
            return .wrong(
                "broker", "\(queue.name) is \(state)", "rabbitmq-queues quorum_status \(queue.name) says more")
        }
        return nil
    }
}
