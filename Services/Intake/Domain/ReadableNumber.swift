import FoundationEssentials

/// Numbers that people read and say on the telephone: `WO-20261121-000042`.
enum ReadableNumber {
    /// The company's zone, UTC+8, seconds.
    static let companyOffset = 8 * 3_600

    /// - Parameter sequence: from a database sequence; six digits at least, gaps allowed.
    static func make(_ prefix: String, at date: Date, sequence: Int) -> String {
        let digits = String(sequence)
        let padded = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        return "\(prefix)-\(CalendarDay(date, offset: companyOffset).compact)-\(padded)"
    }
}
