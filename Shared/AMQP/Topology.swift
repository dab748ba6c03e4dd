/// The exchanges, queues and bindings that a deployment needs. Declaring it twice changes nothing.
public struct Topology: Sendable, Equatable {
    public struct Exchange: Sendable, Equatable {
        public enum Kind: String, Sendable { case direct, topic, fanout, headers }

        public var name: String
        public var kind: Kind
        public var durable: Bool
        public var arguments: [String: AMQPValue]

        public init(_ name: String, kind: Kind, durable: Bool = true, arguments: [String: AMQPValue] = [:]) {
            self.name = name
            self.kind = kind
            self.durable = durable
            self.arguments = arguments
        }
    }

    public struct Queue: Sendable, Equatable {
        public var name: String
        public var durable: Bool
        /// Only the declaring connection may use it; it goes with the connection.
        public var exclusive: Bool
        /// It goes when its last consumer goes.
        public var autoDelete: Bool
        public var arguments: [String: AMQPValue]

        public init(
            _ name: String, durable: Bool = true, exclusive: Bool = false, autoDelete: Bool = false,
            arguments: [String: AMQPValue] = [:]
        ) {
            self.name = name
            self.durable = durable
            self.exclusive = exclusive
            self.autoDelete = autoDelete
            self.arguments = arguments
        }

        /// A quorum queue.
        public static func quorum(_ name: String, arguments: [String: AMQPValue] = [:]) -> Queue {
            Queue(name, arguments: arguments.merging(["x-queue-type": "quorum"]) { mine, _ in mine })
        }
    }

    public struct Binding: Sendable, Equatable {
        public var queue: String
        public var exchange: String
        public var key: String
        public var arguments: [String: AMQPValue]

        public init(queue: String, exchange: String, key: String, arguments: [String: AMQPValue] = [:]) {
            self.queue = queue
            self.exchange = exchange
            self.key = key
            self.arguments = arguments
        }
    }

    public var exchanges: [Exchange]
    public var queues: [Queue]
    public var bindings: [Binding]
    /// Bindings of earlier versions: taken away if they are still there.
    public var retiredBindings: [Binding]

    public init(
        exchanges: [Exchange] = [], queues: [Queue] = [], bindings: [Binding] = [], retiredBindings: [Binding] = []
    ) {
        self.exchanges = exchanges
        self.queues = queues
        self.bindings = bindings
        self.retiredBindings = retiredBindings
    }

    /// Adds the other's parts to this one's, each once.
    public mutating func merge(_ other: Topology) {
        for item in other.exchanges where !exchanges.contains(item) { exchanges.append(item) }
        for item in other.queues where !queues.contains(item) { queues.append(item) }
        for item in other.bindings where !bindings.contains(item) { bindings.append(item) }
        for item in other.retiredBindings where !retiredBindings.contains(item) { retiredBindings.append(item) }
    }
}
