import AMQP
import DomainContracts

/// One service's share of the broker: its queues and what they are bound with.
public struct ServiceTopology: Sendable, Equatable {
    /// Whose share it is.
    public let service: ServiceName
    /// Routing keys of the events it hears.
    public let events: [String]
    /// Routing keys of events it heard once.
    public let retiredEvents: [String]

    /// - Throws: ``TopologyError`` when a key is none (see ``TopologyError/badEventKey(service:key:)``), stands twice, or is
    ///   bound and retired at once.
    public init(
        service: ServiceName, events: [String], retiredEvents: [String] = []
    ) throws(TopologyError) {
        self.service = service
        self.events = events
        self.retiredEvents = retiredEvents
        var seen: Set<String> = []
        for key in events + retiredEvents {
            guard Self.isEventKey(key) else { throw .badEventKey(service: service.rawValue, key: key) }
            guard seen.insert(key).inserted else { throw .contradictoryKey(service: service.rawValue, key: key) }
        }
    }

    /// The service's share as the table of event bindings has it.
    public init(of service: ServiceName) throws(TopologyError) {
        try self.init(
            service: service, events: EventBindings.live[service.rawValue] ?? [],
            retiredEvents: EventBindings.retired[service.rawValue] ?? [])
    }

    /// The quorum queue of its commands.
    public var commandQueue: String { "\(service.rawValue).commands" }
    /// The quorum queue of the events it hears.
    public var eventQueue: String { "\(service.rawValue).events" }
    /// The queue of its queries, which the broker forgets when it restarts.
    public var queryQueue: String { "\(service.rawValue).queries" }
    /// The quorum queue of what exceeded the delivery limit.
    public var deadQueue: String { "\(service.rawValue).dead" }

    /// Its queues that survive the broker, with their bindings.
    public var durable: Topology {
        Topology(
            queues: [
                .quorum(commandQueue, arguments: deadLettering), .quorum(eventQueue, arguments: deadLettering),
                .quorum(deadQueue),
            ],
            bindings: [
                .init(queue: commandQueue, exchange: MendloopTopology.commands, key: "\(service.rawValue).#"),
                .init(queue: deadQueue, exchange: MendloopTopology.dead, key: service.rawValue),
            ] + events.map { .init(queue: eventQueue, exchange: MendloopTopology.events, key: $0) },
            retiredBindings: retiredEvents.map {
                .init(queue: eventQueue, exchange: MendloopTopology.events, key: $0)
            })
    }

    /// Its queue of queries. It is gone when the broker has been away, so the service declares this part itself each time
    /// its connection is made. A query that waited five seconds is not waited for any more.
    public var transient: Topology {
        Topology(
            queues: [
                .init(
                    queryQueue, durable: false, arguments: ["x-queue-type": "classic", "x-message-ttl": 5_000])
            ],
            bindings: [.init(queue: queryQueue, exchange: MendloopTopology.queries, key: "\(service.rawValue).#")])
    }

    /// What keeps a message that no copy of the service gets through: after 20 deliveries it moves, confirmed by the
    /// target (at least once, which a quorum queue offers only together with reject-publish), to the service's dead queue.
    private var deadLettering: [String: AMQPValue] {
        [
            "x-delivery-limit": .int(MendloopTopology.deliveryLimit),
            "x-dead-letter-exchange": .string(MendloopTopology.dead),
            "x-dead-letter-routing-key": .string(service.rawValue),
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        ]
    }

    /// `<service>.<event>.v<N>` of a known service, with a last word, or `.*` for any, where the event has one; no other
    /// wildcard, because a version that nobody here knows would be delivered too.
    private static func isEventKey(_ key: String) -> Bool {
        var words = key.split(separator: ".", omittingEmptySubsequences: false)
        if words.count == 4, words[3] == "*" || isWord(words[3]), hasLastWord(key) { words.removeLast() }
        guard words.count == 3, ServiceName(rawValue: String(words[0])) != nil, let version = Int(words[2].dropFirst())
        else { return false }
        return words[2] == "v\(version)" && version > 0 && isWord(words[1])
    }

    private static func hasLastWord(_ key: String) -> Bool {
        let type = EventBindings.type(ofKey: key)
        return MessageCatalogue.events.contains { $0.wireType == type && $0.lastWord != nil }
    }

    private static func isWord(_ word: Substring) -> Bool {
        !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}
