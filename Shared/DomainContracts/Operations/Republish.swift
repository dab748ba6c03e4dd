import FoundationEssentials

/// Asks a service to say its events again, to whoever asks and to nobody else (`<service>.republish`), so that a new reader
/// can be built whole. Bind a queue first, then read from 0 until `next` is absent: what is told meanwhile comes by the queue,
/// and some of it by both ways.
public struct RepublishQuery: Codable, Sendable, Hashable {
    /// Those behind this position; 0 for all.
    public var from: Int
    /// At most so many, 1…500; 200 when nil.
    public var limit: Int?
    /// Only these types, as `mendloop.intake.work-order-opened.v1`; all when empty.
    public var types: [String]

    public init(from: Int, limit: Int? = nil, types: [String] = []) {
        self.from = from
        self.limit = limit
        self.types = types
    }
}

/// Events of the service's, in the order in which they were committed, as near as can be told.
public struct Republished: Codable, Sendable, Equatable {
    public var events: [RepublishedEvent]
    /// The position to go on from; absent where nothing is left.
    public var next: Int?

    public init(events: [RepublishedEvent] = [], next: Int? = nil) {
        self.events = events
        self.next = next
    }
}

/// One event, as it was published.
public struct RepublishedEvent: Codable, Sendable, Hashable {
    public var position: Int
    public var routingKey: String
    /// The whole CloudEvent, with its first id.
    public var event: JSONValue

    public init(position: Int, routingKey: String, event: JSONValue) {
        self.position = position
        self.routingKey = routingKey
        self.event = event
    }
}
