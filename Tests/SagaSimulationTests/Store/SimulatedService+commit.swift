import DomainContracts
import Foundation

@testable import ServiceKit

extension SimulatedService {
    /// Decides about claimed things as one batch, through the product's own fold.
    func decide(_ claims: [Transaction.Claim], now: Date) throws -> Transaction {
        var transaction = Transaction(state: BatchState(service: name, ids: ids))
        for claim in claims {
            let reading: MessageReader.Reading?
            switch claim {
            case .delivery(let message): reading = item(message)
            case .parked(let id): reading = parked.first { $0.id == id }.map { item($0.message) }
            case .timer(let key): reading = timers[key].flatMap { item($0, now: now) }.map { .item($0) }
            }
            switch reading {
            case .item(let item):
                transaction.claims.append(claim)
                transaction.items.append(item)
            case .unreadable(let message): transaction.unreadable.append(message)
            case nil: break
            }
        }
        var fold = BatchFold(transaction.items, now: now, state: transaction.state)
        transaction.verdicts = try fold.run(reading: self)
        transaction.state = fold.state
        return transaction
    }

    /// Writes what was decided, as `BatchWriter` and `Settlement` do. `encode` says which events travel in bytes.
    func commit(_ transaction: Transaction, now: Date, encode: (Envelope) -> Bool) throws -> Commit {
        var commit = Commit(service: name, now: now)
        commit.turns = transaction.state.effects.count
        for case .timer(let key) in transaction.claims { timers[key] = nil }
        writeStates(transaction.state, &commit)
        writeTimers(transaction.state)
        commit.facts = transaction.state.appended
        try writeEvents(transaction.state, &commit, encode)
        settle(transaction, &commit, now: now)
        commit.dead += transaction.unreadable.map { "unreadable \($0.incoming.routingKey)" }
        return commit
    }

    private func writeStates(_ state: BatchState, _ commit: inout Commit) {
        for (key, entry) in state.workspace.entries.sorted(by: { $0.key < $1.key }) where entry.isChanged {
            guard let value = entry.value else { continue }
            let before = stored[key]
            if before == nil { keys[key.table, default: []].append(key) }
            stored[key] = Stored(value: value, version: entry.version)
            commit.changes.append(
                Commit.Change(
                    key: key, before: before?.value, after: value,
                    versions: (before?.version ?? 0)...max(before?.version ?? 0, entry.version)))
        }
    }

    private func writeTimers(_ state: BatchState) {
        for turn in state.effects {
            for (key, change) in turn.effects.timers {
                switch change {
                case .cleared: timers[key] = nil
                case .set(let timer):
                    timers[key] = TimerRow(
                        timer: timer, story: turn.envelope.partitionkey,
                        correlation: turn.envelope.correlationid ?? turn.envelope.id)
                }
            }
        }
    }

    private func writeEvents(_ state: BatchState, _ commit: inout Commit, _ encode: (Envelope) -> Bool) throws {
        for event in state.effects.flatMap(\.effects.events) {
            try enqueue(event.envelope, event.routingKey, event.event, &commit, encode)
        }
        let postings = state.effects.flatMap(\.effects.postings)
        for posting in postings {
            books[posting.book, default: 0] += 1
            let (event, row) = posting.build(BookPlace(series: 1, sequence: books[posting.book, default: 0]))
            commit.facts.append(row)
            try enqueue(event.envelope, event.routingKey, event.event, &commit, encode)
        }
    }

    private func enqueue<E: Event>(
        _ envelope: Envelope, _ routingKey: String, _ event: E, _ commit: inout Commit, _ encode: (Envelope) -> Bool
    ) throws {
        let message = try SimulatedMessage(envelope, routingKey, event, encoded: encode(envelope))
        outbox.append(OutboxEntry(id: nextRow(), message: message))
        commit.events.append(message)
    }

    private func settle(_ transaction: Transaction, _ commit: inout Commit, now: Date) {
        var stories: Set<String> = []
        for (index, (item, verdict)) in zip(transaction.items, transaction.verdicts).enumerated() {
            commit.handled.append(Commit.Handled(item: item, verdict: verdict))
            switch verdict {
            case .done(let answer): remember(item, answer)
            case .refused(let answer): remember(item, answer)
            case .waits(let subject):
                park(transaction.claims[index], waitingFor: subject, &commit, now: now)
                continue
            case .repeated, .fired: break
            }
            if case .parked(let id) = transaction.claims[index] { parked.removeAll { $0.id == id } }
            if let story = item.envelope.partitionkey { stories.insert("work-order/\(story)") }
            if let subject = item.envelope.subject { stories.insert(subject) }
        }
        for index in parked.indices where parked[index].nextAttempt > now {
            if let subject = parked[index].waitingFor, stories.contains(subject) { parked[index].nextAttempt = now }
        }
    }

    private func remember(_ item: BatchItem, _ answer: Answer?) {
        guard item.route != nil else { return }
        inbox[item.dedupeKey] = BatchFold.InboxEntry(bodyHash: item.bodyHash, answer: answer)
    }

    private func park(_ claim: Transaction.Claim, waitingFor subject: String, _ commit: inout Commit, now: Date) {
        func next(after attempts: Int) -> Date? {
            RetryLadder.standard.wait(after: attempts, early: true).map {
                now.addingTimeInterval(Double($0.components.seconds))
            }
        }
        switch claim {
        case .timer: break
        case .parked(let id):
            guard let index = parked.firstIndex(where: { $0.id == id }) else { return }
            guard let date = next(after: parked[index].attempts) else {
                commit.dead.append("\(parked[index].message.name) waited for \(subject) too often")
                parked.remove(at: index)
                return
            }
            parked[index].attempts += 1
            parked[index].nextAttempt = date
            parked[index].waitingFor = subject
        case .delivery(let message):
            let key = (message.envelope.source, message.envelope.id)
            guard !parked.contains(where: { ($0.message.envelope.source, $0.message.envelope.id) == key }),
                let date = next(after: 0)
            else { return }
            parked.append(
                Parked(id: nextRow(), message: message, attempts: 1, nextAttempt: date, waitingFor: subject))
        }
    }
}
