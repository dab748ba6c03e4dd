/// How long ways take by the hour of the local week, beside what they take at the mean speed.
///
/// A way that lasts beyond the hour goes on at the next hour's pace. So nobody who leaves later is there sooner, and the
/// latest that somebody may leave follows from when he has to be there.
public struct SpeedProfile: Sendable {
    /// Time by time at the mean speed: 1.3 where a way takes 1.3 times as long. By hour, from Monday 00:00 on.
    private let paces: [Double]
    /// From a moment to seconds of the local week, some thousand weeks added, so that they lie above 0.
    private let shift: Int
    /// Seconds at the mean speed that a whole week is good for.
    private let weekOfTravel: Double
    /// Mean of all paces, those of the night too.
    public let meanPace: Double

    private static let week = 604_800
    private static let hours = 168

    /// - Parameters:
    ///   - weekday: pace of each hour from midnight on, Monday to Friday, in hundredths of the time at the mean speed:
    ///     24 numbers above 0.
    ///   - weekend: the same on Saturday and Sunday.
    ///   - utcOffsetMinutes: of the wall clock from UTC.
    init(weekday: [Int], weekend: [Int], utcOffsetMinutes: Int) {
        precondition(weekday.count == 24 && weekend.count == 24, "a day has 24 hours")
        let days = Array(repeating: weekday, count: 5) + Array(repeating: weekend, count: 2)
        paces = days.joined().map { Double($0) / 100 }
        // 1970-01-01 was a Thursday.
        shift = utcOffsetMinutes * 60 + 3 * 86_400 + 5_000 * Self.week
        weekOfTravel = paces.reduce(0) { $0 + 3600 / $1 }
        meanPace = paces.reduce(0, +) / Double(Self.hours)
    }

    /// Seconds for a way of so many `seconds` at the mean speed that is begun at a moment.
    @inline(__always)
    func duration(_ seconds: Double, leaving moment: Int) -> Double {
        let second = secondOfWeek(moment)
        let hour = second / 3600
        let straight = seconds * paces[hour]
        return straight <= Double((hour + 1) * 3600 - second) ? straight : forwards(seconds, second)
    }

    /// Seconds for a way of so many `seconds` at the mean speed that has to be over at a moment.
    @inline(__always)
    func duration(_ seconds: Double, arriving moment: Int) -> Double {
        let second = secondOfWeek(moment)
        // On the hour it is the hour before that counts.
        let hour = (second + Self.week - 1) % Self.week / 3600
        let elapsed = second - hour * 3600
        let straight = seconds * paces[hour]
        return straight <= Double(elapsed > 0 ? elapsed : 3600) ? straight : backwards(seconds, second)
    }

    @inline(__always)
    private func secondOfWeek(_ moment: Int) -> Int {
        Int(UInt(truncatingIfNeeded: moment &+ shift) % UInt(Self.week))
    }

    private func forwards(_ seconds: Double, _ second: Int) -> Double {
        var (left, taken) = withoutWeeks(seconds)
        var hour = second / 3600
        var time = Double((hour + 1) * 3600 - second)
        while left * paces[hour] > time {
            left -= time / paces[hour]
            taken += time
            hour = hour + 1 == Self.hours ? 0 : hour + 1
            time = 3600
        }
        return taken + left * paces[hour]
    }

    private func backwards(_ seconds: Double, _ second: Int) -> Double {
        var (left, taken) = withoutWeeks(seconds)
        var hour = (second + Self.week - 1) % Self.week / 3600
        var time = Double((second + Self.week - 1) % 3600 + 1)
        while left * paces[hour] > time {
            left -= time / paces[hour]
            taken += time
            hour = hour == 0 ? Self.hours - 1 : hour - 1
            time = 3600
        }
        return taken + left * paces[hour]
    }

    /// What is left of a way after whole weeks on the road, and these: no way is looked at for more than 168 hours.
    private func withoutWeeks(_ seconds: Double) -> (left: Double, taken: Double) {
        if seconds < weekOfTravel { return (seconds, 0) }
        let weeks = (seconds / weekOfTravel).rounded(.down)
        return (seconds - weeks * weekOfTravel, weeks * Double(Self.week))
    }
}
