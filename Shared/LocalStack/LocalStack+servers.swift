/// The servers of a stack, and the order in which they come and go.
extension LocalStack {
    func startServers(_ settings: StackSettings, _ credentials: StackCredentials) async throws {
        async let brokerStart: Void = startBroker(settings, credentials)
        let database = databaseServer(settings, credentials)
        try await database.start()
        try await database.prepareDatabases()
        // A former primary knows nothing of what came after it.
        if settings.cluster?.isPromoted == false, let standby = otherServer(settings, credentials) {
            try await standby.follow(database)
            try await standby.start()
            try await database.require(standby)
        }
        try await brokerStart
    }

    func startBroker(_ settings: StackSettings, _ credentials: StackCredentials) async throws {
        let nodes = brokerServers(settings, credentials)
        // Nodes that come for the first time join the first one, which has to be there. Later all have to come together.
        if let first = nodes.first, !first.hasBooted { try await first.start() }
        if nodes.count > 1 { try await PortMapper(folder: folder, settings: settings).start() }
        try await withThrowingTaskGroup { group in
            for node in nodes { group.addTask { try await node.start() } }
            try await group.waitForAll()
        }
        guard nodes.count > 1, let first = nodes.first else { return }
        let isWhole = try await becomesTrue(within: .seconds(60)) { await first.knownNodes == nodes.count }
        if !isWhole { throw StackError.startFailed("RabbitMQ's cluster", log: "its nodes have not found each other") }
    }

    func stopServers(_ settings: StackSettings, _ credentials: StackCredentials) async throws {
        async let brokerStop: Void = stopBroker(settings, credentials)
        try await otherServer(settings, credentials)?.stop()
        try await databaseServer(settings, credentials).stop()
        try await brokerStop
    }

    func stopBroker(_ settings: StackSettings, _ credentials: StackCredentials) async throws {
        try await withThrowingTaskGroup { group in
            for node in brokerServers(settings, credentials) { group.addTask { try await node.stop() } }
            try await group.waitForAll()
        }
        PortMapper(folder: folder, settings: settings).stop()
    }

    /// The server that takes writes.
    func databaseServer(_ settings: StackSettings, _ credentials: StackCredentials) -> DatabaseServer {
        server(at: settings.primary, settings, credentials)
    }

    /// The standby, or the former primary; nil where there is none.
    func otherServer(_ settings: StackSettings, _ credentials: StackCredentials) -> DatabaseServer? {
        settings.standby.map { server(at: $0, settings, credentials) }
    }

    private func server(
        at place: DatabasePlace, _ settings: StackSettings, _ credentials: StackCredentials
    ) -> DatabaseServer {
        DatabaseServer(folder: folder, settings: settings, credentials: credentials, purpose: purpose, place: place)
    }

    func brokerServers(_ settings: StackSettings, _ credentials: StackCredentials) -> [BrokerServer] {
        settings.brokerNodes.map {
            BrokerServer(folder: folder, settings: settings, credentials: credentials, purpose: purpose, node: $0)
        }
    }

    /// The node to ask: the only one, or the first that answers.
    func brokerServer(_ settings: StackSettings, _ credentials: StackCredentials) async -> BrokerServer {
        let nodes = brokerServers(settings, credentials)
        guard nodes.count > 1 else { return nodes[0] }
        for node in nodes where await node.isReady { return node }
        return nodes[0]
    }
}
