import DomainContracts

/// What became of a message, as it is counted.
enum MessageOutcome: String, CaseIterable, Sendable {
    case applied, duplicate, refused
    case notYet = "not_yet"
    /// It will be tried again.
    case parked
    /// It will not.
    case dead
}

/// What one transaction did with its messages, for counting once it is committed.
struct MessageTally: Sendable {
    struct Kind: Hashable, Sendable {
        let queue: String
        /// Of a known contract: what outsiders make up is `unknown`.
        let type: String
        let outcome: MessageOutcome
    }

    /// Messages that came from a queue.
    private(set) var consumed: [Kind: Int] = [:]
    /// Messages that had been parked.
    private(set) var retried: [MessageOutcome: Int] = [:]

    /// How many of them came from each queue.
    var sizes: [String: Int] {
        consumed.reduce(into: [:]) { $0[$1.key.queue, default: 0] += $1.value }
    }

    init() {}

    /// One message that was put away, whatever its batch decided.
    init(_ service: ServiceName, _ item: BatchItem, _ outcome: MessageOutcome) {
        add(ServiceQueues(of: service), item.incoming, item.parked, item.route, outcome)
    }

    /// A command that is carried out by statements of its own.
    init(_ service: ServiceName, direct type: String, _ outcome: MessageOutcome) {
        consumed[Kind(queue: ServiceQueues(of: service).commands, type: type, outcome: outcome)] = 1
    }

    init(
        _ service: ServiceName, _ items: [BatchItem], _ verdicts: [BatchVerdict], _ unreadable: [UnreadableMessage],
        _ ladder: RetryLadder
    ) {
        let queues = ServiceQueues(of: service)
        for (item, verdict) in zip(items, verdicts) {
            guard let outcome = Self.outcome(of: verdict, item, ladder) else { continue }
            add(queues, item.incoming, item.parked, item.route, outcome)
        }
        for message in unreadable {
            let outcome: MessageOutcome =
                switch message.fault {
                case .undecodable: .dead
                case .unknownType: ladder.outcome(after: message.parked, early: false)
                }
            add(queues, message.incoming, message.parked, nil, outcome)
        }
    }

    private mutating func add(
        _ queues: ServiceQueues, _ incoming: IncomingMessage?, _ parked: ParkedMessage?, _ route: MessageRoute?,
        _ outcome: MessageOutcome
    ) {
        guard let incoming else { return }
        if parked != nil {
            retried[outcome, default: 0] += 1
        } else {
            let kind = Kind(
                queue: queues.queue(of: incoming), type: route?.wireType ?? "unknown", outcome: outcome)
            consumed[kind, default: 0] += 1
        }
    }

    /// Nil for timers.
    static func outcome(
        of verdict: BatchVerdict, _ item: BatchItem, _ ladder: RetryLadder
    ) -> MessageOutcome? {
        switch verdict {
        case .done: .applied
        case .refused: item.isUndecodable ? .dead : .refused
        case .repeated: .duplicate
        case .waits: ladder.outcome(after: item.parked, early: true) == .dead ? .dead : .notYet
        case .fired: nil
        }
    }
}

extension RetryLadder {
    /// What becomes of a message that could not be handled.
    func outcome(after parked: ParkedMessage?, early: Bool) -> MessageOutcome {
        wait(after: parked, early: early) == nil ? .dead : .parked
    }
}

/// The queues that a service's messages come from, and names for what comes from none.
struct ServiceQueues: Sendable {
    private let prefix: String
    let commands: String
    let events: String
    let timers: String
    let parked: String

    init(of service: ServiceName) {
        prefix = service.rawValue + "."
        commands = prefix + "commands"
        events = prefix + "events"
        timers = prefix + "timers"
        parked = prefix + "parked"
    }

    /// Where a message came from: a service's own commands bear its name, events that of another.
    func queue(of message: IncomingMessage) -> String { message.routingKey.hasPrefix(prefix) ? commands : events }
}
