import FoundationEssentials

/// Asks a service what happened to one work order there (`<service>.story`).
public struct StoryQuery: Codable, Sendable, Hashable {
    public var workOrderId: UUID

    public init(workOrderId: UUID) {
        self.workOrderId = workOrderId
    }
}

/// What happened, in order.
public struct StoryAnswer: Codable, Sendable, Equatable {
    public var steps: [StoryStep]

    public init(steps: [StoryStep] = []) {
        self.steps = steps
    }
}

/// One change of one aggregate.
public struct StoryStep: Codable, Sendable, Hashable {
    public var aggregate: String
    public var aggregateId: UUID
    public var version: Int
    public var event: String
    public var status: String?
    public var messageId: String
    public var messageType: String
    public var actorType: String?
    public var actorId: String?
    public var occurredAt: Date
    public var recordedAt: Date

    public init(
        aggregate: String, aggregateId: UUID, version: Int, event: String, status: String? = nil, messageId: String,
        messageType: String, actorType: String? = nil, actorId: String? = nil, occurredAt: Date, recordedAt: Date
    ) {
        self.aggregate = aggregate
        self.aggregateId = aggregateId
        self.version = version
        self.event = event
        self.status = status
        self.messageId = messageId
        self.messageType = messageType
        self.actorType = actorType
        self.actorId = actorId
        self.occurredAt = occurredAt
        self.recordedAt = recordedAt
    }
}
