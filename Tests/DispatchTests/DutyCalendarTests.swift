import Dispatching
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

/// The tests' Monday is the 16th of November; the calendar makes the Tuesday a holiday, and the Sunday make up for it.
@Suite("Holidays and make-up days")
struct DutyCalendarTests {
    private static let tuesday = CalendarException(date: "2026-11-17", name: "公司日")
    private static let sunday = CalendarException(date: "2026-11-22", like: 1, name: "公司日")

    private func told(_ exceptions: [CalendarException]?, name: String = "working_hours") -> BusinessCalendarChanged {
        BusinessCalendarChanged(
            name: name, calendarVersion: 3, zone: "Asia/Shanghai", exceptions: exceptions, changedAt: monday)
    }

    private func keep(_ calendar: String?) -> SetShift {
        SetShift(engineerId: uuid(1), utcOffsetMinutes: 480, weekly: weekly, calendar: calendar)
    }

    private func duty(_ bench: DeciderBench, days: Double = 7) -> [TimeWindow]? {
        bench.state(Engineer.self, uuid(1))?.duty?.spans(in: Span(window(0, days * 24))).map(\.window)
    }

    private static let usual = (0..<6).map { window(Double($0) * 24, Double($0) * 24 + 9) }

    private func bench() throws -> DeciderBench {
        var bench = DeciderBench(.dispatch, now: monday)
        try bench.send(registration(1), to: RegisterAnEngineer())
        try bench.receive(told([Self.tuesday, Self.sunday]), by: FollowCalendar(), sequence: 1)
        return bench
    }

    @Test("who keeps a calendar is off duty on its holidays and works on its make-up days, and nobody else")
    func keeps() throws {
        var bench = try bench()
        try bench.send(keep(nil), to: ReplaceShifts())
        #expect(duty(bench) == Self.usual)
        try bench.send(keep("working_hours"), to: ReplaceShifts())
        #expect(duty(bench) == [Self.usual[0]] + Self.usual[2...] + [window(144, 153)])
    }

    @Test("a calendar that changes changes who keeps it; news that is older, or without days, changes nothing")
    func follows() throws {
        var bench = try bench()
        try bench.send(keep("working_hours"), to: ReplaceShifts())
        try bench.receive(told([]), by: FollowCalendar(), sequence: 3)
        #expect(duty(bench) == Self.usual)
        try bench.receive(told([Self.tuesday]), by: FollowCalendar(), sequence: 2)
        try bench.receive(told(nil), by: FollowCalendar(), sequence: 4)
        #expect(duty(bench) == Self.usual)
        // Hours that are merely others change nobody's shifts.
        try bench.receive(
            told([CalendarException(date: "2026-11-18", shifts: ["09:00-10:00"])]), by: FollowCalendar(), sequence: 5)
        #expect(duty(bench) == Self.usual)
    }

    @Test("who changes to another calendar, or to none, follows the former no more")
    func leaves() throws {
        var bench = try bench()
        try bench.receive(told([Self.sunday], name: "own"), by: FollowCalendar(), sequence: 1)
        try bench.send(keep("working_hours"), to: ReplaceShifts())
        try bench.send(keep("own"), to: ReplaceShifts())
        #expect(duty(bench) == Self.usual + [window(144, 153)])
        try bench.send(keep(nil), to: ReplaceShifts())
        try bench.receive(told([Self.tuesday]), by: FollowCalendar(), sequence: 2)
        #expect(duty(bench) == Self.usual)
    }

    @Test("a calendar that nobody set is refused by its name")
    func unknown() throws {
        var bench = try bench()
        let refusal = #expect(throws: Refusal.self) { try bench.send(keep("lunar"), to: ReplaceShifts()) }
        #expect(refusal?.problem.errors.map(\.pointer) == ["/data/calendar"])
    }

    @Test("nothing is offered on a holiday; after ever so long a one he is on duty again")
    func offers() throws {
        var company = try Company(engineers: 1)
        try company.bench.receive(told(holidays(through: 18)), by: FollowCalendar(), sequence: 1)
        try company.bench.send(keep("working_hours"), to: ReplaceShifts())
        try company.open()
        try company.dispatch()
        #expect(try company.lastOffer().proposedWindow.start == hours(72))
        try company.bench.receive(told(holidays(through: 25)), by: FollowCalendar(), sequence: 2)
        let duty = company.bench.state(Engineer.self, uuid(1))?.duty
        #expect(duty?.onDuty(from: monday.epoch) == hours(240).epoch)
    }

    private func holidays(through last: Int) -> [CalendarException] {
        (16...last).map { CalendarException(date: "2026-11-\($0)") }
    }

    @Test("a make-up day is like another weekday only for those who are free on its own")
    func makeUp() {
        let saturday = WeekdayShift(weekday: 6, startMinute: 600, endMinute: 720)
        let pattern = ShiftPattern(
            utcOffsetMinutes: 480, weekly: [weekly[0], saturday], calendar: "working_hours",
            // The 21st is a Saturday, the 22nd a Sunday.
            exceptions: [DutyException(day: 20_778, like: 1), DutyException(day: 20_779, like: 1)])
        #expect(
            pattern.spans(in: Span(window(110, 168))).map(\.window) == [window(122, 124), window(144, 153)])
    }

    @Test("shifts keep to the clock of their zone: summer time moves none of them")
    func summerTime() throws {
        var bench = DeciderBench(.dispatch, now: monday)
        try bench.send(registration(1), to: RegisterAnEngineer())
        // 22:00 to 06:00 and 08:00 to 16:00 in Berlin, every day.
        let shifts = (1...7).flatMap { day in
            [
                WeekdayShift(
                    weekday: day, startMinute: 480, endMinute: 960, breakStartMinute: 720, breakMinutes: 30),
                WeekdayShift(weekday: day, startMinute: 1320, endMinute: 1800),
            ]
        }
        var command = SetShift(engineerId: uuid(1), utcOffsetMinutes: 60, weekly: shifts, zone: "Europe/Berlin")
        try bench.send(command, to: ReplaceShifts())
        let duty = try #require(bench.state(Engineer.self, uuid(1))?.duty)
        func spans(_ from: String, _ to: String) throws -> [[String]] {
            let range = Span(
                start: try #require(RFC3339.parse(from)).epoch, end: try #require(RFC3339.parse(to)).epoch)
            return duty.spans(in: range).map { span in
                [span.start, span.end].map { String(RFC3339.format(Date(epoch: $0)).dropFirst(5).prefix(11)) }
            }
        }
        // On the 28th of March 2027 the clocks go from two to three: the night is an hour shorter.
        #expect(
            try spans("2027-03-27T06:00:00Z", "2027-03-28T15:00:00Z") == [
                ["03-27T07:00", "03-27T15:00"], ["03-27T21:00", "03-28T04:00"], ["03-28T06:00", "03-28T14:00"],
            ])
        // On the 31st of October they go back.
        #expect(
            try spans("2027-10-30T18:00:00Z", "2027-10-31T16:00:00Z") == [
                ["10-30T20:00", "10-31T05:00"], ["10-31T07:00", "10-31T15:00"],
            ])
        let noon = Span(start: hours(24 * 250).epoch, end: hours(24 * 251).epoch)
        #expect(duty.breaks(in: noon).map { ($0.start / 60) % 1440 } == [600])
        let version = bench.version(of: Engineer.self, uuid(1))
        bench.now = hours(24 * 20)
        try bench.send(command, to: ReplaceShifts())
        #expect(bench.version(of: Engineer.self, uuid(1)) == version)
        command.zone = "Berlin"
        let refusal = #expect(throws: Refusal.self) { try bench.send(command, to: ReplaceShifts()) }
        #expect(refusal?.problem.errors.map(\.pointer) == ["/data/zone"])
    }
}
