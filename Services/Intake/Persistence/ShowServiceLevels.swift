import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// The service levels in force, or those of an earlier version.
struct ShowServiceLevels: QueryHandler {
    func answer(_ query: ServiceLevelsQuery, on connection: PostgresConnection) async throws -> ServiceLevelsAnswer {
        let present = try await CalendarReading.book(connection).policy.policyVersion
        let version = query.policyVersion ?? present
        let policy = try await CalendarReading.policy(version, connection)
        return ServiceLevelsAnswer(
            policyVersion: version, serviceLevels: policy?.rules, publishedAt: policy?.publishedAt,
            publishedBy: policy?.publishedBy)
    }
}

/// A business calendar as it is, or as it was.
struct ShowCalendar: QueryHandler {
    func answer(
        _ query: BusinessCalendarQuery, on connection: PostgresConnection
    ) async throws -> BusinessCalendarAnswer {
        let book = try await CalendarReading.book(connection)
        let names = book.calendars.keys.sorted()
        guard let present = book.calendars[query.name] else { return BusinessCalendarAnswer(names: names) }
        let ref = CalendarRef(name: query.name, version: query.calendarVersion ?? present.calendarVersion)
        guard let version = try await CalendarReading.calendar(ref, connection) else {
            return BusinessCalendarAnswer(names: names)
        }
        let holidays = version.rules.holidays.flatMap { HolidayTable.known[$0] }
        return BusinessCalendarAnswer(
            names: names, calendarVersion: version.calendarVersion, calendar: version.rules,
            holidaysKnownThrough: holidays?.knownThrough?.text, changedAt: version.changedAt,
            changedBy: version.changedBy)
    }
}
