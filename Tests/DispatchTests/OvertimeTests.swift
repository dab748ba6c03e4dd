import Dispatching
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

/// How overtime is allowed, and what it does to offers.
@Suite("Overtime")
struct OvertimeTests {
    /// One engineer who is on duty until 17:00 and booked until 16:30.
    private func company(overtime: Int?) throws -> Company {
        var company = try Company(engineers: 1)
        try company.bench.send(shifts(overtime), to: ReplaceShifts())
        var calendar = EngineerCalendar()
        _ = calendar.book(
            CalendarEntry(
                assignmentId: uuid(77), workOrderId: uuid(78), span: Span(window(0, 8.5)), place: job().place),
            now: monday.epoch)
        company.bench.put(calendar, uuid(1))
        return company
    }

    private func shifts(_ overtime: Int?) -> SetShift {
        SetShift(engineerId: uuid(1), utcOffsetMinutes: 480, weekly: weekly, overtimeMinutes: overtime)
    }

    @Test("an urgent order is offered in overtime where that is allowed, and slots in overtime to nobody")
    func offered() throws {
        var allowed = try company(overtime: 60)
        try allowed.open(opened(need: need(due: hours(10)), priority: .p1))
        try allowed.dispatch()
        let offer = try allowed.lastOffer()
        #expect(offer.proposedWindow == window(8.5, 9.5))
        #expect(offer.explanation.ranking.first?.terms.contains(ScoreTerm(rule: "overtime", cost: 9_000)) == true)
        try allowed.accept(offer)
        let slots = try allowed.bench.send(OfferSlots(workOrderId: uuid(100)), to: OfferFreeSlots()).slots
        #expect(!slots.isEmpty && slots.allSatisfy { $0.window.start >= hours(24) })
        var usual = try company(overtime: nil)
        try usual.open(opened(need: need(due: hours(10)), priority: .p1))
        try usual.dispatch()
        #expect(try usual.lastOffer().proposedWindow == window(24, 25))
    }

    @Test("who is sent by hand into overtime that he may work breaks no rule; beyond it he does")
    func byHand() throws {
        func broken(_ overtime: Int?, _ window: TimeWindow) throws -> [String] {
            var company = try company(overtime: overtime)
            try company.open()
            try company.bench.send(
                AssignEngineer(workOrderId: uuid(100), engineerId: uuid(1), window: window), to: AssignByHand())
            return try company.lastOffer().explanation.excluded.map(\.rule)
        }
        #expect(try broken(120, window(9.5, 10)) == [])
        #expect(try broken(60, window(9.5, 10)) == ["shift"])
        #expect(try broken(nil, window(9.5, 10)) == ["shift"])
    }

    @Test("overtime is between none and four hours; none said is none")
    func set() throws {
        var company = try Company(engineers: 1)
        for overtime in [-1, 241] {
            let refusal = #expect(throws: Refusal.self) {
                try company.bench.send(shifts(overtime), to: ReplaceShifts())
            }
            #expect(refusal?.problem.errors.map(\.pointer) == ["/data/overtimeMinutes"])
        }
        let version = company.bench.version(of: Engineer.self, uuid(1))
        #expect(try company.bench.send(shifts(0), to: ReplaceShifts()).version == version)
        try company.bench.send(shifts(240), to: ReplaceShifts())
        #expect(company.bench.state(Engineer.self, uuid(1))?.shifts?.overtimeMinutes == 240)
        try company.bench.send(shifts(nil), to: ReplaceShifts())
        #expect(company.bench.state(Engineer.self, uuid(1))?.shifts == dayShift)
    }
}
