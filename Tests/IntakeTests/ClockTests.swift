import DomainContracts
import Foundation
import Testing

@testable import Intake

struct ClockTests {
    var intake = IntakeBench()
    let trip = UUID()
    static let hour: TimeInterval = 3_600

    @Test("a pause takes its time out, however late it is told")
    func pause() {
        let start = IntakeBench.monday
        var clock = SLAClock(.resolution, calendar: .always, targetSeconds: 100, startedAt: start)
        clock.record(.resumed, at: start + 60)
        clock.record(.paused, at: start + 10, reason: "awaiting_quote")
        let reading = clock.reading(at: start + 80, .shipped)
        #expect(reading.elapsedSeconds == 30)
        #expect(reading.pausedSeconds == 50)
        #expect(reading.dueAt == start + 150)
        #expect(clock.state(at: start + 149, .shipped).status == .running)
        #expect(clock.state(at: start + 150, .shipped).status == .breached)
    }

    @Test("a clock that is met late is breached for ever")
    func late() {
        var clock = SLAClock(.response, calendar: .always, targetSeconds: 100, startedAt: IntakeBench.monday)
        clock.record(.stopped, at: IntakeBench.monday + 101)
        #expect(clock.state(at: IntakeBench.monday + 500, .shipped).status == .breached)
        var onTime = SLAClock(.response, calendar: .always, targetSeconds: 100, startedAt: IntakeBench.monday)
        onTime.record(.stopped, at: IntakeBench.monday + 100)
        #expect(onTime.state(at: IntakeBench.monday + 500, .shipped).status == .met)
    }

    @Test("each clock is warned of at three quarters, told as breached once, and escalated step by step")
    mutating func warnings() throws {
        let order = try intake.opened()
        while try intake.bench.fire(WatchClocks(), for: order.id) {}
        #expect(
            intake.bench.all(SLAClockWarned.self).map(\.clock.clock) == [.response, .acceptance, .arrival, .resolution])
        #expect(
            intake.bench.all(SLAClockBreached.self).map(\.clock.clock) == [
                .response, .acceptance, .arrival, .resolution,
            ])
        #expect(try intake.order(order.id).clockStatus.values.allSatisfy { $0 == "breached" })
        let steps = intake.bench.all(IntakeEscalationRaised.self).map(\.escalation)
        // Nobody is on the job: the chain begins with the supervisor.
        #expect(steps.count == 8)
        #expect(Set(steps.map(\.toRole)) == ["supervisor", "manager"])
        #expect(Set(steps.map(\.escalationId)).count == 8)
    }

    @Test("waiting for the customer pauses the resolution clock, waiting for parts does not")
    mutating func pauses() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        try intake.end(order, trip, .noAccess)
        #expect(try resolution(order).status == .paused)
        intake.pass(86_400)
        try intake.bench.send(ResumeWorkOrder(workOrderId: order.id), to: ResumeOrder())
        #expect(try resolution(order).status == .running)
        #expect(try resolution(order).pausedSeconds == 86_400)
        let second = UUID()
        try intake.visit(order, second, round: 2)
        try intake.end(order, second, .partMissing, parts: [UUID()])
        #expect(try resolution(order).status == .running)
    }

    @Test("a pause that is told late takes a breach back that it makes untrue, and the true one is told")
    mutating func lateTold() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        while intake.bench.all(SLAClockBreached.self).isEmpty { try intake.bench.fire(WatchClocks(), for: order.id) }
        #expect(intake.bench.all(SLAClockBreached.self).map(\.clock.clock) == [.resolution])
        let due = try #require(try resolution(order).dueAt)
        intake.pass(5_400)
        // Nobody was at home half an hour before it was due; the phone was offline.
        try intake.bench.receive(
            VisitEnded(
                visitId: trip, workOrderId: order.id, workOrderNumber: order.number, engineerId: IntakeBench.engineer,
                reason: .noAccess, endedAt: due - 1_800, workMinutes: 0, travelMinutes: 5), by: NoteVisitEnd())
        #expect(try intake.order(order.id).clockStatus["resolution"] == "paused")
        try intake.bench.send(ResumeWorkOrder(workOrderId: order.id), to: ResumeOrder())
        #expect(try intake.order(order.id).clockStatus["resolution"] == "running")
        while intake.bench.all(SLAClockBreached.self).count < 2 {
            guard try intake.bench.fire(WatchClocks(), for: order.id) else { break }
        }
        #expect(intake.bench.all(SLAClockBreached.self).map(\.clock.clock) == [.resolution, .resolution])
        #expect(try intake.order(order.id).clockStatus["resolution"] == "breached")
    }

    @Test("a customer who does not answer for three days is given up")
    mutating func customerWait() throws {
        let order = try intake.opened()
        try intake.accept(order, trip)
        try intake.end(order, trip, .noAccess)
        let since = intake.bench.now
        #expect(try intake.bench.fire(EndWait(), for: order.id))
        #expect(intake.bench.now == since + 72 * Self.hour)
        let closed = try #require(intake.bench.last(WorkOrderClosed.self))
        #expect(closed.closureCode == .cancelled)
        #expect(closed.reason == "customer_unreachable")
        #expect(closed.clocks.first { $0.clock == .resolution }?.status == .void)
    }

    @Test("parts that do not come are escalated after a week, and every day after")
    mutating func partsWait() throws {
        let order = try intake.opened()
        try intake.visit(order, trip)
        try intake.end(order, trip, .partMissing, parts: [UUID()])
        let since = intake.bench.now
        for day in 7...9 {
            #expect(try intake.bench.fire(EndWait(), for: order.id))
            #expect(intake.bench.now == since + Double(day) * 86_400)
        }
        #expect(intake.bench.all(IntakeEscalationRaised.self).count == 3)
        #expect(try intake.status(order.id) == .awaitingParts)
    }

    private func resolution(_ order: WorkOrder) throws -> ClockState {
        try #require(try intake.order(order.id).clocks.first { $0.kind == .resolution }).state(
            at: intake.bench.now, .shipped)
    }
}
