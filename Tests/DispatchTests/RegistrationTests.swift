import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

struct RegistrationTests {
    @Test("an engineer is told about when he is new and when he changed, and not otherwise")
    func register() throws {
        var bench = DeciderBench(.dispatch, now: monday)
        try bench.send(registration(1), to: RegisterAnEngineer())
        try bench.send(registration(1), to: RegisterAnEngineer())
        try bench.send(registration(1, name: "王"), to: RegisterAnEngineer())
        #expect(bench.all(EngineerRegistered.self).map(\.name) == ["李", "王"])
    }

    @Test("a changed registration keeps the shifts")
    func keepsShifts() throws {
        var bench = DeciderBench(.dispatch, now: monday)
        try bench.send(registration(1), to: RegisterAnEngineer())
        try bench.send(SetShift(engineerId: uuid(1), utcOffsetMinutes: 480, weekly: weekly), to: ReplaceShifts())
        try bench.send(registration(1, name: "王"), to: RegisterAnEngineer())
        #expect(bench.state(Engineer.self, uuid(1))?.shifts == dayShift)
    }

    @Test("what is wrong is pointed at")
    func invalid() throws {
        var bench = DeciderBench(.dispatch, now: monday)
        var wrong = registration(1, skills: [SkillLevel(skill: "aircon", level: 6)], regions: [""], name: " ")
        wrong.home = Coordinates(latitude: 91, longitude: 0, crs: .wgs84)
        wrong.depot = Coordinates(latitude: 0, longitude: -181, crs: .wgs84)
        (wrong.productLines, wrong.tools, wrong.partner, wrong.visitsPerDay) = (["aircon", ""], [""], " ", 0)
        let corner = Coordinates(latitude: 31, longitude: 181, crs: .wgs84)
        wrong.areas = [[corner], [shanghai, shanghai, corner]]
        let refusal = #expect(throws: Refusal.self) { try bench.send(wrong, to: RegisterAnEngineer()) }
        #expect(
            refusal?.problem.errors.map(\.pointer) == [
                "/data/name", "/data/skills/0/level", "/data/regionCodes/0", "/data/productLines/1", "/data/tools/0",
                "/data/partner", "/data/visitsPerDay", "/data/home/latitude", "/data/depot/longitude",
                "/data/areas/0", "/data/areas/1/2/longitude",
            ])
        let shift = SetShift(
            engineerId: uuid(1), utcOffsetMinutes: 900,
            weekly: [WeekdayShift(weekday: 8, startMinute: -1, endMinute: .min)])
        let breaks = SetShift(
            engineerId: uuid(1), utcOffsetMinutes: 480,
            weekly: [
                WeekdayShift(weekday: 1, startMinute: 480, endMinute: 1020, breakStartMinute: 720),
                WeekdayShift(weekday: 2, startMinute: 480, endMinute: 1020, breakMinutes: 30),
                WeekdayShift(weekday: 3, startMinute: 480, endMinute: 1020, breakStartMinute: 720, breakMinutes: 300),
                WeekdayShift(weekday: 4, startMinute: 480, endMinute: 1020, breakStartMinute: 1000, breakMinutes: 30),
            ])
        let breakRefusal = #expect(throws: Refusal.self) { try bench.send(breaks, to: ReplaceShifts()) }
        #expect(
            breakRefusal?.problem.errors.map(\.pointer) == [
                "/data/weekly/0/breakMinutes", "/data/weekly/1/breakStartMinute", "/data/weekly/2/breakMinutes",
                "/data/weekly/3/breakStartMinute",
            ])
        let shiftRefusal = #expect(throws: Refusal.self) { try bench.send(shift, to: ReplaceShifts()) }
        #expect(
            shiftRefusal?.problem.errors.map(\.pointer) == [
                "/data/utcOffsetMinutes", "/data/weekly/0/weekday", "/data/weekly/0/startMinute",
                "/data/weekly/0/endMinute",
            ])
    }

    @Test("shifts of somebody unknown are refused")
    func unknown() {
        var bench = DeciderBench(.dispatch, now: monday)
        #expect(throws: Refusal.notFound("/data/engineerId", "engineer")) {
            try bench.send(SetShift(engineerId: uuid(1), utcOffsetMinutes: 480, weekly: weekly), to: ReplaceShifts())
        }
    }
}
