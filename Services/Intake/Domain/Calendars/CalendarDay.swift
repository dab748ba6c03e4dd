import FoundationEssentials

/// A civil date without a time, such as a purchase date; proleptic Gregorian.
struct CalendarDay: Hashable, Sendable, Comparable {
    /// Days since 1970-01-01.
    let number: Int

    init(number: Int) { self.number = number }

    /// The day on which `date` falls in a zone that is `offset` seconds ahead of UTC.
    init(_ date: Date, offset: Int) {
        number = Int(((date.timeIntervalSince1970 + Double(offset)) / 86_400).rounded(.down))
    }

    /// Nil unless `text` is an existing day, spelled `YYYY-MM-DD`.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
        else { return nil }
        let candidate = CalendarDay(year: year, month: month, day: day)
        // A day that the month does not have would come out as one of the next month.
        guard candidate.civil == (year, month, day) else { return nil }
        self = candidate
    }

    /// Howard Hinnant's days-from-civil.
    init(year: Int, month: Int, day: Int) {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Howard Hinnant's civil-from-days.
    var civil: (year: Int, month: Int, day: Int) {
        let days = number + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    /// 1 Monday … 7 Sunday.
    var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }

    /// The same day of the month so many months later, or the month's last.
    func adding(months: Int) -> CalendarDay {
        let (year, month, day) = civil
        let total = year * 12 + month - 1 + months
        let first = CalendarDay(year: total / 12, month: total % 12 + 1, day: 1)
        let next = CalendarDay(year: (total + 1) / 12, month: (total + 1) % 12 + 1, day: 1)
        return CalendarDay(number: min(first.number + day - 1, next.number - 1))
    }

    /// Whether it has begun nowhere yet, not even where the day begins first, fourteen hours ahead of UTC: whoever buys something there
    /// does so on a day that is not yet ours.
    ///
    /// - Parameter now: nil where nobody asks.
    func isAhead(of now: Date?) -> Bool { now.map { self > CalendarDay($0, offset: 14 * 3_600) } ?? false }

    /// The moment at which the day begins in a zone that is `offset` seconds ahead of UTC.
    func start(offset: Int) -> Date { Date(timeIntervalSince1970: Double(number * 86_400 - offset)) }

    /// `20261121`, as it stands in numbers that people read.
    var compact: String {
        let (year, month, day) = civil
        return padded(year, 4) + padded(month, 2) + padded(day, 2)
    }

    /// `2026-11-21`
    var text: String {
        let (year, month, day) = civil
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    private func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}
