import FoundationEssentials

/// Instants as they stand in settings, logs and links: RFC 3339 in UTC.
public enum RFC3339 {
    /// Reads an instant, with or without fractional seconds, with `Z` or a numeric offset; nil if it is none.
    public static func parse(_ text: String) -> Date? {
        let plain = Date.ISO8601FormatStyle()
        if let date = try? plain.parse(text) { return date }
        return try? plain.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .colon)
            .parse(text)
    }

    /// Writes an instant in UTC with milliseconds: `2026-11-21T01:12:00.000Z`.
    public static func format(_ date: Date) -> String {
        Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(date)
    }
}
