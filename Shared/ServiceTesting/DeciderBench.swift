import DomainContracts
import Foundation
import ServiceKit

/// Runs a service's deciders in memory, without broker or database: states in a dictionary, time by hand, the same
/// ids every time. For tests of what is decided; how it is stored and sent is tested on the real servers.
public struct DeciderBench {
    /// Domain time of the next message; tests move it on.
    public var now: Date
    /// Every event emitted so far, oldest first.
    public private(set) var events: [any Event] = []
    /// Every row appended so far.
    public private(set) var facts: [any FactRow] = []
    /// Timers that are set.
    public private(set) var timers: [FiredTimer] = []

    private let service: ServiceName
    private let ids = IDGenerator.seeded(1)
    private var states: [AggregateKey: (value: any Aggregate, version: Int)] = [:]
    private var sequences: [String: Int] = [:]
    private var bookNumbers: [String: Int] = [:]
    /// Until when books are closed.
    public var closedUntil: Date?

    public init(_ service: ServiceName, now: Date = Date(timeIntervalSince1970: 1_795_000_000)) {
        self.service = service
        self.now = now
    }

    /// Carries out a command; throws its refusal. `story` is the partition key, `channel` the routing key's last word.
    @discardableResult
    public mutating func send<H: CommandHandler>(
        _ command: H.C, to handler: H, by actor: (type: String, id: String)? = nil, story: UUID? = nil,
        channel: String? = nil, source: String = "/adapters/test", id: String? = nil
    ) throws -> H.C.Reply {
        let envelope = envelope(
            type: H.C.wireType, source: source, id: id, story: story, actor: actor ?? ("user", "tester"))
        var keys = Keys()
        handler.keys(command, &keys)
        let outcome = try run(envelope, keys, channel: channel) { turn throws(Refusal) in
            .reply(try handler.decide(command, &turn), type: H.C.acceptedType)
        }
        guard case .reply(let reply as H.C.Reply, _) = outcome else { throw Unexpected() }
        return reply
    }

    /// Applies an event from another service.
    @discardableResult
    public mutating func receive<H: EventHandler>(
        _ event: H.E, by handler: H, story: UUID? = nil, sequence: Int = 1, subject: String? = nil
    ) throws -> EventOutcome {
        var envelope = envelope(
            type: H.E.wireType, source: "/mendloop/\(H.E.service.rawValue)", id: nil, story: story, actor: nil)
        envelope.sequence = Envelope.padded(sequence)
        envelope.subject = subject
        var keys = Keys()
        handler.keys(event, &keys)
        let outcome = try run(envelope, keys, channel: nil) { turn throws(Refusal) in
            switch handler.decide(event, &turn) {
            case .applied: .applied
            case .notYet(let subject): .notYet(waitingFor: subject)
            }
        }
        if case .notYet(let subject) = outcome { return .notYet(waitingFor: subject) }
        return .applied
    }

    /// Fires the timer of this kind for `id`, moving time to when it is due if that lies ahead; nothing when it is not
    /// set.
    @discardableResult
    public mutating func fire<H: TimerHandler>(_ handler: H, for id: UUID) throws -> Bool {
        guard let index = timers.firstIndex(where: { $0.kind == H.kind && $0.id == id }) else { return false }
        let timer = timers.remove(at: index)
        try fire(handler, timer)
        return true
    }

    /// Fires a timer as it was set once, though it was fired before.
    public mutating func fire<H: TimerHandler>(_ handler: H, _ timer: FiredTimer) throws {
        now = max(now, timer.dueAt)
        var keys = Keys()
        handler.keys(timer, &keys)
        let envelope = envelope(
            type: "mendloop.\(service.rawValue).timer.v1", source: "/mendloop/\(service.rawValue)", id: nil, story: nil,
            actor: nil)
        _ = try run(envelope, keys, channel: nil) { turn throws(Refusal) in
            handler.decide(timer, &turn)
            return .applied
        }
    }

    public func state<A: Aggregate>(_ type: A.Type, _ id: UUID) -> A? { states[AggregateKey(type, id)]?.value as? A }
    /// 0 while there is none.
    public func version<A: Aggregate>(of type: A.Type, _ id: UUID) -> Int {
        states[AggregateKey(type, id)]?.version ?? 0
    }

    public mutating func put<A: Aggregate>(_ value: A, _ id: UUID) {
        let key = AggregateKey(A.self, id)
        states[key] = (value, (states[key]?.version ?? 0) + 1)
    }

    /// The newest event of a type.
    public func last<E: Event>(_ type: E.Type) -> E? { events.last { $0 is E } as? E }
    public func all<E: Event>(_ type: E.Type) -> [E] { events.compactMap { $0 as? E } }

    private func envelope(
        type: String, source: String, id: String?, story: UUID?, actor: (type: String, id: String)?
    ) -> Envelope {
        Envelope(
            id: id ?? ids.next().text, source: source, type: type, time: now,
            partitionkey: story?.text, authtype: actor?.type, authid: actor?.id)
    }

    private mutating func run(
        _ envelope: Envelope, _ keys: Keys, channel: String?,
        _ decide: (inout Turn) throws(Refusal) -> RouteOutcome
    ) throws -> RouteOutcome {
        var needed = keys
        var drawn: [String: Int] = [:]
        while true {
            var batch = BatchState(service: service, ids: ids)
            for key in needed.types.keys { batch.supply(key, states[key]?.value, version: states[key]?.version ?? 0) }
            for (sequence, count) in drawn {
                let first = sequences[sequence, default: 0] + 1
                batch.supply(numbers: Array(first..<first + count), of: sequence)
            }
            switch batch.turn(now: now, envelope: envelope, channel: channel, decide) {
            case .missing(let keys, let numbers):
                needed.formUnion(keys)
                drawn.merge(numbers, uniquingKeysWith: +)
            case .refused(let refusal): throw refusal
            case .decided(let outcome):
                for (sequence, count) in drawn { sequences[sequence, default: 0] += count }
                keep(batch, needed)
                return outcome
            }
        }
    }

    private mutating func keep(_ batch: BatchState, _ keys: Keys) {
        for key in keys.types.keys {
            if let value = batch.value(key) { states[key] = (value, batch.version(key)) }
        }
        events += batch.emitted.map(\.event)
        facts += batch.appended
        for build in batch.postings {
            bookNumbers["all", default: 0] += 1
            let built = build(
                BookPlace(series: 1, sequence: bookNumbers["all", default: 0], closedUntil: closedUntil))
            events.append(built.event)
            facts.append(built.row)
        }
        for change in batch.timerChanges {
            timers.removeAll {
                $0.kind == change.key.kind && $0.id == change.key.id && $0.discriminator == change.key.discriminator
            }
            if change.isSet { timers.append(change.key) }
        }
    }

    private struct Unexpected: Error {}
}
