import FoundationEssentials

/// A `Date` is a `timestamptz`: microseconds since 2000-01-01 00:00 UTC. Finer fractions are rounded.
extension Date: PostgresScalar {
    public static var postgresType: PostgresType { .timestamptz }

    /// `Date` counts from 2001-01-01; the year 2000 had 366 days.
    private static let secondsBetweenEpochs: Int64 = 366 * 86_400

    public func encode(into parameter: inout PostgresParameter) {
        let seconds = timeIntervalSinceReferenceDate.rounded(.down)
        let fraction = timeIntervalSinceReferenceDate - seconds
        guard let whole = Int64(exactly: seconds), abs(whole) < 9_000_000_000_000 else {
            parameter.append(seconds < 0 ? Int64.min : Int64.max)
            return
        }
        parameter.append((whole + Self.secondsBetweenEpochs) * 1_000_000 + Int64((fraction * 1_000_000).rounded()))
    }

    public static func decode(_ value: PostgresValue) throws(PostgresError) -> Date {
        switch value.type {
        case .timestamptz, .timestamp:
            let microseconds = try value.integer(Int64.self)
            if microseconds == .max { return .distantFuture }
            if microseconds == .min { return .distantPast }
            let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
            return Date(
                timeIntervalSinceReferenceDate: Double(seconds - secondsBetweenEpochs) + Double(rest) / 1_000_000)
        case .date:
            let seconds = Int64(try value.integer(Int32.self)) * 86_400 - secondsBetweenEpochs
            return Date(timeIntervalSinceReferenceDate: Double(seconds))
        default:
            throw value.mismatch(Self.self)
        }
    }
}
