import DomainContracts

/// An engineer's weekly shifts 班次, on the wall clock of his place.
public struct ShiftPattern: Codable, Sendable, Equatable {
    /// Of the wall clock from UTC: 480 in China. Of one that is changed, before the first of its changes.
    public var utcOffsetMinutes: Int
    /// The IANA time zone whose clocks those are; nil: they are never changed.
    public var zone: String?
    /// When its clocks are changed, and to what, in order.
    public var changes: [OffsetChange]?
    public var weekly: [WeekdayShift]
    /// The business calendar that he keeps; nil: all his weeks are alike.
    public var calendar: String?
    /// The days on which that calendar differs from its weeks, in order.
    public var exceptions: [DutyException]?
    /// How long after the last shift of a day his visits may last if need be 加班; nil: they may not.
    public var overtimeMinutes: Int?
    /// When he is away all the same; kept elsewhere.
    public var absences: [Span] = []

    private enum CodingKeys: String, CodingKey {
        case utcOffsetMinutes, zone, changes, weekly, calendar, exceptions, overtimeMinutes
    }

    public init(
        utcOffsetMinutes: Int, weekly: [WeekdayShift], calendar: String? = nil, exceptions: [DutyException]? = nil,
        zone: String? = nil, changes: [OffsetChange]? = nil, overtimeMinutes: Int? = nil
    ) {
        self.overtimeMinutes = overtimeMinutes
        self.zone = zone
        self.changes = changes
        self.utcOffsetMinutes = utcOffsetMinutes
        self.weekly = weekly
        self.calendar = calendar
        self.exceptions = exceptions
    }

    /// The shifts that touch `range`, in order, those that meet joined to one, absences taken out.
    public func spans(in range: Span) -> [Span] {
        let shifts = occurrences(in: range) { Span(start: $1($0.startMinute), end: $1($0.endMinute)) }
        return absences.reduce(joined(shifts)) { left, absence in left.flatMap { $0.without(absence) } }
    }

    /// Until when visits of each of these shifts may last if need be: after the last one of a day longer than the shift, but into
    /// no absence and no other shift. None where he works no overtime.
    public func latestEnds(of spans: [Span]) -> [Int] {
        guard overtimeSeconds > 0, let first = spans.first, let last = spans.last else { return [] }
        let lastEnds = Set(
            daysTouched(by: Span(start: first.start, end: last.end)).compactMap { day in
                shifts(on: day).map(\.endMinute).max().map { moment($0, on: day) }
            })
        return spans.indices.map { index in
            let end = spans[index].end
            guard lastEnds.contains(end) else { return end }
            let next = index + 1 < spans.count ? spans[index + 1].start : .max
            let away = absences.filter { $0.end > end }.map(\.start).min() ?? .max
            return max(end, min(end + overtimeSeconds, next, away))
        }
    }

    private var overtimeSeconds: Int { (overtimeMinutes ?? 0) * 60 }

    /// From when the first shift of a day begins to when its last one ends, and the overtime after it, whatever absences leave
    /// of it, for the days that touch `range`; by start.
    public func days(in range: Span) -> [Span] {
        daysTouched(by: range).compactMap { day in
            let shifts = shifts(on: day)
            guard let starts = shifts.map(\.startMinute).min(), let ends = shifts.map(\.endMinute).max() else {
                return nil
            }
            let span = Span(start: moment(starts, on: day), end: moment(ends, on: day) + overtimeSeconds)
            return span.overlaps(range) ? span : nil
        }
    }

    /// The breaks that touch `range`, in order.
    public func breaks(in range: Span) -> [Span] {
        occurrences(in: range) { shift, moment in
            guard let start = shift.breakStartMinute, let minutes = shift.breakMinutes else { return nil }
            return Span(start: moment(start), end: moment(start + minutes))
        }.sorted { $0.start < $1.start }
    }

    /// What a shift comes to on each of its days, where that touches `range`.
    ///
    /// - Parameter make: is given the shift, and the moment of a minute of its day.
    private func occurrences(
        in range: Span, _ make: (_ shift: WeekdayShift, _ moment: (Int) -> Int) -> Span?
    ) -> [Span] {
        var spans: [Span] = []
        for day in daysTouched(by: range) {
            for shift in shifts(on: day) {
                if let span = make(shift, { moment($0, on: day) }), span.overlaps(range) { spans.append(span) }
            }
        }
        return spans
    }

    /// Local days since 1970 whose shifts may touch a time: a shift may run into the next day.
    private func daysTouched(by range: Span) -> ClosedRange<Int> {
        let first = floorDivide(range.start + offset(at: range.start), 86_400) - 1
        return first...max(first, floorDivide(range.end + offset(at: range.end), 86_400))
    }

    /// When the wall clock shows a minute of a day; where the clocks go forward over it, as if they had gone before.
    private func moment(_ minute: Int, on day: Int) -> Int {
        let wall = day * 86_400 + minute * 60
        return wall - offset(at: wall - offset(at: wall - utcOffsetMinutes * 60))
    }

    /// Seconds that the wall clock is ahead of UTC.
    private func offset(at moment: Int) -> Int {
        guard let changes else { return utcOffsetMinutes * 60 }
        return (changes.last { $0.from <= moment }?.minutes ?? utcOffsetMinutes) * 60
    }

    /// Those of a day since 1970: its weekday's. On a make-up day who is free on its weekday works as on the one that it is like.
    private func shifts(on day: Int) -> [WeekdayShift] {
        // 1970-01-01 was a Thursday, ISO weekday 4.
        let usual = of(weekday: (day + 3) - floorDivide(day + 3, 7) * 7 + 1)
        guard let exception = exceptions?.first(where: { $0.day == day }) else { return usual }
        guard let like = exception.like else { return [] }
        return usual.isEmpty ? of(weekday: like) : usual
    }

    private func of(weekday: Int) -> [WeekdayShift] { weekly.filter { $0.weekday == weekday } }

    /// When somebody with these shifts is on duty next: `moment` itself while he is, else the start of his next shift
    /// within five weeks, else `moment`.
    public func onDuty(from moment: Int) -> Int {
        for week in 0..<5 {
            let span = Span(start: moment + week * 7 * 86_400, end: moment + (week + 1) * 7 * 86_400)
            if let next = spans(in: span).first(where: { $0.end > moment }) { return max(moment, next.start) }
        }
        return moment
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

/// From when on a wall clock shows another time.
public struct OffsetChange: Codable, Sendable, Hashable {
    /// Seconds since 1970.
    public let from: Int
    /// Ahead of UTC.
    public let minutes: Int

    public init(from: Int, minutes: Int) {
        self.from = from
        self.minutes = minutes
    }
}

/// A day on which a business calendar differs from its weeks.
public struct DutyException: Codable, Sendable, Hashable {
    /// Days since 1970-01-01.
    public let day: Int
    /// The weekday, 1 Monday … 7 Sunday, that it is like; nil: nobody works.
    public let like: Int?

    public init(day: Int, like: Int?) {
        self.day = day
        self.like = like
    }
}

func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor != 0 && (value < 0) != (divisor < 0) ? quotient - 1 : quotient
}
