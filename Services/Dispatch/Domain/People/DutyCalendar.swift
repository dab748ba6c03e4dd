import Dispatching
import DomainContracts
import FoundationEssentials

/// A business calendar as engineers keep it: the days on which it differs from its weeks.
struct DutyCalendar: Codable, Sendable, Equatable {
    let name: String
    /// In order.
    var exceptions: [DutyException] = []
    /// Of the event that told of them.
    var sequence = 0
    /// Who keeps it.
    var engineers: Set<UUID> = []

    init(name: String) { self.name = name }
}

extension DutyException {
    /// Nil for a day whose hours are merely others: how long an engineer works his own shifts say.
    init?(_ exception: CalendarException) {
        guard exception.shifts.isEmpty, let day = Self.day(exception.date) else { return nil }
        self.init(day: day, like: exception.like)
    }

    /// Days since 1970 of `2026-02-14`.
    private static func day(_ date: String) -> Int? {
        RFC3339.parse(date + "T00:00:00Z").map { $0.epoch / 86_400 }
    }
}
