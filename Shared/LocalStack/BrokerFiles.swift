import Foundation

/// The configuration of one node of RabbitMQ in its own folder, and the environment that makes it look nowhere else.
struct BrokerFiles: Sendable {
    var settings: StackSettings
    var credentials: StackCredentials
    var node: BrokerNode

    func write() throws {
        let root = node.folder
        try settings.account.makeFolder(settings.dataFolder)
        for folder in [settings.brokerFolder, root, root + "/home", root + "/mnesia", root + "/log", root + "/conf.d"] {
            try settings.account.makeFolder(folder)
        }
        let cookie = root + "/home/.erlang.cookie"
        if !FileManager.default.fileExists(atPath: cookie) {
            try settings.account.write(credentials["cookie"], to: cookie, mode: 0o400)
        }
        try settings.account.write("", to: root + "/env.conf")
        try settings.account.write("[rabbitmq_management, rabbitmq_prometheus].\n", to: root + "/enabled_plugins")
        try settings.account.write("[].\n", to: root + "/advanced.config")
        try settings.account.write(configuration + membership, to: root + "/rabbitmq.conf")
    }

    private var configuration: String {
        """
        listeners.tcp.local = \(node.host):\(settings.ports.amqp)
        management.tcp.ip = \(node.host)
        management.tcp.port = \(settings.ports.management)
        management.disable_stats = true
        management_agent.disable_metrics_collector = true
        prometheus.tcp.ip = \(node.host)
        prometheus.tcp.port = \(settings.ports.metrics ?? 0)
        default_user = \(StackAddresses.mainName)
        default_pass = \(credentials["rabbitmq"])
        default_vhost = \(StackAddresses.mainName)
        default_user_tags.administrator = true
        default_permissions.configure = .*
        default_permissions.read = .*
        default_permissions.write = .*
        disk_free_limit.absolute = 64MB
        raft.wal_max_size_bytes = 67108864
        log.file.level = info

        """
    }

    /// What deploy/rabbitmq/cluster.conf says, for the three nodes of a cluster.
    private var membership: String {
        guard settings.cluster != nil, let first = settings.brokerNodes.first else { return "" }
        return """
            cluster_formation.peer_discovery_backend = classic_config
            cluster_formation.classic_config.nodes.1 = \(first.name)
            cluster_partition_handling = pause_minority
            net_ticktime = 15
            queue_leader_locator = balanced

            """
    }

    /// The environment of the server and of `rabbitmqctl`.
    static func environment(_ settings: StackSettings, _ node: BrokerNode) -> [String: String] {
        let root = node.folder
        let ip = "{" + node.host.replacing(".", with: ",") + "}"
        let listening = "-kernel inet_dist_use_interface \(ip)"
        let isClustered = settings.cluster != nil
        // Nodes of a cluster call each other from their own addresses, too.
        let calling = isClustered ? " -kernel inet_dist_connect_options [{ip,\(ip)}]" : ""
        return Command.plainEnvironment.merging([
            "HOME": root + "/home",
            "RABBITMQ_NODENAME": node.name,
            "RABBITMQ_USE_LONGNAME": isClustered ? "true" : "false",
            "RABBITMQ_CONF_ENV_FILE": root + "/env.conf",
            "RABBITMQ_CONFIG_FILE": root + "/rabbitmq.conf",
            "RABBITMQ_CONFIG_FILES": root + "/conf.d",
            "RABBITMQ_ADVANCED_CONFIG_FILE": root + "/advanced.config",
            "RABBITMQ_ENABLED_PLUGINS_FILE": root + "/enabled_plugins",
            "RABBITMQ_MNESIA_BASE": root + "/mnesia",
            "RABBITMQ_LOG_BASE": root + "/log",
            "RABBITMQ_DIST_PORT": "\(node.distributionPort)",
            "ERL_EPMD_PORT": "\(settings.ports.epmd)",
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            // Together these make the shell that starts Erlang become it, so that the process we know is the broker.
            "RABBITMQ_ALLOW_INPUT": "1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-noinput -start_epmd false \(listening)\(calling)",
            // All nodes answer to it, at the address by which it names itself: that of the node it asks.
            "RABBITMQ_CTL_ERL_ARGS": listening,
        ]) { $1 }
    }
}
