import FoundationEssentials

/// When promised time runs: always, or in working hours with split shifts, holidays and make-up working days.
struct BusinessCalendar: Sendable, Equatable {
    /// Part of a working day, minutes after local midnight, `start` < `end` ≤ 1,440.
    struct Shift: Sendable, Equatable {
        let start: Int
        let end: Int
        var seconds: Int { (end - start) * 60 }
    }

    /// Seconds that local time is ahead of UTC.
    let offset: Int
    /// Shifts by weekday, 1 Monday … 7 Sunday, in order; nil: time always runs.
    let week: [Int: [Shift]]?
    /// Days that differ from their weekday: none on a holiday 法定节假日, a weekday's on a make-up day 调休.
    let exceptions: [CalendarDay: [Shift]]

    /// 24×7.
    static let always = BusinessCalendar(offset: ReadableNumber.companyOffset, week: nil, exceptions: [:])

    /// Monday to Friday, 9:00–12:00 and 13:30–18:00 in the company's zone: 7.5 h a day.
    static let workingHours = BusinessCalendar(
        offset: ReadableNumber.companyOffset,
        week: Dictionary(
            uniqueKeysWithValues: (1...5).map { ($0, [Shift(start: 540, end: 720), Shift(start: 810, end: 1_080)]) }),
        exceptions: [:])

    private func shifts(on day: CalendarDay, _ week: [Int: [Shift]]) -> [Shift] {
        exceptions[day] ?? week[day.weekday] ?? []
    }

    private func span(_ shift: Shift, on day: CalendarDay) -> (start: Date, end: Date) {
        let midnight = day.start(offset: offset)
        return (midnight + Double(shift.start * 60), midnight + Double(shift.end * 60))
    }

    /// Seconds of running time between two moments; 0 when `end` is not after `start`.
    func seconds(from start: Date, to end: Date) -> Double {
        guard end > start else { return 0 }
        guard let week else { return end.timeIntervalSince(start) }
        var total = 0.0
        var day = CalendarDay(start, offset: offset)
        let last = CalendarDay(end, offset: offset)
        while day <= last {
            for shift in shifts(on: day, week) {
                let (opens, closes) = span(shift, on: day)
                total += max(0, min(closes, end).timeIntervalSince(max(opens, start)))
            }
            day = CalendarDay(number: day.number + 1)
        }
        return total
    }

    /// The moment at which `seconds` of running time have passed since `start`; nil when the calendar has none within
    /// ten years.
    func date(after seconds: Double, from start: Date) -> Date? {
        guard let week else { return start + seconds }
        var left = seconds
        var day = CalendarDay(start, offset: offset)
        for _ in 0..<3_660 {
            for shift in shifts(on: day, week) {
                let (opens, closes) = span(shift, on: day)
                let from = max(opens, start)
                let available = closes.timeIntervalSince(from)
                guard available > 0 else { continue }
                if left <= available { return from + left }
                left -= available
            }
            day = CalendarDay(number: day.number + 1)
        }
        return nil
    }
}
