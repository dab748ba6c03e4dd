import FoundationEssentials

/// Asks a service for its dead letters, and for what else is parked (`<service>.dead`). What is nil does not choose.
public struct DeadLettersQuery: Codable, Sendable, Hashable {
    /// `dead`, `parked`, `refused`, `discarded`.
    public var state: String?
    /// One of them, with its payload.
    public var id: Int?
    /// Some of them, at most 500.
    public var ids: [Int]?
    /// Why it is not handled, such as `handler-failed`.
    public var reason: String?
    /// The message's type, or what of it stands between `mendloop.` and the version: `intake.report-repair`.
    public var type: String?
    /// The work order in whose story it is, or whose id is in it where it says no story.
    public var story: UUID?
    /// Parked then or later, real time.
    public var since: Date?
    /// Parked before then, real time.
    public var until: Date?
    /// 1…500, newest first; 100 when nil.
    public var limit: Int?

    public init(
        state: String? = nil, id: Int? = nil, ids: [Int]? = nil, reason: String? = nil, type: String? = nil,
        story: UUID? = nil, since: Date? = nil, until: Date? = nil, limit: Int? = nil
    ) {
        self.state = state
        self.id = id
        self.ids = ids
        self.reason = reason
        self.type = type
        self.story = story
        self.since = since
        self.until = until
        self.limit = limit
    }
}

/// The letters asked for, and how many there are by state.
public struct DeadLetters: Codable, Sendable, Equatable {
    /// All of the service's, asked for or not.
    public var counts: [String: Int]
    /// How many are as asked for, beyond the limit too; nil from a service of a release that did not count them.
    public var matching: Int?
    public var letters: [DeadLetter]

    public init(counts: [String: Int] = [:], matching: Int? = nil, letters: [DeadLetter] = []) {
        self.counts = counts
        self.matching = matching
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
    /// W3C trace context of the step that brought it, by which its traces are found.
    public var traceparent: String?
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
        story: String? = nil, traceparent: String? = nil, attempts: Int, nextAttemptAt: Date? = nil,
        waitingFor: String? = nil, reason: String, detail: String, parkedAt: Date, payload: String? = nil,
        log: JSONValue? = nil
    ) {
        self.id = id
        self.state = state
        self.source = source
        self.messageId = messageId
        self.type = type
        self.routingKey = routingKey
        self.story = story
        self.traceparent = traceparent
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
    /// Which; with none, all dead letters that are as the next five say, of which one at least is given.
    public var ids: [Int]
    public var reason: String?
    /// The message's type, or what of it stands between `mendloop.` and the version.
    public var type: String?
    /// The work order in whose story it is, or whose id is in it where it says no story.
    public var story: UUID?
    /// Parked then or later, real time.
    public var since: Date?
    /// Parked before then, real time.
    public var until: Date?
    /// Of these the ones with a greater id: where the last portion ended.
    public var after: Int?
    /// At most so many, those with the smallest ids: 1…1,000; 1,000 when nil.
    public var limit: Int?
    /// Says what would be done and does nothing.
    public var dryRun: Bool?
    /// Who decided, for the record.
    public var by: String

    public init(
        action: String, ids: [Int] = [], reason: String? = nil, type: String? = nil, story: UUID? = nil,
        since: Date? = nil, until: Date? = nil, after: Int? = nil, limit: Int? = nil, dryRun: Bool? = nil, by: String
    ) {
        self.action = action
        self.ids = ids
        self.reason = reason
        self.type = type
        self.story = story
        self.since = since
        self.until = until
        self.after = after
        self.limit = limit
        self.dryRun = dryRun
        self.by = by
    }
}

/// What was done.
public struct DeadLettersSettled: Codable, Sendable, Equatable {
    public var action: String
    public var ids: [Int]
    /// How many there were in all, beyond the limit too; nil from a service of a release that did not count them.
    public var matching: Int?

    public init(action: String, ids: [Int] = [], matching: Int? = nil) {
        self.action = action
        self.ids = ids
        self.matching = matching
    }
}
