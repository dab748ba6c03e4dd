import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// A business calendar has other holidays or make-up days: who keeps it is on duty on other days. What is booked already stays
/// booked.
struct FollowCalendar: EventHandler {
    func keys(_ event: BusinessCalendarChanged, _ keys: inout Keys) {
        keys.need(DutyCalendar.self, DutyCalendar.id(of: event.name))
    }

    func decide(_ event: BusinessCalendarChanged, _ turn: inout Turn) -> EventOutcome {
        guard let days = event.exceptions else { return .applied }
        let id = DutyCalendar.id(of: event.name)
        let sequence = turn.envelope.sequenceNumber
        var calendar = turn.get(DutyCalendar.self, id) ?? DutyCalendar(name: event.name)
        guard calendar.sequence < sequence else { return .applied }
        calendar.exceptions = days.compactMap { DutyException($0) }
        calendar.sequence = sequence
        turn.set(calendar, id)
        turn.note("business-calendar-changed", about: DutyCalendar.self, id)
        for engineerId in calendar.engineers.sorted() { turn.keep(calendar, engineerId) }
        return .applied
    }
}

extension Turn {
    fileprivate mutating func keep(_ calendar: DutyCalendar, _ engineerId: UUID) {
        guard var engineer = get(Engineer.self, engineerId), engineer.shifts?.calendar == calendar.name,
            engineer.shifts?.exceptions != calendar.exceptions
        else { return }
        engineer.shifts?.exceptions = calendar.exceptions
        set(engineer, engineerId)
        note("duty-changed", about: Engineer.self, engineerId)
    }

    /// Lets an engineer keep another calendar, or none, from now on. Answers the days on which it differs from its weeks.
    ///
    /// - Throws: when there is no such calendar.
    mutating func letEngineer(
        _ id: UUID, keep name: String?, insteadOf former: String?
    ) throws(Refusal) -> [DutyException]? {
        if let former, former != name, var calendar = get(DutyCalendar.self, DutyCalendar.id(of: former)) {
            calendar.engineers.remove(id)
            set(calendar, DutyCalendar.id(of: former))
        }
        guard let name else { return nil }
        guard var calendar = get(DutyCalendar.self, DutyCalendar.id(of: name)) else {
            throw .invalid("/data/calendar", "unknown-value", "expected the name of a business calendar")
        }
        if calendar.engineers.insert(id).inserted { set(calendar, DutyCalendar.id(of: name)) }
        return calendar.exceptions
    }
}
