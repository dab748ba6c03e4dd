import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

/// What other calendars and service levels do to open clocks.
struct ReckoningTests {
    var intake = IntakeBench()
    let trip = UUID()
    static let hour: TimeInterval = 3_600

    @Test("new orders get published service levels, open ones keep theirs")
    mutating func newOrdersOnly() throws {
        let old = try intake.opened()
        let answer = try intake.publish(factor: 2)
        #expect(answer.version == 2)
        #expect(intake.bench.last(ServiceLevelsChanged.self)?.appliesToOpen == false)
        try intake.reckon()
        #expect(try intake.standing(old).targetSeconds == 3_150 * 60)
        let new = try intake.opened(id: "r-2")
        #expect(try intake.standing(new).targetSeconds == 6_300 * 60)
        #expect(try intake.order(new.id).terms.policyVersion == 2)
        #expect(intake.bench.all(SLAClocksChanged.self).isEmpty)
    }

    @Test("what is in force for new orders can be given to open ones later")
    mutating func openOnesLater() throws {
        let order = try intake.opened()
        try intake.publish(factor: 2)
        try intake.reckon()
        #expect(try intake.standing(order).targetSeconds == 3_150 * 60)
        #expect(try intake.publish(factor: 2, applyToOpen: true).version == 2)
        try intake.reckon()
        #expect(try intake.standing(order).targetSeconds == 6_300 * 60)
        #expect(intake.bench.all(ServiceLevelsChanged.self).map(\.appliesToOpen) == [false, true])
    }

    @Test("a change of policy in mid-pause keeps the paused minutes, and the clock is due by the new target")
    mutating func midPause() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        try intake.end(order, trip, .noAccess)
        // Monday 10:00; the pause lasts until Tuesday 11:00, the policy changes on Tuesday at 10:00.
        intake.pass(86_400)
        try intake.publish(factor: 2, applyToOpen: true)
        try intake.reckon()
        #expect(try intake.standing(order).status == .paused)
        #expect(try intake.standing(order).pausedSeconds == 86_400)
        intake.pass(Self.hour)
        try intake.bench.send(ResumeWorkOrder(workOrderId: order.id), to: ResumeOrder())
        let state = try intake.standing(order)
        #expect(state.pausedSeconds == 25 * 3_600)
        #expect(state.targetSeconds == 6_300 * 60)
        // 14 days of 7.5 h from Tuesday 11:00: 13 days and 5.5 h reach Friday the 11th, the rest Monday the 14th, 11:00.
        #expect(state.dueAt == RFC3339.parse("2026-12-14T03:00:00Z"))
        #expect(
            try intake.clock(order).events.map(\.what) == [.started, .paused, .targetChanged, .resumed])
        #expect(intake.bench.last(SLAClocksChanged.self)?.policyVersion == 2)
        let timer = intake.bench.timers.first { $0.kind == WatchClocks.kind && $0.id == order.id }
        #expect(timer?.dueAt == (try intake.order(order.id).watchClocksAt))
    }

    @Test("waits that pause are the policy's choice, for open clocks as for new ones")
    mutating func pauses() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        try intake.end(order, trip, .partMissing, parts: [UUID()])
        #expect(try intake.standing(order).status == .running)
        var rules = ServiceLevelRules.standard
        rules.name = "parts pause"
        rules.pauses = [
            PauseRule(clock: .resolution, reasons: ["awaiting_parts"]),
            PauseRule(clock: .response, reasons: ["awaiting_customer"]),
        ]
        intake.pass(600)
        try intake.publish(rules, applyToOpen: true)
        try intake.reckon()
        #expect(try intake.standing(order).status == .paused)
        #expect(try intake.clock(order).events.last?.reason == "awaiting_parts")
        #expect(try intake.clock(order).events.last?.at == intake.bench.now)
    }

    @Test("a new holiday moves what is due, sets the timer anew, and keeps what was known before")
    mutating func newHoliday() throws {
        let order = try intake.opened()
        let before = try intake.standing(order)
        // Monday the 23rd, 10:00, and seven days of 7.5 h: Wednesday the 2nd, 10:00. Without the afternoon of the 23rd and
        // the whole 25th it is Thursday, 16:00.
        #expect(before.dueAt == RFC3339.parse("2026-12-02T02:00:00Z"))
        var calendar = try #require(SLABook.standard.calendars[CalendarVersion.workingHours]).rules
        calendar.exceptions = [
            CalendarException(date: "2026-11-23", shifts: ["09:00-12:00"]),
            CalendarException(date: "2026-11-25", name: "公司日"),
        ]
        let answer = try intake.bench.send(
            SetBusinessCalendar(name: "working_hours", calendar: calendar, expectedVersion: 2), to: SetCalendar())
        #expect(answer.version == 3)
        #expect(try intake.standing(order) == before)
        try intake.reckon()
        #expect(try intake.standing(order).dueAt == RFC3339.parse("2026-12-03T08:00:00Z"))
        let told = try #require(intake.bench.last(SLAClocksChanged.self))
        #expect(told.clocks.first { $0.clock == .resolution }?.dueAt == RFC3339.parse("2026-12-03T08:00:00Z"))
        #expect(try intake.clock(order).events.map(\.what) == [.started, .calendarChanged])
        // Three of the response clock's four hours: two on Monday, one on Tuesday.
        #expect(
            intake.bench.timers.filter { $0.kind == WatchClocks.kind }.map(\.dueAt)
                == [RFC3339.parse("2026-11-24T02:00:00Z")])
    }

    @Test("a clock that ended keeps the calendar it ended in; taken up again it is reckoned by the new one")
    mutating func endedClocks() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        try intake.end(order, trip, .workDone, outcome: .fixed)
        try intake.confirm(order, trip)
        try intake.bench.send(
            SetBusinessCalendar(
                name: "working_hours", calendar: CalendarRules(zone: "Asia/Shanghai"), expectedVersion: 2),
            to: SetCalendar())
        try intake.reckon()
        #expect(try intake.clock(order).calendar == .workingHours)
        #expect(try intake.order(order.id).reckonedBy != nil)
        try intake.bench.send(
            ReopenWorkOrder(workOrderId: order.id, reason: "leaks"), to: ReopenOrder(links: IntakeBench.links))
        #expect(try intake.order(order.id).reckonedBy == nil)
        try intake.reckon()
        #expect(try intake.clock(order).calendar == CalendarRef(name: "working_hours", version: 3))
    }

    @Test("a clock that stood still when open ones got new targets gets them when it is taken up again")
    mutating func stoodStill() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        try intake.end(order, trip, .workDone, outcome: .fixed)
        try intake.confirm(order, trip)
        try intake.publish(factor: 2, applyToOpen: true)
        try intake.reckon()
        #expect(try intake.order(order.id).terms.policyVersion == 2)
        #expect(try intake.standing(order).targetSeconds == 3_150 * 60)
        try intake.bench.send(
            ReopenWorkOrder(workOrderId: order.id, reason: "leaks"), to: ReopenOrder(links: IntakeBench.links))
        try intake.reckon()
        #expect(try intake.standing(order).targetSeconds == 6_300 * 60)
        #expect(try intake.clock(order).events.map(\.what) == [.started, .stopped, .resumed, .targetChanged])
        try intake.reckon()
        #expect(try intake.clock(order).events.count == 4)
    }

    @Test("a later target is warned of and told as broken once more")
    mutating func laterTarget() throws {
        let order = try intake.opened()
        while intake.bench.all(SLAClockBreached.self).isEmpty { try intake.bench.fire(WatchClocks(), for: order.id) }
        #expect(intake.bench.all(SLAClockBreached.self).map(\.clock.clock) == [.response])
        try intake.publish(factor: 2, applyToOpen: true)
        try intake.reckon()
        #expect(try intake.order(order.id).clockStatus["response"] == "running")
        while try intake.bench.fire(WatchClocks(), for: order.id) {}
        let told = intake.bench.all(SLAClockBreached.self).filter { $0.clock.clock == .response }
        #expect(told.map(\.clock.targetSeconds) == [240 * 60, 480 * 60])
    }
}
