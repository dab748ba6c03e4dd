import FoundationEssentials

/// Times as text. Written out by hand because a message carries several and the formatter styles cost more than the
/// rest of its decoding.
public enum RFC3339 {
    /// Milliseconds since 1970 of the first and last instants that four digits of a year can say in UTC.
    private static let sayable = -62_167_219_200_000.0...253_402_300_799_999.0

    /// `2026-11-21T01:12:00.000Z`, rounded to the millisecond; an instant before year 0 or after year 9999 becomes the
    /// nearest that can be said.
    public static func format(_ date: Date) -> String {
        let instant = (date.timeIntervalSince1970 * 1000).rounded()
        let milliseconds = Int(min(max(instant, sayable.lowerBound), sayable.upperBound))
        let (seconds, millisecond) = floorDivide(milliseconds, 1000)
        let (days, second) = floorDivide(seconds, 86_400)
        let (year, month, day) = civil(fromDays: days)
        var text = [UInt8](repeating: UInt8(ascii: "0"), count: 24)
        put(year, 4, at: 0, in: &text)
        put(month, 2, at: 5, in: &text)
        put(day, 2, at: 8, in: &text)
        put(second / 3600, 2, at: 11, in: &text)
        put(second / 60 % 60, 2, at: 14, in: &text)
        put(second % 60, 2, at: 17, in: &text)
        put(millisecond, 3, at: 20, in: &text)
        text[4] = UInt8(ascii: "-")
        text[7] = UInt8(ascii: "-")
        text[10] = UInt8(ascii: "T")
        text[13] = UInt8(ascii: ":")
        text[16] = UInt8(ascii: ":")
        text[19] = UInt8(ascii: ".")
        text[23] = UInt8(ascii: "Z")
        return String(decoding: text, as: UTF8.self)
    }

    /// Any RFC 3339 time with `Z` or an offset and any number of decimals; nil when it is none, or when in UTC it lies
    /// outside the years 0 to 9999, since it could not be written again.
    public static func parse(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = number(bytes, 0, 4), let month = number(bytes, 5, 2), let day = number(bytes, 8, 2),
            let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2), let second = number(bytes, 17, 2),
            1...12 ~= month, 1...daysIn(month, of: year) ~= day, hour < 24, minute < 60, second <= 60
        else { return nil }
        var position = 19
        var fraction = 0.0
        if bytes[position] == UInt8(ascii: ".") {
            var scale = 0.1
            position += 1
            let first = position
            while position < bytes.count, let digit = number(bytes, position, 1) {
                fraction += Double(digit) * scale
                scale /= 10
                position += 1
            }
            if position == first { return nil }
        }
        guard let offset = offsetSeconds(bytes, position) else { return nil }
        let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
        let instant = Double(seconds) + fraction
        return sayable.contains((instant * 1000).rounded()) ? Date(timeIntervalSince1970: instant) : nil
    }

    private static func offsetSeconds(_ bytes: [UInt8], _ position: Int) -> Int? {
        guard position < bytes.count else { return nil }
        if bytes[position] | 0x20 == UInt8(ascii: "z") { return position + 1 == bytes.count ? 0 : nil }
        let sign = bytes[position] == UInt8(ascii: "-") ? -1 : 1
        guard sign == -1 || bytes[position] == UInt8(ascii: "+"), position + 6 == bytes.count,
            bytes[position + 3] == UInt8(ascii: ":"), let hours = number(bytes, position + 1, 2), hours < 24,
            let minutes = number(bytes, position + 4, 2), minutes < 60
        else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for byte in bytes[start..<start + count] {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    private static func put(_ value: Int, _ width: Int, at start: Int, in text: inout [UInt8]) {
        var rest = value
        for index in stride(from: start + width - 1, through: start, by: -1) {
            text[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> (Int, Int) {
        let remainder = ((value % divisor) + divisor) % divisor
        return ((value - remainder) / divisor, remainder)
    }

    private static func daysIn(_ month: Int, of year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days since 1970-01-01 of a Gregorian date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of `days`.
    private static func civil(fromDays days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
