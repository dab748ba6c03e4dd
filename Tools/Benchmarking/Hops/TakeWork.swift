import DomainContracts
import Foundation
import ServiceKit

/// The handler of the single hop: a command that changes one aggregate and tells one event.
struct TakeWork: CommandHandler {
    func keys(_ command: RecordWork, _ keys: inout Keys) { keys.need(WorkPile.self, command.subjectId) }

    func decide(_ command: RecordWork, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard command.amount > 0 else { throw .invalid("/data/amount", "range", "must be above 0") }
        let total = turn.pileUp(command.amount, on: command.subjectId)
        turn.emit(
            WorkRecorded(
                subjectId: command.subjectId, amount: command.amount, total: total, note: command.note,
                recordedAt: turn.now),
            about: WorkPile.self, command.subjectId)
        return Acknowledgement(
            subject: WorkPile.subject(command.subjectId), version: turn.version(WorkPile.self, command.subjectId))
    }
}

/// The handler of each hop in a row: an event that changes one aggregate and is told on under the next hop's name.
struct PassWork<let heard: Int, let told: Int>: EventHandler {
    func keys(_ event: WorkPassed<heard>, _ keys: inout Keys) { keys.need(WorkPile.self, event.subjectId) }

    func decide(_ event: WorkPassed<heard>, _ turn: inout Turn) -> EventOutcome {
        _ = turn.pileUp(event.amount, on: event.subjectId)
        turn.emit(
            WorkPassed<told>(
                subjectId: event.subjectId, amount: event.amount, note: event.note, occurredAt: turn.now),
            about: WorkPile.self, event.subjectId)
        return .applied
    }
}

extension Turn {
    /// The pile's total afterwards.
    fileprivate mutating func pileUp(_ amount: Int, on id: UUID) -> Int {
        var pile = get(WorkPile.self, id) ?? WorkPile()
        pile.count += 1
        pile.total += amount
        set(pile, id)
        return pile.total
    }
}
