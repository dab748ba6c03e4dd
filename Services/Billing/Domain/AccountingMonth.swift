import DomainContracts
import FoundationEssentials

/// A month of the company's clock, as books are closed by.
struct AccountingMonth: Sendable, Equatable {
    /// As in `2026-11`.
    let text: String
    /// The moment that ends it.
    let end: Date
    /// Grows by one a month.
    let ordinal: Int

    /// Nil unless `text` is a month from 2000 to 2999 as in `2026-11`.
    ///
    /// - Parameter utcOffsetMinutes: the clock's, east of UTC.
    init?(_ text: String, utcOffsetMinutes: Int) {
        guard let match = text.wholeMatch(of: /(2[0-9]{3})-(0[1-9]|1[0-2])/), let year = Int(match.1),
            let month = Int(match.2)
        else { return nil }
        let (nextYear, nextMonth) = month == 12 ? (year + 1, 1) : (year, month + 1)
        let midnight = "\(nextYear)-\(nextMonth < 10 ? "0" : "")\(nextMonth)-01T00:00:00Z"
        guard let end = RFC3339.parse(midnight) else { return nil }
        self.text = text
        self.end = end.addingTimeInterval(TimeInterval(-utcOffsetMinutes * 60))
        ordinal = year * 12 + month
    }
}
