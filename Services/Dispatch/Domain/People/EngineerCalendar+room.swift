import Dispatching
import FoundationEssentials

extension EngineerCalendar {
    /// The earliest time for a visit that leaves his other bookings where they are and the ways between them time, else the
    /// earliest at all: what people agree on is not refused for a tight way. Nil when he has none.
    func room(for seconds: Int, at place: Place, _ arrivals: Arrivals, except assignmentId: UUID) -> Span? {
        let others = entries.filter { $0.assignmentId != assignmentId }
        let site = TravelPoint(place)
        return earliest(seconds, arrivals, between: others) { Travel.minutes(TravelPoint($0), site) * 60 }
            ?? earliest(seconds, arrivals, between: others) { _ in 0 }
    }

    /// - Parameter way: between the visit and one that is booked, seconds.
    private func earliest(
        _ seconds: Int, _ arrivals: Arrivals, between others: [CalendarEntry], way: (Place) -> Int
    ) -> Span? {
        var start = arrivals.earliest
        for entry in others {
            let way = way(entry.place)
            if start + seconds + way <= entry.span.start { break }
            start = max(start, entry.span.end + way)
        }
        return start <= arrivals.latest ? Span(start: start, end: start + seconds) : nil
    }
}
