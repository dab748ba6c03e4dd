import Dispatching
import FoundationEssentials

extension EngineerCalendar {
    /// The earliest time for a visit that leaves his other bookings where they are and the ways between them time, else the
    /// earliest at all: what people agree on is not refused for a tight way. Nil when he has none.
    func room(
        for seconds: Int, at place: Place, _ arrivals: Arrivals, except assignmentId: UUID, by travel: TravelTimes
    ) -> Span? {
        without(assignmentId).room(for: seconds, at: place, arrivals, by: travel)
    }

    private func without(_ assignmentId: UUID) -> EngineerCalendar {
        EngineerCalendar(entries: entries.filter { $0.assignmentId != assignmentId })
    }

    /// What none of several has time for.
    ///
    /// - Parameter calendars: of each, with the booking that is to be moved.
    static func together(_ calendars: [(calendar: EngineerCalendar, except: UUID)]) -> EngineerCalendar {
        EngineerCalendar(
            entries: calendars.flatMap { $0.calendar.without($0.except).entries }
                .sorted { $0.span.start < $1.span.start })
    }

    /// As above, where nothing is moved.
    func room(for seconds: Int, at place: Place, _ arrivals: Arrivals, by travel: TravelTimes) -> Span? {
        let site = TravelPoint(place)
        return earliest(
            seconds, arrivals, between: entries,
            there: { Int(travel.seconds(from: TravelPoint($0.place), to: site, leaving: $0.span.end)) },
            onward: { Int(travel.seconds(from: site, to: TravelPoint($0.place), arriving: $0.span.start)) })
            ?? earliest(seconds, arrivals, between: entries, there: { _ in 0 }, onward: { _ in 0 })
    }

    /// - Parameters:
    ///   - there: seconds from a booking before it.
    ///   - onward: seconds to a booking after it.
    private func earliest(
        _ seconds: Int, _ arrivals: Arrivals, between others: [CalendarEntry], there: (CalendarEntry) -> Int,
        onward: (CalendarEntry) -> Int
    ) -> Span? {
        var start = arrivals.earliest
        for entry in others {
            if start + seconds + onward(entry) <= entry.span.start { break }
            start = max(start, entry.span.end + there(entry))
        }
        return start <= arrivals.latest ? Span(start: start, end: start + seconds) : nil
    }
}
