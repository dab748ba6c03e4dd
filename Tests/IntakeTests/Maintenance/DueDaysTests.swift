import DomainContracts
import Foundation
import Testing

@testable import Intake

@Suite("When a maintenance plan falls due")
struct DueDaysTests {
    /// One case worked out by hand with a printed calendar. Days are `dueOn`, or `dueOn>visitOn` where it is moved.
    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        let schedule: MaintenanceSchedule
        var after: String?
        var from: String?
        var term: ClosedRange<String>?
        var count = 4
        let expected: String
        var testDescription: String { what }
    }

    private static func every(
        _ every: Int, _ unit: IntervalUnit, on day: Int? = nil, from first: String, to last: String? = nil,
        weekdays: [Int] = [], working: Bool? = nil, move: MoveRule? = nil, season: (Int, Int)? = nil
    ) -> MaintenanceSchedule {
        MaintenanceSchedule(
            every: every, unit: unit, dayOfMonth: day, firstDueOn: first, endsOn: last, weekdays: weekdays,
            workingDays: working, move: move, season: season.map { MaintenanceSeason(fromMonth: $0.0, toMonth: $0.1) })
    }

    static let cases = [
        Case(
            what: "every ten days", schedule: every(10, .days, from: "2026-12-15"),
            expected: "2026-12-15 2026-12-25 2027-01-04 2027-01-14"),
        Case(
            what: "every other week, on the same weekday", schedule: every(2, .weeks, from: "2026-12-01"),
            expected: "2026-12-01 2026-12-15 2026-12-29 2027-01-12"),
        Case(
            what: "the 31st, or the month's last, and the 31st again", schedule: every(1, .months, from: "2027-01-31"),
            count: 5, expected: "2027-01-31 2027-02-28 2027-03-31 2027-04-30 2027-05-31"),
        Case(
            what: "the 31st in a leap year's February", schedule: every(1, .months, on: 31, from: "2028-01-31"),
            count: 3, expected: "2028-01-31 2028-02-29 2028-03-31"),
        Case(
            what: "29 February every year is the 28th between leap years",
            schedule: every(12, .months, from: "2028-02-29"), count: 5,
            expected: "2028-02-29 2029-02-28 2030-02-28 2031-02-28 2032-02-29"),
        Case(
            what: "1900 and 2100 are no leap years: a day in 2100", schedule: every(12, .months, from: "2096-02-29"),
            count: 2, expected: "2096-02-29 2097-02-28"),
        Case(
            what: "a day of the month that lies before the first date in its month",
            schedule: every(3, .months, on: 5, from: "2026-11-20"), count: 3,
            expected: "2027-02-05 2027-05-05 2027-08-05"),
        Case(
            what: "a day of the month that lies behind it", schedule: every(3, .months, on: 25, from: "2026-11-20"),
            count: 2, expected: "2026-11-25 2027-02-25"),
        Case(
            what: "a last day, itself included", schedule: every(1, .months, from: "2026-11-30", to: "2027-01-30"),
            expected: "2026-11-30 2026-12-30 2027-01-30"),
        Case(
            what: "a heating season over the new year",
            schedule: every(1, .months, from: "2026-10-15", season: (11, 2)), count: 5,
            expected: "2026-11-15 2026-12-15 2027-01-15 2027-02-15 2027-11-15"),
        Case(
            what: "a season within a year", schedule: every(1, .months, from: "2026-10-15", season: (5, 6)), count: 3,
            expected: "2027-05-15 2027-06-15 2028-05-15"),
        Case(
            what: "a season of one month", schedule: every(1, .months, from: "2026-10-15", season: (4, 4)), count: 2,
            expected: "2027-04-15 2028-04-15"),
        // 2026-12-05 is a Saturday.
        Case(
            what: "a Saturday goes to the Monday behind it",
            schedule: every(1, .months, from: "2026-12-05", weekdays: [1, 2, 3, 4, 5]), count: 3,
            expected: "2026-12-05>2026-12-07 2027-01-05 2027-02-05"),
        Case(
            what: "or to the Friday before it",
            schedule: every(1, .months, from: "2026-12-05", weekdays: [1, 2, 3, 4, 5], move: .previous), count: 1,
            expected: "2026-12-05>2026-12-04"),
        Case(
            what: "to the only weekday there is", schedule: every(1, .months, from: "2026-12-03", weekdays: [3]),
            count: 2, expected: "2026-12-03>2026-12-09 2027-01-03>2027-01-06"),
        // 2026-10-01 to 07 is the national holiday; Saturday the 10th is worked.
        Case(
            what: "a holiday goes to the first working day behind it",
            schedule: every(1, .months, from: "2026-10-01", working: true), count: 1,
            expected: "2026-10-01>2026-10-08"),
        Case(
            what: "a holiday goes to the last working day before it",
            schedule: every(1, .months, from: "2026-10-01", working: true, move: .previous), count: 1,
            expected: "2026-10-01>2026-09-30"),
        Case(
            what: "a Saturday that is worked stays", schedule: every(1, .months, from: "2026-10-10", working: true),
            count: 1, expected: "2026-10-10"),
        Case(
            what: "a working day that is a Wednesday too",
            schedule: every(1, .months, from: "2026-10-01", weekdays: [3], working: true), count: 1,
            expected: "2026-10-01>2026-10-14"),
        Case(
            what: "several dates that are moved to one day are one visit",
            schedule: every(1, .days, from: "2026-12-01", weekdays: [1]), count: 3,
            expected: "2026-12-01>2026-12-07 2026-12-08>2026-12-14 2026-12-15>2026-12-21"),
        Case(
            what: "what may not be moved over the last day is moved before it",
            schedule: every(1, .months, from: "2026-12-05", to: "2026-12-06", weekdays: [1, 2, 3, 4, 5]),
            expected: "2026-12-05>2026-12-04"),
        Case(
            what: "where no day will do it stays",
            schedule: every(1, .months, from: "2026-12-05", to: "2026-12-05", weekdays: [7]),
            term: "2026-12-05"..."2026-12-05", count: 1, expected: "2026-12-05"),
        Case(
            what: "behind a date that was decided", schedule: every(1, .months, from: "2026-01-31"),
            after: "2026-11-30",
            count: 2, expected: "2026-12-31 2027-01-31"),
        Case(
            what: "long behind the first date", schedule: every(1, .weeks, from: "2001-01-01"), from: "2026-11-28",
            count: 2, expected: "2026-11-30 2026-12-07"),
        Case(
            what: "a date before that is visited on the day itself",
            schedule: every(1, .months, from: "2026-12-05", weekdays: [1]), from: "2026-12-07", count: 1,
            expected: "2026-12-05>2026-12-07"),
        Case(
            what: "within a contract's term", schedule: every(1, .months, from: "2026-01-15"),
            term: "2026-12-01"..."2027-01-15", expected: "2026-12-15 2027-01-15"),
        Case(
            what: "a season in which it never falls due",
            schedule: every(12, .months, from: "2026-07-01", season: (11, 2)), expected: ""),
    ]

    @Test("the days are those of the calendar on the wall", arguments: cases)
    func dates(_ each: Case) throws {
        let calendar = Calendars.shipped[.workingHours]
        var days = try #require(DueDays(each.schedule, calendar: calendar))
        if let term = each.term { days.term = try day(term.lowerBound)...day(term.upperBound) }
        let found = days.next(
            each.count, after: try each.after.map(day),
            visitFrom: try each.from.map(day) ?? days.first.adding(days: -99))
        let text = found.map { $0.dueOn == $0.visitOn ? $0.dueOn.text : "\($0.dueOn.text)>\($0.visitOn.text)" }
        #expect(text.joined(separator: " ") == each.expected)
    }

    private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

    @Test(
        "a day begins at midnight of the zone, summer time or not, and where midnight is missing right after it",
        arguments: [
            ("Asia/Shanghai", "2026-12-01", 0, "2026-11-30T16:00:00Z"),
            ("Europe/Berlin", "2026-03-29", 0, "2026-03-28T23:00:00Z"),
            ("Europe/Berlin", "2026-03-29", 540, "2026-03-29T07:00:00Z"),
            ("Europe/Berlin", "2026-10-25", 0, "2026-10-24T22:00:00Z"),
            ("Europe/Berlin", "2026-10-25", 540, "2026-10-25T08:00:00Z"),
            // Clocks go from 24:00 to 1:00.
            ("America/Havana", "2026-03-08", 0, "2026-03-08T05:00:00Z"),
        ])
    func midnight(_ zone: String, _ text: String, _ minute: Int, _ expected: String) throws {
        let calendar = BusinessCalendar(zone: try #require(ZoneOffsets(zone)), week: nil, exceptions: [])
        let moment = calendar.moment(try day(text), minute: minute)
        #expect(moment == RFC3339.parse(expected))
        #expect(calendar.day(of: moment).text == text)
    }

    @Test("every date of a series is found exactly once, from wherever one looks")
    func walk() throws {
        let calendar = Calendars.shipped[.workingHours]
        for move in MoveRule.known {
            for unit in IntervalUnit.known {
                let schedule = Self.every(
                    1, unit, from: "2026-01-31", weekdays: [2, 4], working: true, move: move, season: (9, 3))
                let days = try #require(DueDays(schedule, calendar: calendar))
                let all = days.next(40, after: nil, visitFrom: days.first.adding(days: -40))
                var walked: [DueDays.Due] = []
                while walked.count < 40,
                    let next = days.next(after: walked.last?.dueOn, visitFrom: days.first.adding(days: -40))
                {
                    walked.append(next)
                }
                #expect(walked == all)
                #expect(Set(all.map(\.visitOn)).count == all.count)
            }
        }
    }

    @Test(
        "of what was missed the last is caught up, unless something is due in time; or all is, where the plan says so")
    func catchUp() throws {
        func due(_ text: String) throws -> DueDays.Due { DueDays.Due(dueOn: try day(text), visitOn: try day(text)) }
        let missed = try ["2026-09-01", "2026-10-01", "2026-11-01"].map(due)
        let ahead = try due("2026-12-01")
        let today = try day("2026-11-28")
        #expect(CatchUp(today: today, rule: .latest).skipped(of: missed) == Set(missed.dropLast()))
        #expect(CatchUp(today: today, rule: .latest).skipped(of: missed + [ahead]) == Set(missed))
        #expect(CatchUp(today: today, rule: .latest).skipped(of: [ahead]) == [])
        #expect(CatchUp(today: today, rule: .latest).skipped(of: []) == [])
        #expect(CatchUp(today: today, rule: .all).skipped(of: missed + [ahead]) == [])
        // Today is not over.
        #expect(
            CatchUp(today: try day("2026-11-01"), rule: .latest).skipped(of: missed + [ahead]) == Set(missed.prefix(2)))
    }
}
