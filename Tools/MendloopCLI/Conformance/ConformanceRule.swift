/// What docs/adapters.md asks of an adapter, as far as it can be seen from outside.
enum ConformanceRule: String, CaseIterable, Codable, Sendable {
    case readable
    case namedByKey = "named-by-key"
    case ownChannel = "own-channel"
    case valid
    case properties
    case persistent
    case size
    case sameAgain = "same-again"
    case newIsNew = "new-is-new"
    case confirms
    case taken
    case comesBack = "comes-back"
    case delivers

    /// What an adapter that keeps it does.
    var words: String {
        switch self {
        case .readable: "a message is a CloudEvent, structured or binary"
        case .namedByKey: "its routing key names its type, and the channel last"
        case .ownChannel: "source is /adapters/<channel>, and data.channel says the same"
        case .valid: "its data follow docs/asyncapi.yaml"
        case .properties: "content_type, message_id and type stand in the properties as in the body"
        case .persistent: "delivery_mode is 2"
        case .size: "it has at most 256 KiB"
        case .sameAgain: "what is sent again under one source and id is the same"
        case .newIsNew: "a report that is sent again keeps its id"
        case .confirms: "publisher confirms are on"
        case .taken: "no report is rejected"
        case .comesBack: "cut off from the broker, it connects again"
        case .delivers: "each notification is answered with confirm-delivery"
        }
    }
}

/// How often a rule was seen kept, and how it was broken.
struct ConformanceFinding: Codable, Sendable, Equatable {
    var rule: ConformanceRule
    var kept = 0
    var broken = 0
    /// Of the first breaches, what was wrong with which message.
    var breaches: [String] = []

    static let mostBreaches = 3

    mutating func note(_ breach: String?) {
        guard let breach else {
            kept += 1
            return
        }
        broken += 1
        if breaches.count < Self.mostBreaches { breaches.append(breach) }
    }
}
