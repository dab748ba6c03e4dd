import DomainContracts
import Foundation
import ServiceKit

/// Sets a business calendar. Open clocks in it are reckoned anew by `ClockReckoner`.
struct SetCalendar: CommandHandler {
    func keys(_ command: SetBusinessCalendar, _ keys: inout Keys) { keys.need(SLABook.self, SLABook.id) }

    func decide(_ command: SetBusinessCalendar, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var errors: [FieldProblem] = []
        if command.name.wholeMatch(of: /[a-z][a-z0-9_]{0,39}/) == nil {
            errors.append(
                FieldProblem("/data/name", "format", "expected up to 40 of a-z, 0-9, _, a letter first"))
        }
        do {
            _ = try CalendarReader.calendar(command.calendar)
        } catch {
            errors += error.list
        }
        if let refusal = Refusal.invalid(errors) { throw refusal }
        var book = turn.get(SLABook.self, SLABook.id) ?? .standard
        let present = book.calendars[command.name]
        if let expected = command.expectedVersion, expected != present?.calendarVersion ?? 0 {
            throw .conflict(
                "calendar-changed", "The calendar has been set since",
                detail: "version \(present?.calendarVersion ?? 0) is in force")
        }
        var version = present
        if present?.rules != command.calendar {
            let kept = book.set(command.calendar, as: command.name, at: turn.now, by: turn.envelope.authid)
            version = kept
            turn.set(book, SLABook.id)
            turn.set(kept, IntakeID.calendar(kept.ref))
            turn.tell(of: kept)
        }
        return Acknowledgement(
            subject: SLABook.subject(SLABook.id), version: version?.calendarVersion ?? 0, status: command.name)
    }
}
