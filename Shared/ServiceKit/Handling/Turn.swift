import DomainContracts
import Foundation

/// One message's decision: what it may know, and what it wants done. Everything in it is committed together, or
/// nothing is.
public struct Turn: Sendable {
    /// Domain time, to the millisecond; the same for the whole batch.
    public let now: Date
    /// The envelope of the message; for a timer, one that names it.
    public let envelope: Envelope
    /// The routing key's last word, for commands that are sent by channel.
    public let channel: String?
    /// The service that decides.
    public let service: ServiceName

    var workspace: Workspace
    var effects = Effects()
    /// Aggregates that the decider asked for and the batch has not loaded: it runs again once they are there.
    var missing = Keys()
    let ordinal: Int
    private let ids: IDGenerator
    private var numbers: NumberSupply
    /// Ids made in this turn: nothing can be stored under them yet, so they need not be looked for.
    private var fresh: Set<UUID> = []

    init(
        now: Date, envelope: Envelope, channel: String?, service: ServiceName, workspace: Workspace,
        ordinal: Int, ids: IDGenerator, numbers: NumberSupply
    ) {
        self.now = now
        self.envelope = envelope
        self.channel = channel
        self.service = service
        self.workspace = workspace
        self.ordinal = ordinal
        self.ids = ids
        self.numbers = numbers
    }

    /// A new UUIDv7, for an aggregate or event that this turn makes.
    public mutating func newID() -> UUID {
        let id = ids.next()
        fresh.insert(id)
        return id
    }

    /// The clamped time of a person's act: not before `earliest`, not after now (a phone may be offline, or wrong).
    public func occurred(_ occurredAt: Date?, notBefore earliest: Date? = nil) -> Date {
        let claimed = min(occurredAt ?? now, now)
        return earliest.map { max($0, claimed) } ?? claimed
    }

    /// The aggregate as it stands now in this batch; nil when there is none.
    public mutating func get<A: Aggregate>(_ type: A.Type, _ id: UUID) -> A? {
        let key = AggregateKey(type, id)
        guard let entry = workspace.entries[key], entry.isLocked else {
            if !fresh.contains(id) { missing.add(key, type) }
            return nil
        }
        return entry.value as? A
    }

    /// The aggregate without locking it, for what many messages read and few change, such as the rules in force: as it
    /// was committed when the batch began, or as this batch left it.
    public mutating func look<A: Aggregate>(at type: A.Type, _ id: UUID) -> A? {
        let key = AggregateKey(type, id)
        guard let entry = workspace.entries[key] else {
            missing.addUnlocked(key, type)
            return nil
        }
        return entry.value as? A
    }

    /// Version of the aggregate as it stands now: 0 when there is none.
    public mutating func version<A: Aggregate>(_ type: A.Type, _ id: UUID) -> Int {
        _ = get(type, id)
        return workspace.entries[AggregateKey(type, id)]?.version ?? 0
    }

    /// Stores an aggregate, new or changed; raises its version once per message.
    public mutating func set<A: Aggregate>(_ value: A, _ id: UUID) {
        let key = AggregateKey(A.self, id)
        if !workspace.contains(key) {
            guard fresh.contains(id) else {
                missing.add(key, A.self)
                return
            }
            workspace.load(key, nil, version: 0)
        }
        workspace.set(key, value, message: ordinal)
        effects.touched.insert(key)
    }

    /// The next number of a database sequence (`work_order_number`); gaps are allowed. Zero on a run that will be
    /// repeated because numbers or states were still missing.
    public mutating func nextNumber(_ sequence: String) -> Int { numbers.next(sequence) }

    var missingNumbers: [String: Int] { numbers.shortfall }
    var remainingNumbers: NumberSupply { numbers }

    /// Tells what happened to `aggregate`; published after the commit. Set the aggregate first: the event's sequence
    /// is the version it leaves. `story` is the work order's id; by default the story of the message at hand.
    public mutating func emit<E: Event, A: Aggregate>(
        _ event: E, about type: A.Type, _ id: UUID, story: UUID? = nil, lastWord: String? = nil
    ) {
        let version = version(type, id)
        let out = outgoing(event, subject: A.subject(id), sequence: version, story: story, lastWord: lastWord)
        effects.events.append(out)
        effects.eventNames[AggregateKey(type, id)] = E.wireName
    }

    /// Tells what happened, about a subject that is no aggregate of ours.
    public mutating func emit<E: Event>(
        _ event: E, subject: String, sequence: Int = 1, story: UUID? = nil, lastWord: String? = nil
    ) {
        effects.events.append(
            outgoing(event, subject: subject, sequence: sequence, story: story, lastWord: lastWord))
    }

    /// Posts an entry to a gapless book: its number is given by the batch's last statement, under the book's lock.
    /// `build` makes the event and the row once that is known.
    public mutating func post<E: Event>(
        toBook book: String, story: UUID?,
        _ build: @escaping @Sendable (BookPlace) -> (event: E, subject: String, row: any FactRow)
    ) {
        let turn = self
        effects.postings.append(
            Posting(book: book) { place in
                let built = build(place)
                let event = turn.outgoing(
                    built.event, subject: built.subject, sequence: place.sequence, story: story, lastWord: nil)
                return (event, built.row)
            })
    }

    /// Adds a row to an append-only table.
    public mutating func append(_ row: any FactRow) { effects.facts.append(row) }

    /// Fires `T` for the aggregate at a domain time; an earlier setting of the same timer is replaced.
    public mutating func schedule<T: TimerHandler>(
        _ type: T.Type, for id: UUID, at due: Date, discriminator: String = ""
    ) {
        let timer = FiredTimer(kind: T.kind, id: id, discriminator: discriminator, dueAt: due)
        effects.timers[timer.key] = .set(timer)
    }

    public mutating func cancel<T: TimerHandler>(_ type: T.Type, for id: UUID, discriminator: String = "") {
        let timer = FiredTimer(kind: T.kind, id: id, discriminator: discriminator, dueAt: .distantPast)
        effects.timers[timer.key] = .cleared
    }

    /// Decides as if, for a dry run: what `body` answers is kept, and nothing of what it sets or tells.
    public mutating func trying<Answer>(_ body: (inout Turn) -> Answer) -> Answer {
        var trial = self
        let answer = body(&trial)
        missing = trial.missing
        numbers = trial.numbers
        return answer
    }

    /// Names the event in the aggregate's history where none is emitted about it.
    public mutating func note<A: Aggregate>(_ name: String, about type: A.Type, _ id: UUID) {
        effects.eventNames[AggregateKey(type, id)] = name
    }

    private func outgoing<E: Event>(
        _ event: E, subject: String, sequence: Int, story: UUID?, lastWord: String?
    ) -> OutgoingEvent {
        OutgoingEvent(
            envelope: Envelope(
                id: ids.next().text, source: "/mendloop/\(service.rawValue)", type: E.wireType,
                subject: subject, time: now, sequence: sequence,
                partitionkey: story?.text ?? envelope.partitionkey,
                correlationid: envelope.correlationid ?? envelope.id, causationid: envelope.id,
                authtype: envelope.authtype, authid: envelope.authid, traceparent: envelope.traceparent),
            routingKey: E.routingKey(lastWord: lastWord), event: event)
    }
}

extension FiredTimer {
    /// Identifies a timer: setting it again replaces it.
    struct Key: Hashable, Sendable {
        let kind: String
        let id: UUID
        let discriminator: String
    }
    var key: Key { Key(kind: kind, id: id, discriminator: discriminator) }
}
