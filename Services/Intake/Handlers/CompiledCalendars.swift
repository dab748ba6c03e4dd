import DomainContracts
import Foundation
import Synchronization

/// Calendars as they were made of their documents, so that they need not be made for every message.
final class CompiledCalendars: Sendable {
    static let shared = CompiledCalendars()

    private let made = Mutex<[CalendarRules: BusinessCalendar]>([:])
    /// More than a company has; whoever has more makes them anew.
    private static let most = 200

    /// Nil for a document that this program cannot read: it was set by a newer one.
    func calendar(_ rules: CalendarRules) -> BusinessCalendar? {
        if let known = made.withLock({ $0[rules] }) { return known }
        guard let calendar = try? CalendarReader.calendar(rules) else { return nil }
        made.withLock { made in
            if made.count >= Self.most { made.removeAll() }
            made[rules] = calendar
        }
        return calendar
    }
}
