/// What travels in an envelope's `data`: one Swift type per message, with its wire name said here and nowhere else.
public protocol Message: Codable, Sendable {
    /// The service that takes the command or query, or tells the event.
    static var service: ServiceName { get }
    /// The message's own name, as in `report-repair`.
    static var wireName: String { get }
    /// Raised when a change is not additive; both versions are then published side by side.
    static var version: Int { get }
}

extension Message {
    public static var version: Int { 1 }

    /// The CloudEvents `type`: `mendloop.intake.report-repair.v1`.
    public static var wireType: String { "mendloop.\(service.rawValue).\(wireName).v\(version)" }
}

/// Asks the service that owns a thing to change it; it may be refused.
public protocol Command: Message {
    /// The data of the accepted reply.
    associatedtype Reply: Codable & Sendable = Acknowledgement
    /// The routing key carries the channel as its last word.
    static var isChannelled: Bool { get }
}

/// Says what happened; nobody can refuse it.
public protocol Event: Message {
    /// What the routing key's last word says, where there is one behind the version: `channel`, `status`.
    static var lastWord: String? { get }
    /// Whether the service keeps it to be said again (`<service>.republish`): false for what asks somebody to act, and for
    /// what holds a token.
    static var isKept: Bool { get }
    /// Members of its data that may say something about a person: what goes from a copy that is kept, once he is forgotten.
    static var personalMembers: [PersonalMember] { get }
}

/// Asks the owner what is; without effect, and answered or timed out.
public protocol Query: Message {
    associatedtype Reply: Codable & Sendable
}

extension Command {
    public static var isChannelled: Bool { false }
    /// `intake.merge`; a channelled command's key gets its channel appended: `intake.report-repair.wechat`.
    public static func routingKey(channel: String? = nil) -> String {
        let key = "\(service.rawValue).\(wireName)"
        return channel.map { "\(key).\($0)" } ?? key
    }
    public static var acceptedType: String { "mendloop.\(service.rawValue).\(wireName)-accepted.v\(version)" }
    public static var rejectedType: String { "mendloop.\(service.rawValue).\(wireName)-rejected.v\(version)" }
}

extension Event {
    public static var lastWord: String? { nil }
    public static var isKept: Bool { true }
    public static var personalMembers: [PersonalMember] { [] }

    /// `intake.work-order-opened.v1`, with the last word appended where the event has one.
    public static func routingKey(lastWord: String? = nil) -> String {
        let key = "\(service.rawValue).\(wireName).v\(version)"
        return lastWord.map { "\(key).\($0)" } ?? key
    }
}

extension Query {
    public static var routingKey: String { "\(service.rawValue).\(wireName)" }
    public static var answerType: String { "mendloop.\(service.rawValue).\(wireName)-answer.v\(version)" }
}

/// The plain answer to a command that was carried out: what it changed and how that stands now.
public struct Acknowledgement: Codable, Sendable, Equatable {
    /// The aggregate, as in `assignment/<uuid>`.
    public var subject: String
    public var version: Int
    public var status: String?

    public init(subject: String, version: Int, status: String? = nil) {
        self.subject = subject
        self.version = version
        self.status = status
    }
}
