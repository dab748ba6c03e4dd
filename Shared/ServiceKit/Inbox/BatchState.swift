import DomainContracts
import Foundation
import Postgres

/// What one transaction knows and wants: the loaded aggregates, the drawn numbers, and the effects of the turns taken
/// so far. A value, so that folding can be begun anew once missing states are loaded.
package struct BatchState: Sendable {
    let service: ServiceName
    let ids: IDGenerator
    var workspace = Workspace()
    var numbers = NumberSupply()
    var effects: [TurnEffects] = []
    private var turns = 0

    /// The effects of one turn, with the message that caused them.
    struct TurnEffects: Sendable {
        let envelope: Envelope
        let occurredAt: Date
        let effects: Effects
        /// Version and status each touched aggregate had after the turn, of those that have a history.
        let after: [AggregateKey: (version: Int, status: String?)]
    }

    /// How a turn ended.
    package enum Ending: Sendable {
        case decided(RouteOutcome)
        case refused(Refusal)
        /// The decider asked for states or numbers that are not here; nothing was kept.
        case missing(Keys, numbers: [String: Int])
    }

    package init(service: ServiceName, ids: IDGenerator) {
        self.service = service
        self.ids = ids
    }

    /// Takes one turn and keeps its changes, unless it is refused, not yet due, or short of something.
    package mutating func turn(
        now: Date, envelope: Envelope, channel: String?,
        _ decide: (inout Turn) throws(Refusal) -> RouteOutcome
    ) -> Ending {
        turns += 1
        var turn = Turn(
            now: now, envelope: envelope, channel: channel, service: service, workspace: workspace, ordinal: turns,
            ids: ids, numbers: numbers)
        // The turn owns the only copy while it runs, so that changing a state copies no dictionary.
        workspace = Workspace()
        turn.workspace.checkpoint()
        let ending: Ending
        do throws(Refusal) {
            ending = .decided(try decide(&turn))
        } catch {
            ending = .refused(error)
        }
        if !turn.missing.types.isEmpty || !turn.missingNumbers.isEmpty {
            turn.workspace.rollBack()
            workspace = turn.workspace
            // All begins anew. Until then the numbers are taken as they will be, or every turn of the batch would ask for
            // what the first one's number names, and each new beginning would bring one turn further.
            numbers = turn.remainingNumbers
            numbers.forgetShortfall()
            return .missing(turn.missing, numbers: turn.missingNumbers)
        }
        switch ending {
        case .decided(.reply), .decided(.applied):
            workspace = turn.workspace
            numbers = turn.remainingNumbers
            keep(turn)
        default:
            turn.workspace.rollBack()
            workspace = turn.workspace
        }
        return ending
    }

    private mutating func keep(_ turn: Turn) {
        var after: [AggregateKey: (version: Int, status: String?)] = [:]
        for key in turn.effects.touched {
            guard let entry = workspace.entries[key], let value = entry.value, type(of: value).hasHistory else {
                continue
            }
            after[key] = (entry.version, value.historyStatus)
        }
        effects.append(
            TurnEffects(
                envelope: turn.envelope, occurredAt: turn.envelope.time ?? turn.now, effects: turn.effects,
                after: after))
    }

    /// A worker's turn: nothing can refuse it, and what it needs was loaded before.
    mutating func workerTurn(
        now: Date, of message: Envelope? = nil, story: UUID?, _ body: (inout Turn) -> Void
    ) throws {
        let envelope =
            message
            ?? Envelope(
                id: ids.next().text, source: "/mendloop/\(service.rawValue)",
                type: "mendloop.\(service.rawValue).worker.v1", time: now,
                partitionkey: story?.text, authtype: "service", authid: service.rawValue)
        let ending = turn(now: now, envelope: envelope, channel: nil) { turn throws(Refusal) in
            body(&turn)
            return .applied
        }
        if case .missing(let keys, let numbers) = ending {
            throw UndeclaredNeed(keys: keys.types.keys.sorted().map { "\($0.table)/\($0.id)" }, numbers: numbers)
        }
    }

    /// A worker asked for what it had not loaded: a fault of the program.
    struct UndeclaredNeed: Error {
        let keys: [String]
        let numbers: [String: Int]
    }

    /// Puts states and numbers in place without a database, for tests of deciders.
    package mutating func supply(_ key: AggregateKey, _ value: (any Aggregate)?, version: Int) {
        workspace.load(key, value, version: version)
    }

    package mutating func supply(numbers drawn: [Int], of sequence: String) { numbers.add(drawn, of: sequence) }

    package func value(_ key: AggregateKey) -> (any Aggregate)? { workspace.entries[key]?.value }
    package func version(_ key: AggregateKey) -> Int { workspace.entries[key]?.version ?? 0 }
    package var emitted: [(envelope: Envelope, routingKey: String, event: any Event)] {
        effects.flatMap { $0.effects.events }.map { ($0.envelope, $0.routingKey, $0.event) }
    }
    package var appended: [any FactRow] { effects.flatMap { $0.effects.facts } }
    package var timerChanges: [(key: FiredTimer, isSet: Bool)] {
        effects.flatMap { $0.effects.timers }.map { key, change in
            switch change {
            case .set(let timer): (timer, true)
            case .cleared:
                (FiredTimer(kind: key.kind, id: key.id, discriminator: key.discriminator, dueAt: .distantPast), false)
            }
        }
    }
    package var postings: [@Sendable (BookPlace) -> (envelope: Envelope, event: any Event, row: any FactRow)] {
        effects.flatMap { $0.effects.postings }.map { posting in
            { place in
                let (event, row) = posting.build(place)
                return (event.envelope, event.event, row)
            }
        }
    }
}
