import FoundationEssentials

/// Asks a service for its dead letters, and for what else is parked (`<service>.dead`).
public struct DeadLettersQuery: Codable, Sendable, Hashable {
    /// `dead`, `parked`, `refused`, `discarded`; all of them when nil.
    public var state: String?
    /// One of them, with its payload.
    public var id: Int?
    /// 1…500, newest first; 100 when nil.
    public var limit: Int?

    public init(state: String? = nil, id: Int? = nil, limit: Int? = nil) {
        self.state = state
        self.id = id
        self.limit = limit
    }
}

/// The letters asked for, and how many there are by state.
public struct DeadLetters: Codable, Sendable, Equatable {
    public var counts: [String: Int]
    public var letters: [DeadLetter]

    public init(counts: [String: Int] = [:], letters: [DeadLetter] = []) {
        self.counts = counts
        self.letters = letters
    }
}

/// One message that is not handled, and why.
public struct DeadLetter: Codable, Sendable, Hashable {
    public var id: Int
    public var state: String
    public var source: String
    public var messageId: String
    public var type: String?
    public var routingKey: String
    public var story: String?
    public var attempts: Int
    public var nextAttemptAt: Date?
    public var waitingFor: String?
    public var reason: String
    public var detail: String
    public var parkedAt: Date
    /// The bytes as text where they are UTF-8; only when one letter was asked for.
    public var payload: String?
    /// What happened to it, oldest first; only when one letter was asked for.
    public var log: JSONValue?

    public init(
        id: Int, state: String, source: String, messageId: String, type: String? = nil, routingKey: String,
        story: String? = nil, attempts: Int, nextAttemptAt: Date? = nil, waitingFor: String? = nil, reason: String,
        detail: String, parkedAt: Date, payload: String? = nil, log: JSONValue? = nil
    ) {
        self.id = id
        self.state = state
        self.source = source
        self.messageId = messageId
        self.type = type
        self.routingKey = routingKey
        self.story = story
        self.attempts = attempts
        self.nextAttemptAt = nextAttemptAt
        self.waitingFor = waitingFor
        self.reason = reason
        self.detail = detail
        self.parkedAt = parkedAt
        self.payload = payload
        self.log = log
    }
}

/// Brings dead letters back to be handled under their own ids, or discards them (`<service>.settle-dead-letters`).
public struct SettleDeadLetters: Codable, Sendable, Hashable {
    /// `replay` or `discard`.
    public var action: String
    /// Which; with none, all dead letters whose reason is `reason`.
    public var ids: [Int]
    public var reason: String?
    /// Says what would be done and does nothing.
    public var dryRun: Bool?
    /// Who decided, for the record.
    public var by: String

    public init(action: String, ids: [Int] = [], reason: String? = nil, dryRun: Bool? = nil, by: String) {
        self.action = action
        self.ids = ids
        self.reason = reason
        self.dryRun = dryRun
        self.by = by
    }
}

/// What was done.
public struct DeadLettersSettled: Codable, Sendable, Equatable {
    public var action: String
    public var ids: [Int]

    public init(action: String, ids: [Int] = []) {
        self.action = action
        self.ids = ids
    }
}
