import FoundationEssentials

/// Which days of the calendars in force the other services have heard of; one for all calendars.
struct ToldCalendars: Codable, Sendable, Equatable {
    /// Of each calendar, what of it was told last.
    private var marks: [String: Int] = [:]

    static let id = UUID(uuid: (0x6d, 0x65, 0x6e, 0x64, 0, 0, 0x50, 0, 0x80, 0, 0, 0, 0, 0, 0, 3))

    func knows(_ calendar: CalendarVersion) -> Bool { marks[calendar.name] == Self.mark(of: calendar) }

    mutating func learn(_ calendar: CalendarVersion) { marks[calendar.name] = Self.mark(of: calendar) }

    /// Another where the calendar is, or the holidays that this program knows.
    private static func mark(of calendar: CalendarVersion) -> Int {
        calendar.calendarVersion * 10_000 + (calendar.rules.holidays == nil ? 0 : HolidayTable.edition)
    }
}
