import DomainContracts

/// When a maintenance plan falls due: a series that is counted from its first date, so that a short month or a holiday
/// shifts one date and never those behind it. Made by `MaintenancePlanReader`.
struct DueDays: Sendable {
    /// A date of the series and the day on which somebody goes.
    struct Due: Sendable, Hashable {
        /// As the interval has it; this is what the occurrence is known by.
        let dueOn: CalendarDay
        let visitOn: CalendarDay
    }

    enum Step: Sendable {
        case days(Int)
        /// `day` of the month, or its last.
        case months(Int, day: Int)
    }

    let step: Step
    let first: CalendarDay
    /// The last day on which it may fall due.
    var last: CalendarDay?
    /// 1 Monday … 7 Sunday; any when empty.
    var weekdays: Set<Int> = []
    /// Whether somebody goes on working days of the calendar only.
    var workingDays = false
    var movesBack = false
    /// First and last month; over the new year when the first is the greater.
    var season: (from: Int, to: Int)?
    var calendar: BusinessCalendar
    /// Visits are within these days; a contract's term sets them.
    var term: ClosedRange<CalendarDay>?

    /// How far a date is moved, days. Where no day in reach will do it stays where it is: better an odd day than no
    /// visit.
    static let reach = 31

    /// The dates behind `dueOn`, from the first one where it is nil, that are visited on `through` at the latest.
    ///
    /// - Parameters:
    ///   - visitFrom: leaves out what was visited before this day.
    ///   - limit: at most so many.
    func dates(
        after dueOn: CalendarDay?, visitFrom: CalendarDay, through: CalendarDay, limit: Int = .max
    ) -> [Due] {
        var found: [Due] = []
        var index = index(notBehind: max(dueOn ?? first, visitFrom.adding(days: -Self.reach)))
        while found.count < limit {
            let due = day(index)
            if due.number - Self.reach > through.number || due > last ?? due || due > farthest { break }
            if isBehind(due, dueOn), let date = date(index), date.visitOn >= visitFrom, date.visitOn <= through {
                found.append(date)
            }
            index += 1
        }
        return found
    }

    /// The first date behind `dueOn` that is visited on `visitFrom` or later; nil when there is none within fifty years.
    func next(after dueOn: CalendarDay?, visitFrom: CalendarDay) -> Due? {
        next(1, after: dueOn, visitFrom: visitFrom).first
    }

    /// The first so many of them.
    func next(_ count: Int, after dueOn: CalendarDay?, visitFrom: CalendarDay) -> [Due] {
        let end = max(visitFrom, first).adding(days: Self.horizon)
        return dates(after: dueOn, visitFrom: visitFrom, through: end, limit: count)
    }

    /// Whether it never falls due again behind `dueOn`, however long a contract may last.
    func isOver(after dueOn: CalendarDay?, visitFrom: CalendarDay) -> Bool {
        var free = self
        free.term = nil
        return free.next(after: dueOn, visitFrom: visitFrom) == nil
    }

    /// Fifty years, days.
    private static let horizon = 18_262

    private var farthest: CalendarDay {
        term?.upperBound.adding(days: Self.reach) ?? CalendarDay(year: 9_999, month: 12, day: 31)
    }

    private func isBehind(_ due: CalendarDay, _ other: CalendarDay?) -> Bool { other.map { due > $0 } ?? true }

    /// The date of the series so far from its beginning; nil where nobody goes for it: out of season, out of the term,
    /// or on the day of the date before.
    private func date(_ index: Int) -> Due? {
        let due = day(index)
        guard isDue(due) else { return nil }
        let visit = visit(for: due)
        if index > 0 {
            let before = day(index - 1)
            if isDue(before), self.visit(for: before) == visit { return nil }
        }
        return Due(dueOn: due, visitOn: visit)
    }

    private func day(_ index: Int) -> CalendarDay {
        switch step {
        case .days(let days): return first.adding(days: index * days)
        case .months(let months, let day):
            let (year, month, _) = first.civil
            let start = CalendarDay(year: year, month: month, day: 1).adding(months: index * months)
            return min(start.adding(days: day - 1), start.adding(months: 1).adding(days: -1))
        }
    }

    /// The index of a date at or before `day`, close to it; 0 when there is none.
    private func index(notBehind day: CalendarDay) -> Int {
        let days = day.number - first.number
        return switch step {
        case .days(let length): max(0, days / length)
        case .months(let months, _): max(0, days / (31 * months) - 1)
        }
    }

    private func isDue(_ day: CalendarDay) -> Bool { day >= first && isInSeason(day) && isWithinBounds(day) }

    private func isInSeason(_ day: CalendarDay) -> Bool {
        guard let season else { return true }
        let month = day.civil.month
        return season.from <= season.to
            ? (season.from...season.to).contains(month) : month >= season.from || month <= season.to
    }

    /// The day nearest in the wished direction on which somebody may go, else in the other one, else the date itself.
    private func visit(for due: CalendarDay) -> CalendarDay {
        let direction = movesBack ? -1 : 1
        for step in [direction, -direction] {
            for days in 0...Self.reach {
                let day = due.adding(days: step * days)
                if isWithinBounds(day), isVisitDay(day) { return day }
            }
        }
        return due
    }

    private func isWithinBounds(_ day: CalendarDay) -> Bool {
        if let last, day > last { return false }
        return term?.contains(day) ?? true
    }

    private func isVisitDay(_ day: CalendarDay) -> Bool {
        (weekdays.isEmpty || weekdays.contains(day.weekday)) && (!workingDays || !calendar.shifts(on: day).isEmpty)
    }
}
