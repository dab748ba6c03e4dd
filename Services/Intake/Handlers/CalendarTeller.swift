import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Tells of calendars whose days nobody outside has heard: those that come with Mendloop, and all that keep public holidays when a
/// newer Mendloop knows another year of them.
struct CalendarTeller: Worker {
    let name = "calendar-teller"
    let watched: Set<String> = [SLABook.table]

    func step(_ session: inout WorkSession) async throws -> Bool {
        guard try await !untold(session.connection).isEmpty else { return false }
        var keys = Keys()
        keys.need(ToldCalendars.self, ToldCalendars.id)
        try await session.load(keys)
        // Another copy may have told meanwhile.
        let untold = try await untold(session.connection)
        try session.decide(story: nil) { turn in
            for calendar in untold { turn.tell(of: calendar) }
        }
        return true
    }

    private func untold(_ connection: PostgresConnection) async throws -> [CalendarVersion] {
        let told = try await CalendarReading.told(connection)
        return try await CalendarReading.book(connection).calendars.values.filter { !told.knows($0) }
            .sorted { $0.name < $1.name }
    }
}

extension Turn {
    /// Tells of a calendar as it stands, its days included.
    mutating func tell(of calendar: CalendarVersion) {
        var told = get(ToldCalendars.self, ToldCalendars.id) ?? ToldCalendars()
        told.learn(calendar)
        set(told, ToldCalendars.id)
        emit(
            BusinessCalendarChanged(
                name: calendar.name, calendarVersion: calendar.calendarVersion, zone: calendar.rules.zone,
                exceptions: calendar.rules.exceptions(from: .firstOfLastYear(before: now)), changedAt: now),
            about: ToldCalendars.self, ToldCalendars.id)
    }
}

extension CalendarDay {
    fileprivate static func firstOfLastYear(before moment: Date) -> CalendarDay {
        CalendarDay(year: CalendarDay(moment, offset: 0).civil.year - 1, month: 1, day: 1)
    }
}
