import Foundation

/// One step of a story: a message that was handled, or an event that was published.
struct Span: Sendable {
    enum Kind: Int, Sendable {
        // As OpenTelemetry numbers them.
        case producer = 4
        case consumer = 5
    }

    let kind: Kind
    let name: String
    let context: TraceContext
    /// Whose doing it was; nil at the beginning of a story.
    let parent: TraceContext?
    var attributes: [(key: String, value: String)]
    var startedAt: Date
    var endedAt: Date
    var isFailed = false
}

/// Where the handling of a message stands in its story.
struct SpanPlace: Sendable {
    let own: TraceContext
    let parent: TraceContext?

    /// The next step after what a message says of itself: its hop over the broker, else whoever made it; a story of its own
    /// where it says nothing.
    init(after message: IncomingMessage?, _ traceparent: String?) {
        var header: String?
        if case .string(let text)? = message?.properties.headers["traceparent"] { header = text }
        parent = [header, traceparent].compactMap(\.self).compactMap(TraceContext.init(traceparent:)).first
        own = parent?.child() ?? TraceContext()
    }
}

extension Span {
    /// What became of a message.
    init(_ item: BatchItem, _ place: SpanPlace, queue: String, outcome: String, from start: Date) {
        self.init(
            kind: .consumer, name: "process \(queue)", context: place.own, parent: place.parent,
            attributes: [
                ("messaging.system", "rabbitmq"), ("messaging.operation.type", "process"),
                ("messaging.destination.name", queue), ("messaging.message.id", item.envelope.id),
                ("mendloop.message.type", item.envelope.type), ("mendloop.outcome", outcome),
            ] + (item.envelope.partitionkey.map { [("mendloop.work_order_id", $0)] } ?? []), startedAt: start,
            endedAt: start, isFailed: ["parked", "dead"].contains(outcome))
    }

    /// An event on its way from the outbox.
    init(_ event: PendingEvent, _ hop: TraceContext, from start: Date, to end: Date, isConfirmed: Bool) {
        self.init(
            kind: .producer, name: "send \(MendloopTopology.events)", context: hop,
            parent: event.traceparent.flatMap(TraceContext.init(traceparent:)),
            attributes: [
                ("messaging.system", "rabbitmq"), ("messaging.operation.type", "send"),
                ("messaging.destination.name", MendloopTopology.events), ("messaging.message.id", event.messageId),
                ("messaging.rabbitmq.destination.routing_key", event.routingKey),
                ("mendloop.message.type", event.wireType),
            ], startedAt: start, endedAt: end, isFailed: !isConfirmed)
    }
}
