import Foundation

/// RabbitMQ's configuration in its own folder, and the environment that makes it look nowhere else.
struct BrokerFiles: Sendable {
    var settings: StackSettings
    var credentials: StackCredentials
    var purpose: LocalStack.Purpose

    func write() throws {
        let root = settings.brokerFolder
        try settings.account.makeFolder(settings.dataFolder)
        for folder in [root, root + "/home", root + "/mnesia", root + "/log", root + "/conf.d"] {
            try settings.account.makeFolder(folder)
        }
        let cookie = root + "/home/.erlang.cookie"
        if !FileManager.default.fileExists(atPath: cookie) {
            try settings.account.write(StackCredentials.newPassword(), to: cookie, mode: 0o400)
        }
        try settings.account.write("", to: root + "/env.conf")
        try settings.account.write("[rabbitmq_management, rabbitmq_prometheus].\n", to: root + "/enabled_plugins")
        try settings.account.write("[].\n", to: root + "/advanced.config")
        try settings.account.write(configuration, to: root + "/rabbitmq.conf")
    }

    private var configuration: String {
        """
        listeners.tcp.local = 127.0.0.1:\(settings.ports.amqp)
        management.tcp.ip = 127.0.0.1
        management.tcp.port = \(settings.ports.management)
        management.disable_stats = true
        management_agent.disable_metrics_collector = true
        prometheus.tcp.ip = 127.0.0.1
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

    /// The environment of the server and of `rabbitmqctl`.
    static func environment(_ settings: StackSettings) -> [String: String] {
        let root = settings.brokerFolder
        let loopback = "-kernel inet_dist_use_interface {127,0,0,1}"
        return Command.plainEnvironment.merging([
            "HOME": root + "/home",
            "RABBITMQ_NODENAME": "mendloop@localhost",
            "RABBITMQ_CONF_ENV_FILE": root + "/env.conf",
            "RABBITMQ_CONFIG_FILE": root + "/rabbitmq.conf",
            "RABBITMQ_CONFIG_FILES": root + "/conf.d",
            "RABBITMQ_ADVANCED_CONFIG_FILE": root + "/advanced.config",
            "RABBITMQ_ENABLED_PLUGINS_FILE": root + "/enabled_plugins",
            "RABBITMQ_MNESIA_BASE": root + "/mnesia",
            "RABBITMQ_LOG_BASE": root + "/log",
            "RABBITMQ_DIST_PORT": "\(settings.ports.distribution)",
            "ERL_EPMD_PORT": "\(settings.ports.epmd)",
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            // Together these make the shell that starts Erlang become it, so that the process we know is the broker.
            "RABBITMQ_ALLOW_INPUT": "1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-noinput -start_epmd false \(loopback)",
            "RABBITMQ_CTL_ERL_ARGS": loopback,
        ]) { $1 }
    }
}
