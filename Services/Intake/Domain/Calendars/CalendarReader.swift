import DomainContracts
import FoundationEssentials

/// What is wrong with a document, and where.
struct DocumentProblems: Error, Equatable {
    let list: [FieldProblem]
}

/// Reads a business calendar, collecting what is wrong with it.
struct CalendarReader {
    private(set) var problems: [FieldProblem] = []

    static let mostExceptions = 1_000

    /// - Throws: all that is wrong, with pointers below `pointer`.
    static func calendar(
        _ rules: CalendarRules, at pointer: String = "/data/calendar"
    ) throws(DocumentProblems) -> BusinessCalendar {
        var reader = CalendarReader()
        let calendar = reader.read(rules, at: pointer)
        guard let calendar, reader.problems.isEmpty else { throw DocumentProblems(list: reader.problems) }
        return calendar
    }

    private mutating func read(_ rules: CalendarRules, at pointer: String) -> BusinessCalendar? {
        let zone = ZoneOffsets(rules.zone)
        if zone == nil {
            complain("\(pointer)/zone", "unknown-value", "expected an IANA time zone such as Asia/Shanghai")
        }
        let week = rules.week.map { self.week($0, at: "\(pointer)/week") }
        let own = exceptions(rules.exceptions, week, at: "\(pointer)/exceptions")
        let official = holidays(rules, week, at: pointer)
        if week == nil, rules.holidays != nil || !rules.exceptions.isEmpty {
            complain("\(pointer)/week", "required", "expected shifts: where time always runs there are no exceptions")
        }
        guard let zone else { return nil }
        let days = official.merging(own) { $1 }
        return BusinessCalendar(zone: zone, week: week, exceptions: days.values.sorted { $0.day < $1.day })
    }

    private mutating func week(_ entries: [CalendarWeekdays], at pointer: String) -> [[BusinessCalendar.Shift]] {
        var week = [[BusinessCalendar.Shift]](repeating: [], count: 7)
        var named: Set<Int> = []
        if entries.isEmpty { complain(pointer, "required", "expected the shifts of at least one weekday") }
        for (index, entry) in entries.enumerated() {
            let place = "\(pointer)/\(index)"
            let shifts = self.shifts(entry.shifts, at: "\(place)/shifts")
            if entry.shifts.isEmpty { complain("\(place)/shifts", "required", "expected at least one shift") }
            if entry.weekdays.isEmpty { complain("\(place)/weekdays", "required", "expected at least one weekday") }
            for (number, weekday) in entry.weekdays.enumerated() {
                guard isWeekday(weekday, at: "\(place)/weekdays/\(number)") else { continue }
                if !named.insert(weekday).inserted {
                    complain("\(place)/weekdays/\(number)", "duplicate", "weekday \(weekday) has its shifts already")
                }
                week[weekday - 1] = shifts
            }
        }
        return week
    }

    private mutating func exceptions(
        _ entries: [CalendarException], _ week: [[BusinessCalendar.Shift]]?, at pointer: String
    ) -> [CalendarDay: BusinessCalendar.Exception] {
        if entries.count > Self.mostExceptions {
            complain(pointer, "length", "expected at most \(Self.mostExceptions) days")
        }
        var days: [CalendarDay: BusinessCalendar.Exception] = [:]
        for (index, entry) in entries.enumerated() {
            let place = "\(pointer)/\(index)"
            var shifts = self.shifts(entry.shifts, at: "\(place)/shifts")
            if let like = entry.like, isWeekday(like, at: "\(place)/like") {
                if !entry.shifts.isEmpty {
                    complain("\(place)/like", "unexpected", "expected shifts or like, not both")
                }
                shifts = week?[like - 1] ?? []
            }
            if let name = entry.name, name.isEmpty || name.count > 100 {
                complain("\(place)/name", "length", "expected 1 to 100 characters")
            }
            guard let day = CalendarDay(entry.date) else {
                complain("\(place)/date", "format", "expected a day such as 2026-02-14")
                continue
            }
            if days[day] != nil { complain("\(place)/date", "duplicate", "\(entry.date) is there already") }
            days[day] = BusinessCalendar.Exception(day: day, shifts: shifts, name: entry.name)
        }
        return days
    }

    private mutating func holidays(
        _ rules: CalendarRules, _ week: [[BusinessCalendar.Shift]]?, at pointer: String
    ) -> [CalendarDay: BusinessCalendar.Exception] {
        let like = rules.makeUpLike ?? 1
        let makesUp = isWeekday(like, at: "\(pointer)/makeUpLike") ? week?[like - 1] ?? [] : []
        guard let name = rules.holidays else {
            if rules.makeUpLike != nil {
                complain("\(pointer)/makeUpLike", "unexpected", "expected holidays beside it")
            }
            return [:]
        }
        guard let table = HolidayTable.known[name] else {
            let known = HolidayTable.known.keys.sorted().joined(separator: ", ")
            complain("\(pointer)/holidays", "unknown-value", "expected one of: \(known)")
            return [:]
        }
        return Dictionary(
            table.days.map {
                ($0.day, BusinessCalendar.Exception(day: $0.day, shifts: $0.isMakeUp ? makesUp : [], name: $0.name))
            }, uniquingKeysWith: { $1 })
    }

    private mutating func shifts(_ texts: [String], at pointer: String) -> [BusinessCalendar.Shift] {
        var shifts: [BusinessCalendar.Shift] = []
        for (index, text) in texts.enumerated() {
            guard let shift = BusinessCalendar.Shift(text) else {
                complain("\(pointer)/\(index)", "format", "expected hours such as 09:00-12:00, the end after the start")
                continue
            }
            if let last = shifts.last, shift.start < last.end {
                complain("\(pointer)/\(index)", "order", "expected it to begin when the shift before it is over")
            }
            shifts.append(shift)
        }
        return shifts
    }

    private mutating func isWeekday(_ number: Int, at pointer: String) -> Bool {
        if (1...7).contains(number) { return true }
        complain(pointer, "out-of-range", "expected 1 for Monday to 7 for Sunday")
        return false
    }

    private mutating func complain(_ pointer: String, _ code: String, _ detail: String) {
        problems.append(FieldProblem(pointer, code, detail))
    }
}

extension BusinessCalendar.Shift {
    /// Nil unless `text` is two times of the day, the second after the first: `09:00-12:00`.
    init?(_ text: String) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
        guard ends.count == 2, let start = ends[0], let end = ends[1], start < end else { return nil }
        self.init(start: start, end: end)
    }

    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1_440
        else { return nil }
        return hour * 60 + minute
    }
}
