import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

/// Agreed times are such as the engineer can keep.
extension BookingTests {
    @Test("a visit is put where in its window he works, has no break and has the time for his ways")
    func withinDuty() throws {
        var company = try Company(engineers: 1)
        try company.bench.send(
            SetShift(
                engineerId: uuid(1), utcOffsetMinutes: 480,
                weekly: (1...6).map {
                    WeekdayShift(
                        weekday: $0, startMinute: 540, endMinute: 1020, breakStartMinute: 720, breakMinutes: 60)
                }), to: ReplaceShifts())
        try company.open(opened(location: Coordinates(latitude: 31.4, longitude: 121.47, crs: .wgs84)))
        try company.dispatch()
        let offer = try company.lastOffer()
        try company.accept(offer)
        func start(_ window: TimeWindow) throws -> Date {
            try rebook(&company, window, token: token(), by: ("customer", "oX3"))
            return Date(epoch: try #require(company.calendar(1).first).span.start)
        }
        // Any time tomorrow: after the shift has begun and he has come, not at midnight.
        let first = try start(window(16, 40))
        #expect(first > hours(25.75) && first < hours(27))
        #expect(try start(window(23, 28)) == first)
        // From noon on: after the break.
        #expect(try start(window(28, 30)) == hours(29))
        // Nobody has time before the shift: our own people may agree on it all the same.
        #expect(throws: Refusal.engineerAway) { try start(window(22, 24)) }
        try rebook(&company, window(22, 24))
        #expect(company.calendar(1).map(\.span.start) == [hours(22).epoch])
    }

    @Test("no time is offered, nor given by a link, at which his skill has ended; by hand the explanation says so")
    func skillEnds() throws {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        let number = offer.engineerId == uuid(1) ? 1 : 2
        let ending = [SkillLevel(skill: "aircon", level: 3, validUntil: hours(10))]
        try company.bench.send(registration(number, skills: ending), to: RegisterAnEngineer())
        let slots = try company.bench.send(OfferSlots(workOrderId: uuid(100), count: 20), to: OfferFreeSlots()).slots
        #expect(!slots.isEmpty && slots.allSatisfy { $0.window.end <= hours(10) })
        #expect(throws: Refusal.engineerAway) {
            try rebook(&company, window(26, 28), token: token(), by: ("customer", "oX3"))
        }
        try company.bench.send(registration(3 - number, skills: ending), to: RegisterAnEngineer())
        try company.bench.send(
            AssignEngineer(workOrderId: uuid(100), engineerId: uuid(3 - number), window: window(26, 28)),
            to: AssignByHand())
        #expect(try company.lastOffer().explanation.excluded.map(\.rule).contains("skill"))
    }
}
