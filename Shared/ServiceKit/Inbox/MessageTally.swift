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
        add(service, item.incoming, item.parked, item.envelope.type, outcome)
    }

    init(
        _ service: ServiceName, _ items: [BatchItem], _ verdicts: [BatchVerdict], _ unreadable: [UnreadableMessage],
        _ ladder: RetryLadder
    ) {
        for (item, verdict) in zip(items, verdicts) {
            guard let outcome = Self.outcome(of: verdict, item, ladder) else { continue }
            add(service, item.incoming, item.parked, item.envelope.type, outcome)
        }
        for message in unreadable {
            let outcome: MessageOutcome =
                switch message.fault {
                case .undecodable: .dead
                case .unknownType: ladder.outcome(after: message.parked, early: false)
                }
            add(service, message.incoming, message.parked, "unknown", outcome)
        }
    }

    private mutating func add(
        _ service: ServiceName, _ incoming: IncomingMessage?, _ parked: ParkedMessage?, _ type: String,
        _ outcome: MessageOutcome
    ) {
        guard let incoming else { return }
        if parked != nil {
            retried[outcome, default: 0] += 1
        } else {
            let kind = Kind(queue: incoming.queue(of: service), type: type, outcome: outcome)
            consumed[kind, default: 0] += 1
        }
    }

    /// Nil for timers.
    private static func outcome(
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
        wait(after: parked?.attempts ?? 0, early: early) == nil ? .dead : .parked
    }
}

extension IncomingMessage {
    /// The queue it came from: a service's own commands bear its name, events that of another.
    func queue(of service: ServiceName) -> String {
        "\(service.rawValue).\(routingKey.hasPrefix(service.rawValue + ".") ? "commands" : "events")"
    }
}
