import DomainContracts
import Foundation
import Testing

@testable import Intake

struct CalendarTests {
    static let hour: TimeInterval = 3_600

    private var workingHours: BusinessCalendar { Calendars.shipped[.workingHours] }

    /// A moment on the company's clocks.
    private func beijing(_ day: String, _ hour: Double) throws -> Date {
        try #require(CalendarDay(day)).start(offset: ReadableNumber.companyOffset) + hour * Self.hour
    }

    @Test("working time runs in split shifts and not over the weekend")
    func split() throws {
        let friday = IntakeBench.monday + 4 * 86_400
        // Friday 10:00: 2 h before noon, 4.5 h after; Monday 9:00 begins the rest.
        #expect(workingHours.date(after: 7 * Self.hour, from: friday) == friday + 71 * Self.hour + 1_800)
        #expect(workingHours.seconds(from: friday, to: friday + 3 * 86_400) == 7.5 * Self.hour)
        #expect(workingHours.seconds(from: friday, to: friday - 5) == 0)
    }

    @Test("2026-02-14, a Saturday, is a make-up day and counts; 2026-02-17 is a holiday and does not")
    func springFestival() throws {
        #expect(
            workingHours.seconds(from: try beijing("2026-02-14", 0), to: try beijing("2026-02-15", 0))
                == 7.5 * Self.hour)
        #expect(workingHours.seconds(from: try beijing("2026-02-17", 0), to: try beijing("2026-02-18", 0)) == 0)
        // From Saturday 17:00 an hour is left; the next one runs on Tuesday the 24th, when the festival is over.
        #expect(
            workingHours.date(after: 2 * Self.hour, from: try beijing("2026-02-14", 17))
                == (try beijing("2026-02-24", 10)))
        let named = workingHours.exceptions(from: try beijing("2026-02-14", 23), to: try beijing("2026-02-17", 1))
        #expect(named.map(\.day.text) == ["2026-02-14", "2026-02-15", "2026-02-16", "2026-02-17"])
        #expect(named.map(\.name) == ["春节", "春节", "春节", "春节"])
    }

    @Test("whoever hears of a calendar hears its holidays, its make-up days, and over them the company's own")
    func told() throws {
        var rules = try #require(SLABook.standard.calendars[CalendarVersion.workingHours]).rules
        rules.makeUpLike = 5
        rules.exceptions = [
            CalendarException(date: "2026-02-16", shifts: ["09:00-12:00"], name: "值班"),
            CalendarException(date: "2025-12-31", name: "盘点"),
        ]
        let days = rules.exceptions(from: try #require(CalendarDay("2025-12-31")))
        #expect(days.first == CalendarException(date: "2025-12-31", name: "盘点"))
        let festival = days.filter { ("2026-02-14"..."2026-02-17").contains($0.date) }
        #expect(
            festival == [
                CalendarException(date: "2026-02-14", like: 5, name: "春节"),
                CalendarException(date: "2026-02-15", name: "春节"), rules.exceptions[0],
                CalendarException(date: "2026-02-17", name: "春节"),
            ])
    }

    @Test("the calendar that came before knew no holidays, and clocks that ended in it keep it")
    func before() throws {
        let old = Calendars.shipped[CalendarRef(name: CalendarVersion.workingHours, version: 1)]
        #expect(old.seconds(from: try beijing("2026-02-14", 0), to: try beijing("2026-02-15", 0)) == 0)
        #expect(old.seconds(from: try beijing("2026-02-17", 0), to: try beijing("2026-02-18", 0)) == 7.5 * Self.hour)
        let stored = Data(#"{"calendar": "working_hours"}"#.utf8)
        let decoded = try JSONDecoder().decode([String: CalendarRef].self, from: stored)
        #expect(decoded["calendar"] == CalendarRef(name: CalendarVersion.workingHours, version: 1))
    }

    @Test("the holidays of 2019 to 2026 are there, each year's New Year and National Day among them")
    func holidays() throws {
        let days = HolidayTable.cn.days
        #expect(HolidayTable.edition == 2026)
        #expect(HolidayTable.cn.knownThrough?.text == "2026-12-31")
        for year in 2019...2026 {
            let free = Set(days.filter { !$0.isMakeUp && $0.day.civil.year == year }.map(\.day.text))
            #expect(free.isSuperset(of: ["\(year)-01-01", "\(year)-05-01", "\(year)-10-01", "\(year)-10-02"]))
            #expect(days.contains { $0.isMakeUp && $0.day.civil.year == year })
        }
        #expect(days.allSatisfy { !$0.isMakeUp || $0.day.weekday > 5 })
    }

    @Test("own days go before official ones; `like` takes a weekday's shifts")
    func ownDays() throws {
        let calendar = try CalendarReader.calendar(
            CalendarRules(
                zone: "Asia/Shanghai",
                week: [
                    CalendarWeekdays(weekdays: [1], shifts: ["09:00-10:00"]),
                    CalendarWeekdays(weekdays: [5], shifts: ["09:00-11:00"]),
                ], holidays: "cn", makeUpLike: 5,
                exceptions: [
                    CalendarException(date: "2026-02-17", shifts: ["20:00-24:00"]),
                    CalendarException(date: "2026-02-18", like: 1), CalendarException(date: "2026-11-23"),
                ]))
        func hours(_ day: String) throws -> Double {
            calendar.seconds(from: try beijing(day, 0), to: try beijing(day, 24)) / Self.hour
        }
        #expect(try hours("2026-02-14") == 2)
        #expect(try hours("2026-02-17") == 4)
        #expect(try hours("2026-02-18") == 1)
        #expect(try hours("2026-11-23") == 0)
        #expect(try hours("2026-11-30") == 1)
    }

    @Test("where clocks jump, time runs as often as they show it")
    func summerTime() throws {
        let nights = try CalendarReader.calendar(
            CalendarRules(
                zone: "Europe/Berlin", week: [CalendarWeekdays(weekdays: [7], shifts: ["02:15-02:45", "03:00-04:00"])]))
        // 2026-03-29 has no 02:00–03:00, 2026-10-25 has it twice.
        let spring = try #require(RFC3339.parse("2026-03-28T22:00:00Z"))
        let autumn = try #require(RFC3339.parse("2026-10-24T22:00:00Z"))
        #expect(nights.seconds(from: spring, to: spring + 86_400) == Self.hour)
        #expect(nights.seconds(from: autumn, to: autumn + 86_400) == 2 * Self.hour)
        #expect(nights.date(after: 45 * 60, from: autumn) == RFC3339.parse("2026-10-25T01:30:00Z"))
    }

    @Test("time up to a date and the date after that time agree, wherever one starts, and over years")
    func inverse() throws {
        for step in 0..<200 {
            let start = IntakeBench.monday + Double(step) * 5_000
            let seconds = Double(step * 631 % 40_000) + Double(step % 7) * 5_000_000
            let end = try #require(workingHours.date(after: seconds, from: start))
            #expect(abs(workingHours.seconds(from: start, to: end) - seconds) < 0.001)
        }
    }

    @Test("a calendar that never opens again has no date")
    func never() throws {
        let once = try CalendarReader.calendar(
            CalendarRules(
                zone: "Asia/Shanghai", week: [CalendarWeekdays(weekdays: [1], shifts: ["09:00-09:01"])]))
        #expect(once.date(after: 600 * 60, from: IntakeBench.monday) == nil)
        #expect(once.date(after: 60 * 60, from: IntakeBench.monday) != nil)
    }

    @Test(
        "zones are taken by their IANA names, also by older ones",
        arguments: ["Asia/Kolkata", "Asia/Calcutta", "America/Argentina/Buenos_Aires", "Etc/GMT-8", "UTC"])
    func zones(_ name: String) { #expect(ZoneOffsets(name)?.identifier == name) }

    @Test(
        "what is no place's name is no zone", arguments: ["GMT+8", "CET", "asia/shanghai", "Mars/Base", "", "../UTC"])
    func noZones(_ name: String) { #expect(ZoneOffsets(name) == nil) }

    @Test("what is wrong with a calendar is said with a pointer to each")
    func refused() throws {
        var bench = IntakeBench().bench
        let rules = CalendarRules(
            zone: "GMT+8",
            week: [
                CalendarWeekdays(weekdays: [1, 8], shifts: ["09:00-12:00", "11:00-13:00"]),
                CalendarWeekdays(weekdays: [1], shifts: ["9-12"]), CalendarWeekdays(weekdays: [], shifts: []),
            ], holidays: "mars", makeUpLike: 0,
            exceptions: [
                CalendarException(date: "2026-02-30"), CalendarException(date: "2026-03-01", shifts: ["25:00-26:00"]),
                CalendarException(date: "2026-03-01", shifts: ["09:00-10:00"], like: 1, name: ""),
            ])
        let problem = try refusal {
            try bench.send(SetBusinessCalendar(name: "Bad", calendar: rules), to: SetCalendar())
        }
        #expect(
            problem.errors.map { "\($0.pointer) \($0.code)" } == [
                "/data/name format", "/data/calendar/zone unknown-value", "/data/calendar/week/0/shifts/1 order",
                "/data/calendar/week/0/weekdays/1 out-of-range", "/data/calendar/week/1/shifts/0 format",
                "/data/calendar/week/1/weekdays/0 duplicate", "/data/calendar/week/2/shifts required",
                "/data/calendar/week/2/weekdays required", "/data/calendar/exceptions/0/date format",
                "/data/calendar/exceptions/1/shifts/0 format", "/data/calendar/exceptions/2/like unexpected",
                "/data/calendar/exceptions/2/name length", "/data/calendar/exceptions/2/date duplicate",
                "/data/calendar/makeUpLike out-of-range", "/data/calendar/holidays unknown-value",
            ])
        let always = CalendarRules(zone: "UTC", holidays: "cn")
        let second = try refusal {
            try bench.send(SetBusinessCalendar(name: "all", calendar: always), to: SetCalendar())
        }
        #expect(second.errors.map(\.pointer) == ["/data/calendar/week"])
    }
}
