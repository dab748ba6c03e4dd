import DomainContracts

/// An engineer's weekly shifts 班次, on the wall clock of his place.
public struct ShiftPattern: Codable, Sendable, Equatable {
    /// Of the wall clock from UTC: 480 in China.
    public var utcOffsetMinutes: Int
    public var weekly: [WeekdayShift]
    /// When he is away all the same; kept elsewhere.
    public var absences: [Span] = []

    private enum CodingKeys: String, CodingKey { case utcOffsetMinutes, weekly }

    public init(utcOffsetMinutes: Int, weekly: [WeekdayShift]) {
        self.utcOffsetMinutes = utcOffsetMinutes
        self.weekly = weekly
    }

    /// The shifts that touch `range`, in order, those that meet joined to one, absences taken out.
    public func spans(in range: Span) -> [Span] {
        let shifts = occurrences(in: range) { Span(start: $1 + $0.startMinute * 60, end: $1 + $0.endMinute * 60) }
        return absences.reduce(joined(shifts)) { left, absence in left.flatMap { $0.without(absence) } }
    }

    /// The breaks that touch `range`, in order.
    public func breaks(in range: Span) -> [Span] {
        occurrences(in: range) { shift, midnight in
            guard let start = shift.breakStartMinute, let minutes = shift.breakMinutes else { return nil }
            return Span(start: midnight + start * 60, end: midnight + (start + minutes) * 60)
        }.sorted { $0.start < $1.start }
    }

    /// What a shift comes to on each of its days, where that touches `range`.
    private func occurrences(in range: Span, _ make: (_ shift: WeekdayShift, _ midnight: Int) -> Span?) -> [Span] {
        let offset = utcOffsetMinutes * 60
        // A shift may run into the next day, so the day before the range counts too.
        let first = floorDivide(range.start + offset, 86_400) - 1
        let last = floorDivide(range.end + offset, 86_400)
        var spans: [Span] = []
        var day = first
        while day <= last {
            // 1970-01-01 was a Thursday, ISO weekday 4.
            let weekday = (day + 3) - floorDivide(day + 3, 7) * 7 + 1
            for shift in weekly where shift.weekday == weekday {
                if let span = make(shift, day * 86_400 - offset), span.overlaps(range) { spans.append(span) }
            }
            day += 1
        }
        return spans
    }

    /// When somebody with these shifts is on duty next: `moment` itself while he is, else the start of his next shift
    /// within eight days, else `moment`.
    public func onDuty(from moment: Int) -> Int {
        let week = Span(start: moment, end: moment + 8 * 86_400)
        guard let next = spans(in: week).first(where: { $0.end > moment }) else { return moment }
        return max(moment, next.start)
    }

    private func joined(_ spans: [Span]) -> [Span] {
        var result: [Span] = []
        for span in spans.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            if let previous = result.last, span.start <= previous.end {
                result[result.count - 1].end = max(previous.end, span.end)
            } else {
                result.append(span)
            }
        }
        return result
    }
}

func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor != 0 && (value < 0) != (divisor < 0) ? quotient - 1 : quotient
}
