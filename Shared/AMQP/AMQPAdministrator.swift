public import PollThread

/// Declares topology and looks into queues, for migrations, tools and tests. Each call waits for the broker's answers on
/// this actor's own thread. The connection is made when needed and made again after any error. Close it when done.
public actor AMQPAdministrator: ThreadBound {
    public nonisolated let thread: PollThread
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let configuration: AMQPConfiguration
    private var connection: Connection?
    private var turn: NodeTurn

    public init(_ configuration: AMQPConfiguration) {
        thread = PollThread(name: "amqp-admin")
        self.configuration = configuration
        turn = NodeTurn(configuration)
    }

    /// Declares all of it: exchanges, queues, bindings; then takes the retired bindings away.
    ///
    /// Throws `mismatch`, naming the entity, with the broker's words on the argument, when one exists with other
    /// properties: the broker cannot change them.
    public func declare(_ topology: Topology) throws(AMQPError) {
        for exchange in topology.exchanges {
            try naming("exchange \(exchange.name)") { (connection) throws(AMQPError) in
                try connection.declare(exchange)
            }
        }
        for queue in topology.queues {
            _ = try naming("queue \(queue.name)") { (connection) throws(AMQPError) in try connection.declare(queue) }
        }
        for binding in topology.bindings {
            try perform { (connection) throws(AMQPError) in try connection.bind(binding) }
        }
        for binding in topology.retiredBindings {
            do throws(AMQPError) {
                try perform { (connection) throws(AMQPError) in try connection.unbind(binding) }
            } catch .closedByPeer(404, _) {
                // Its queue or exchange is gone, and the binding with it.
            }
        }
    }

    /// The queue's ready messages and consumers. Throws `closedByPeer` 404 when there is no such queue.
    public func depth(of queue: String) throws(AMQPError) -> QueueDepth {
        try perform { (connection) throws(AMQPError) in
            try connection.declare(Topology.Queue(queue), passive: true)
        }
    }

    /// Whether the queue exists.
    public func exists(queue: String) throws(AMQPError) -> Bool {
        do throws(AMQPError) {
            _ = try depth(of: queue)
            return true
        } catch .closedByPeer(404, _) {
            return false
        }
    }

    /// Whether the exchange exists.
    public func exists(exchange: String) throws(AMQPError) -> Bool {
        do throws(AMQPError) {
            try perform { (connection) throws(AMQPError) in try connection.check(exchange: exchange) }
            return true
        } catch .closedByPeer(404, _) {
            return false
        }
    }

    /// Empties the queue of its ready messages; their number is the answer.
    @discardableResult
    public func purge(_ queue: String) throws(AMQPError) -> Int {
        try perform { (connection) throws(AMQPError) in try connection.purge(queue) }
    }

    /// Deletes the queue and what is in it. One that is not there is deleted already.
    public func delete(queue: String) throws(AMQPError) {
        try perform { (connection) throws(AMQPError) in try connection.delete(queue: queue) }
    }

    /// Deletes the exchange. One that is not there is deleted already.
    public func delete(exchange: String) throws(AMQPError) {
        try perform { (connection) throws(AMQPError) in try connection.delete(exchange: exchange) }
    }

    /// Takes one message out of the queue, gone for good (no acknowledgement); nil when it is empty. For tools: a
    /// consumer is the way to take many.
    public func take(from queue: String) throws(AMQPError) -> Delivery? {
        try perform { (connection) throws(AMQPError) in try connection.get(queue) }
    }

    /// Says goodbye to the broker. The next call connects again.
    public func close() {
        connection?.close()
        connection = nil
    }

    private func naming<T>(_ entity: String, _ body: (Connection) throws(AMQPError) -> T) throws(AMQPError) -> T {
        do throws(AMQPError) {
            return try perform(body)
        } catch .closedByPeer(406, let text) {
            throw .mismatch(entity: entity, text: text)
        }
    }

    private func perform<T>(_ body: (Connection) throws(AMQPError) -> T) throws(AMQPError) -> T {
        if let connection {
            do throws(AMQPError) {
                return try body(connection)
            } catch {
                close()
                // It may have died while it lay idle: that is found out now, and is no answer.
                if !error.isDependencyFault { throw error }
            }
        }
        let fresh = try open()
        do throws(AMQPError) {
            try fresh.openChannel()
            let result = try body(fresh)
            connection = fresh
            return result
        } catch {
            fresh.close()
            turn.moveOn()
            throw error
        }
    }

    /// At the first of the nodes that lets us in.
    private func open() throws(AMQPError) -> Connection {
        var failure = AMQPError.notConnected
        for _ in configuration.addresses {
            do throws(AMQPError) {
                return try Connection.open(configuration, at: turn.address, heartbeat: false)
            } catch {
                failure = error
                turn.moveOn()
            }
        }
        throw failure
    }
}
