import Dispatching
import DomainContracts
import FoundationEssentials

/// An engineer's booked time 预约: the one place where it is decided whether he is free. The table `booking` mirrors it,
/// and its exclusion constraint is the database's own guard.
struct EngineerCalendar: Codable, Sendable, Equatable {
    /// Oldest first; no two overlap.
    private(set) var entries: [CalendarEntry] = []

    /// Nothing may be booked that starts longer ago than this, seconds.
    static let graceForPast = 12 * 3600
    /// What is over, or was never heard of again, is forgotten after so long.
    private static let keepPast = 24 * 3600
    private static let keepOpen = 60 * 86_400

    func entry(of assignmentId: UUID) -> CalendarEntry? { entries.first { $0.assignmentId == assignmentId } }

    /// As decisions see them.
    var stops: [Timeline.Stop] { stops(except: nil) }

    func stops(except assignmentId: UUID?) -> [Timeline.Stop] {
        entries.filter { $0.assignmentId != assignmentId }
            .map {
                Timeline.Stop(span: $0.expected, point: TravelPoint($0.place), fetches: $0.fetches ?? false)
            }
    }

    /// Whether somebody else's booking lies in `span`.
    func isFree(_ span: Span, except assignmentId: UUID? = nil) -> Bool {
        !entries.contains { $0.assignmentId != assignmentId && $0.span.overlaps(span) }
    }

    /// The time from a moment on that is free, as much as asked for or as there is; nil where another booking lies over the
    /// moment.
    func room(from moment: Int, seconds: Int, except assignmentId: UUID) -> Span? {
        let others = entries.filter { $0.assignmentId != assignmentId && $0.span.end > moment }
        let next = others.reduce(Int.max) { min($0, $1.span.start) }
        return next > moment ? Span(start: moment, end: min(moment + seconds, next)) : nil
    }

    /// Books, or moves a booking; false, and unchanged, when it would overlap another.
    mutating func book(_ entry: CalendarEntry, now: Int) -> Bool {
        guard isFree(entry.span, except: entry.assignmentId) else { return false }
        entries.removeAll { other in
            let kept = other.isOver ?? false ? Self.keepPast : Self.keepOpen
            return other.assignmentId == entry.assignmentId || other.span.end < now - kept
        }
        let position = entries.firstIndex { $0.span.start > entry.span.start } ?? entries.endIndex
        entries.insert(entry, at: position)
        return true
    }

    /// A visit takes longer: keeps its engineer booked until `moment`, or until his next booking. Answers what that is now; nil
    /// where he is not booked for it.
    mutating func prolong(_ assignmentId: UUID, until moment: Int) -> CalendarEntry? {
        guard let index = entries.firstIndex(where: { $0.assignmentId == assignmentId }) else { return nil }
        let next = index + 1 < entries.count ? entries[index + 1].span.start : Int.max
        entries[index].span.end = max(entries[index].span.end, min(moment, next))
        entries[index].busyUntil = moment
        return entries[index]
    }

    /// Moves several bookings at once; false, and unchanged, when two would overlap.
    @discardableResult
    mutating func move(_ spans: [UUID: Span]) -> Bool {
        var moved = entries
        for index in moved.indices {
            if let span = spans[moved[index].assignmentId] { moved[index].span = span }
        }
        moved.sort { $0.span.start < $1.span.start }
        guard zip(moved, moved.dropFirst()).allSatisfy({ $0.span.end <= $1.span.start }) else { return false }
        entries = moved
        return true
    }

    /// Forgets where the visits of these orders were; the region stays.
    mutating func forgetPlaces(of workOrders: Set<UUID>) {
        for index in entries.indices where workOrders.contains(entries[index].workOrderId) {
            entries[index].place = Place(region: entries[index].place.region)
        }
    }

    /// Gives back what of a booking lies after `moment`. Returns what is left of it, nil when nothing is.
    mutating func free(_ assignmentId: UUID, from moment: Int) -> Span? {
        guard let index = entries.firstIndex(where: { $0.assignmentId == assignmentId }) else { return nil }
        if moment <= entries[index].span.start {
            entries.remove(at: index)
            return nil
        }
        entries[index].span.end = min(entries[index].span.end, moment)
        entries[index].isOver = true
        entries[index].busyUntil = nil
        return entries[index].span
    }
}

/// One booking in a calendar.
struct CalendarEntry: Codable, Sendable, Equatable {
    /// The assignment; of a helper the id of his own booking.
    var assignmentId: UUID
    var workOrderId: UUID
    /// The visit itself; held from the offer on.
    var span: Span
    var place: Place
    /// When it may begin, by what the customer was promised; nil while it stands where it was put.
    var arrivals: Arrivals?
    /// The assignment with which he helps; nil where it is his own.
    var helps: UUID?
    /// Nobody works there any more; nil as not.
    var isOver: Bool?
    /// He is still at it: until when that is thought to last, should it run into what he is booked for next.
    var busyUntil: Int?
    /// When it was booked he had to come by way of his depot; nil as not.
    var fetches: Bool?

    /// When he is thought to be there.
    var expected: Span { Span(start: span.start, end: max(span.end, busyUntil ?? span.end)) }
}

/// A row of booked time as SQL sees it; its id is the calendar entry's.
struct Booking: Codable, Sendable, Equatable {
    var engineerId: UUID
    var workOrderId: UUID
    var startsAtEpoch: Int
    var endsAtEpoch: Int
    /// Whether the time is taken; a booking given back whole stays as a row and blocks nothing.
    var live: Bool
    var place: Place
    /// The assignment with which he helps; nil where it is his own.
    var helps: UUID?

    var span: Span { Span(start: startsAtEpoch, end: endsAtEpoch) }

    init(_ entry: CalendarEntry, of engineerId: UUID) {
        self.engineerId = engineerId
        workOrderId = entry.workOrderId
        startsAtEpoch = entry.span.start
        endsAtEpoch = entry.span.end
        live = true
        place = entry.place
        helps = entry.helps
    }
}
