import FoundationEssentials

/// When promised time runs: always, or while the clocks of a zone show a time within a shift. Made by `CalendarReader`.
///
/// Between two changes of the zone's clocks local time is plain arithmetic, and running time up to a local time is a
/// sum over whole weeks, corrected by the days that differ: so a clock of years costs as much as one of hours.
struct BusinessCalendar: Sendable {
    /// Part of a working day, minutes after local midnight, `start` < `end` ≤ 1,440.
    struct Shift: Sendable, Equatable {
        let start: Int
        let end: Int
        var seconds: Int { (end - start) * 60 }
    }

    /// A day that differs from its weekday: a holiday, a make-up day, one of the company's own.
    struct Exception: Sendable, Equatable {
        let day: CalendarDay
        let shifts: [Shift]
        let name: String?
        var seconds: Int { shifts.reduce(0) { $0 + $1.seconds } }
    }

    let zone: ZoneOffsets
    /// Shifts by weekday, Monday first, in order; nil: time always runs.
    let week: [[Shift]]?
    /// By day.
    let exceptions: [Exception]
    /// Running seconds of a week before each weekday, and of all seven.
    let weekSums: [Int]
    /// What the exceptions before each one add to their weekdays' running seconds, and what all of them do.
    let exceptionSums: [Int]

    init(zone: ZoneOffsets, week: [[Shift]]?, exceptions: [Exception]) {
        self.zone = zone
        self.week = week
        self.exceptions = exceptions
        var sums = [0]
        for shifts in week ?? [] { sums.append((sums.last ?? 0) + shifts.reduce(0) { $0 + $1.seconds }) }
        var corrections = [0]
        for exception in exceptions {
            let usual = week.map { $0[exception.day.weekday - 1].reduce(0) { $0 + $1.seconds } } ?? 0
            corrections.append((corrections.last ?? 0) + exception.seconds - usual)
        }
        weekSums = sums
        exceptionSums = corrections
    }

    func shifts(on day: CalendarDay) -> [Shift] {
        guard let week else { return [Shift(start: 0, end: 1_440)] }
        let index = firstException(from: day)
        if index < exceptions.count, exceptions[index].day == day { return exceptions[index].shifts }
        return week[day.weekday - 1]
    }

    /// The days from one moment to another that differ from their weekday.
    func exceptions(from start: Date, to end: Date) -> ArraySlice<Exception> {
        let (first, last) = (localDay(start), localDay(end))
        guard first <= last else { return [] }
        return exceptions[firstException(from: first)..<firstException(from: CalendarDay(number: last.number + 1))]
    }

    private func localDay(_ date: Date) -> CalendarDay {
        let offset = zone.stretches(from: date.timeIntervalSince1970).first?.offset ?? 0
        return CalendarDay(date, offset: offset)
    }

    /// Index of the first exception on `day` or later.
    func firstException(from day: CalendarDay) -> Int {
        var (low, high) = (0, exceptions.count)
        while low < high {
            let middle = (low + high) / 2
            if exceptions[middle].day < day { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
