import FoundationEssentials

extension BusinessCalendar {
    /// Seconds of running time between two moments; 0 when `end` is not after `start`.
    func seconds(from start: Date, to end: Date) -> Double {
        guard end > start else { return 0 }
        guard week != nil else { return end.timeIntervalSince(start) }
        let (from, to) = (start.timeIntervalSince1970, end.timeIntervalSince1970)
        var total = 0.0
        for index in zone.stretches(from: from).indices {
            let stretch = zone.stretches[index]
            if stretch.start >= to { break }
            let offset = Double(stretch.offset)
            total += run(upTo: min(zone.end(of: index), to) + offset) - run(upTo: max(stretch.start, from) + offset)
        }
        return total
    }

    /// Beyond this a calendar has no time left: ten years.
    private static let reach = 3_660 * 86_400.0

    /// The first moment at which `seconds` of running time have passed since `start`; nil when the calendar has none
    /// within ten years.
    func date(after seconds: Double, from start: Date) -> Date? {
        guard week != nil else { return start + seconds }
        guard seconds > 0 else { return start }
        let from = start.timeIntervalSince1970
        var left = seconds
        for index in zone.stretches(from: from).indices {
            let stretch = zone.stretches[index]
            let begins = max(stretch.start, from)
            let ends = min(zone.end(of: index), from + Self.reach)
            if begins >= ends { return nil }
            let offset = Double(stretch.offset)
            let before = run(upTo: begins + offset)
            let available = run(upTo: ends + offset) - before
            if left <= available {
                return Date(timeIntervalSince1970: local(when: before + left, after: begins + offset) - offset)
            }
            left -= available
        }
        return nil
    }

    /// Running seconds from an arbitrary beginning up to a local time, given as seconds since 1970 on the local clock.
    private func run(upTo local: Double) -> Double {
        let day = CalendarDay(number: Int((local / 86_400).rounded(.down)))
        let second = local - Double(day.number) * 86_400
        return shifts(on: day).reduce(Double(run(before: day))) { total, shift in
            total + min(max(0, second - Double(shift.start * 60)), Double(shift.seconds))
        }
    }

    private func run(before day: CalendarDay) -> Int {
        let weeks = (day.number + 3 - (day.weekday - 1)) / 7
        return weeks * weekSums[7] + weekSums[day.weekday - 1] + exceptionSums[firstException(from: day)]
    }

    /// The first local time at which the running seconds are `total`, which they are not before `start`.
    private func local(when total: Double, after start: Double) -> Double {
        let first = Int((start / 86_400).rounded(.down))
        var (low, high) = (first, first + Int(Self.reach / 86_400) + 1)
        while low < high {
            let middle = (low + high) / 2
            if Double(run(before: CalendarDay(number: middle + 1))) >= total { high = middle } else { low = middle + 1 }
        }
        let day = CalendarDay(number: low)
        var left = total - Double(run(before: day))
        for shift in shifts(on: day) {
            if left <= Double(shift.seconds) { return Double(low) * 86_400 + Double(shift.start * 60) + left }
            left -= Double(shift.seconds)
        }
        return Double(low + 1) * 86_400
    }
}
