import DomainContracts
import Foundation
import Testing

@testable import Intake

struct TimelineTests {
    var intake = IntakeBench()
    let trip = UUID()

    @Test("a timeline says what a clock started by, why it paused, what changed, and when it was due at each step")
    mutating func steps() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        // Monday 10:00 until Tuesday 10:00 nobody is at home; in between other service levels come.
        try intake.end(order, trip, .noAccess)
        intake.pass(6 * 3_600)
        try intake.publish(factor: 2, applyToOpen: true)
        try intake.reckon()
        intake.pass(18 * 3_600)
        try intake.bench.send(ResumeWorkOrder(workOrderId: order.id), to: ResumeOrder())
        let timeline = try intake.order(order.id).timeline(at: intake.bench.now, intake.calendars())
        #expect(timeline.clocks.map(\.state.clock) == [.response, .acceptance, .arrival, .resolution])
        let clock = try #require(timeline.clocks.last)
        #expect(
            clock.steps == [
                ClockStep(
                    at: IntakeBench.monday, what: .started, targetSeconds: 3_150 * 60, policyVersion: 1,
                    clause: "/levels/2/targets/2", calendar: "working_hours", calendarVersion: 2, elapsedSeconds: 0,
                    dueAt: RFC3339.parse("2026-12-02T02:00:00Z")),
                ClockStep(at: IntakeBench.monday, what: .paused, reason: "awaiting_customer", elapsedSeconds: 0),
                ClockStep(
                    at: IntakeBench.monday + 6 * 3_600, what: .targetChanged, targetSeconds: 6_300 * 60,
                    policyVersion: 2, clause: "/levels/2/targets/2", elapsedSeconds: 0),
                ClockStep(
                    at: IntakeBench.monday + 86_400, what: .resumed, elapsedSeconds: 0,
                    dueAt: RFC3339.parse("2026-12-14T02:00:00Z")),
            ])
        #expect(clock.state.pausedSeconds == 86_400)
        #expect(clock.zone == "Asia/Shanghai")
        #expect(clock.specialDays == [])
    }

    @Test("warnings, breaches and escalations stand between the events, each once")
    mutating func told() throws {
        let order = try intake.opened()
        while try intake.bench.fire(WatchClocks(), for: order.id) {}
        let timeline = try intake.order(order.id).timeline(at: intake.bench.now, intake.calendars())
        let response = try #require(timeline.clocks.first)
        #expect(response.steps.map(\.what) == [.started, .warned, .breached, .escalated, .escalated])
        #expect(response.steps.map(\.toRole) == [nil, nil, nil, "supervisor", "manager"])
        // Three quarters of four hours, four hours, at once, and eight hours of working time later.
        #expect(response.steps.map { $0.elapsedSeconds / 60 } == [0, 180, 240, 240, 720])
    }

    @Test("special days between start and due are named with their working minutes")
    mutating func specialDays() throws {
        intake.bench.now = try #require(RFC3339.parse("2026-02-13T02:00:00Z"))
        let order = try intake.opened()
        let timeline = try intake.order(order.id).timeline(at: intake.bench.now, intake.calendars())
        let days = try #require(timeline.clocks.last).specialDays
        #expect(days.first == SpecialDay(date: "2026-02-14", minutes: 450, name: "春节"))
        #expect(days.contains(SpecialDay(date: "2026-02-17", minutes: 0, name: "春节")))
        #expect(days.last == SpecialDay(date: "2026-02-28", minutes: 450, name: "春节"))
    }
}
