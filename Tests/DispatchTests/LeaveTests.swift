import Dispatching
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

struct LeaveTests {
    private func sick(_ number: UUID, _ from: Double, _ to: Double) -> SetLeave {
        SetLeave(engineerId: number, absences: [Absence(window: window(from, to), kind: .sick)])
    }

    @Test("who falls ill gives away what he was to do: somebody else comes at the time that was agreed")
    func givenAway() throws {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(5, 7)), to: BookAgreedSlot())
        try company.bench.send(sick(offer.engineerId, 0, 48), to: ReplaceLeave())
        #expect(company.bench.last(AssignmentWithdrawn.self)?.reason == .engineerAbsent)
        #expect(company.bench.last(EngineerAbsent.self)?.visitsGivenAway == 1)
        #expect(company.bench.timers.isEmpty)
        try company.dispatch()
        let next = try company.lastOffer()
        #expect(next.engineerId != offer.engineerId && next.round == offer.round)
        #expect(next.proposedWindow.start == hours(5))
    }

    @Test("of two who set an engineer's leave at once the second is refused, and the first one's stands")
    func twoEditors() throws {
        var company = try Company(engineers: 1)
        try company.open()
        try company.dispatch()
        let id = try company.lastOffer().engineerId
        let seen = company.bench.version(of: Engineer.self, id)
        var first = sick(id, 50, 60)
        first.expectedVersion = seen
        let set = try company.bench.send(first, to: ReplaceLeave())
        #expect(set.version == seen + 1)
        var second = sick(id, 70, 80)
        second.expectedVersion = seen
        let refused = #expect(throws: Refusal.self) { try company.bench.send(second, to: ReplaceLeave()) }
        #expect(refused?.problem.code == SetLeave.outdatedCode && refused?.problem.status == 409)
        #expect(company.bench.state(Engineer.self, id)?.absences == first.absences)
        // His shifts are of the same version.
        let shifts = SetShift(engineerId: id, utcOffsetMinutes: 480, expectedVersion: seen)
        #expect(throws: Refusal.self) { try company.bench.send(shifts, to: ReplaceShifts()) }
        second.expectedVersion = set.version
        try company.bench.send(second, to: ReplaceLeave())
    }

    @Test("an open offer of his is offered to somebody else; what lies outside his absence stays his")
    func outside() throws {
        var company = try Company(engineers: 2)
        try company.open()
        try company.dispatch()
        let offer = try company.lastOffer()
        try company.bench.send(sick(offer.engineerId, 30, 40), to: ReplaceLeave())
        #expect(company.status(offer) == .offered)
        #expect(company.bench.last(EngineerAbsent.self)?.visitsGivenAway == 0)
        try company.bench.send(sick(offer.engineerId, 0, 9), to: ReplaceLeave())
        #expect(company.status(offer) == .withdrawn)
        try company.dispatch()
        #expect(try company.lastOffer().engineerId != offer.engineerId)
    }

    @Test("nobody is booked for a time at which he is away, whoever agrees on it")
    func notBooked() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        try company.bench.send(sick(offer.engineerId, 24, 48), to: ReplaceLeave())
        #expect(throws: Refusal.engineerAway) {
            try company.bench.send(
                BookSlot(assignmentId: offer.assignmentId, window: window(47, 49)), to: BookAgreedSlot())
        }
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(48, 50)), to: BookAgreedSlot())
    }

    @Test("the visit that he has begun stays his")
    func begun() throws {
        var company = try Company(engineers: 1)
        let offer = try company.openAndAccept()
        company.bench.now = hours(1.5)
        try company.bench.receive(checkedIn(offer, at: hours(1.25)), by: NoteArrival())
        try company.bench.send(sick(offer.engineerId, 1, 48), to: ReplaceLeave())
        #expect(company.status(offer) == .accepted)
    }

    @Test("a visit that he is late for is given away, and one that he never made an appointment for, days ago")
    func late() throws {
        var company = try Company(engineers: 2)
        let offer = try company.openAndAccept()
        try company.bench.send(
            BookSlot(assignmentId: offer.assignmentId, window: window(1, 3)), to: BookAgreedSlot())
        company.bench.now = hours(1).addingTimeInterval(300)
        try company.bench.send(
            SetLeave(
                engineerId: offer.engineerId,
                absences: [Absence(window: TimeWindow(start: company.bench.now, end: hours(9)), kind: .sick)]),
            to: ReplaceLeave())
        #expect(company.status(offer) == .withdrawn)
        try company.dispatch()
        #expect(try company.lastOffer().agreedWindow == window(1, 3))
        var idle = try Company(engineers: 1)
        let held = try idle.openAndAccept()
        idle.bench.now = hours(50)
        // Something else was booked since.
        try idle.open(opened(101))
        try idle.dispatch()
        try idle.bench.send(sick(held.engineerId, 50, 24 * 14), to: ReplaceLeave())
        #expect(idle.status(held) == .withdrawn && idle.job()?.status == .open)
        #expect(idle.bench.last(EngineerAbsent.self)?.visitsGivenAway == 2)
    }

    @Test("while he is away nothing is offered to him; when he is back it is, and his file says what it said")
    func back() throws {
        var company = try Company(engineers: 1)
        try company.bench.send(sick(uuid(1), 0, 24), to: ReplaceLeave())
        try company.bench.send(registration(1, name: "李四"), to: RegisterAnEngineer())
        try company.open()
        try company.dispatch()
        #expect(try company.lastOffer().proposedWindow.start == hours(24))
        try company.bench.send(SetLeave(engineerId: uuid(1)), to: ReplaceLeave())
        try company.open(opened(101))
        try company.dispatch()
        #expect(try company.lastOffer().proposedWindow.start == hours(1))
    }

    @Test("nobody is sent into his break, which is where his shift is")
    func breaks() throws {
        var pattern = ShiftPattern(utcOffsetMinutes: 480, weekly: [])
        pattern.weekly = (1...6).map {
            WeekdayShift(weekday: $0, startMinute: 480, endMinute: 1020, breakStartMinute: 570, breakMinutes: 45)
        }
        #expect(pattern.breaks(in: Span(window(0, 34))) == [Span(window(1.5, 2.25)), Span(window(25.5, 26.25))])
        let lunch = engineer(1, shifts: pattern)
        let jobs = (100..<103).map { (id: uuid($0), job: job(opened($0, need: need(minutes: 45)))) }
        let spans = verdicts(on: jobs, Roster([lunch.person(uuid(1), at: monday)]), now: monday.epoch).compactMap {
            if case .offer(let choice) = $0.decision.outcome { choice.slot.span.window } else { nil }
        }
        // From nine to half past nine there is no room for three quarters of an hour.
        #expect(spans == [window(2.25, 3), window(3, 3.75), window(3.75, 4.5)])
    }

    @Test("absences are taken out of shifts, whatever they cut")
    func cut() {
        var pattern = ShiftPattern(utcOffsetMinutes: 480, weekly: weekly)
        pattern.absences = [Span(window(2, 3)), Span(window(8, 30)), Span(window(100, 101))]
        #expect(
            pattern.spans(in: Span(window(0, 34))) == [Span(window(0, 2)), Span(window(3, 8)), Span(window(30, 33))])
    }

    @Test("what is no absence is refused with its pointer")
    func refused() throws {
        var company = try Company(engineers: 1)
        let refusal = #expect(throws: Refusal.self) {
            try company.bench.send(
                SetLeave(
                    engineerId: uuid(1),
                    absences: [
                        Absence(window: window(3, 3), kind: .leave),
                        Absence(window: window(3, 4), kind: AbsenceKind(rawValue: "fishing")),
                    ]), to: ReplaceLeave())
        }
        #expect(
            refusal?.problem.errors.map(\.pointer) == ["/data/absences/0/window/end", "/data/absences/1/kind"])
        #expect(throws: Refusal.notFound("/data/engineerId", "engineer")) {
            try company.bench.send(SetLeave(engineerId: uuid(77)), to: ReplaceLeave())
        }
    }
}
