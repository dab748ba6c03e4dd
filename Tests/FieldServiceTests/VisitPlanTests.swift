import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import FieldService

@Suite("planning a visit") struct VisitPlanTests {
    @Test("news of an assignment waits until its work order is known")
    func waitsForOrder() throws {
        var job = Job()
        let story = "work-order/\(job.order.uuidString.lowercased())"
        #expect(try job.bench.receive(job.accepted(), by: PlanAcceptedVisit()) == .notYet(waitingFor: story))
        #expect(try job.bench.receive(job.booked(), by: ScheduleBookedVisit()) == .notYet(waitingFor: story))
        #expect(job.status == nil)
        try job.open()
        #expect(try job.bench.receive(job.accepted(), by: PlanAcceptedVisit()) == .applied)
        #expect(job.status == .planned)
    }

    @Test("a booking that overtakes its acceptance makes the visit, and the acceptance changes nothing")
    func bookedFirst() throws {
        var job = Job()
        try job.open()
        try job.bench.receive(job.booked(), by: ScheduleBookedVisit(), sequence: 3)
        try job.bench.receive(job.accepted(), by: PlanAcceptedVisit(), sequence: 2)
        #expect(job.status == .scheduled)
        #expect(job.bench.state(Visit.self, job.visit)?.window == job.window)
    }

    @Test("the newest booking counts, whatever order they come in, and the first window is kept for the figures")
    func newestBooking() throws {
        var job = Job()
        try job.schedule()
        let later = TimeWindow(start: job.window.start + 86_400, end: job.window.end + 86_400)
        try job.bench.receive(job.booked(later, rebooked: true), by: ScheduleBookedVisit(), sequence: 5)
        try job.bench.receive(job.booked(), by: ScheduleBookedVisit(), sequence: 4)
        let visit = try #require(job.bench.state(Visit.self, job.visit))
        #expect(visit.window == later)
        #expect(visit.originalWindow == job.window)
        #expect(job.bench.timers.map(\.dueAt) == [later.end + MissVisit.grace])
    }

    @Test("the newest plan counts, and a booking after it takes it back; what was promised stays")
    func dayPlan() throws {
        var job = Job()
        try job.schedule()
        #expect(job.planned == nil)
        try job.bench.receive(job.plan(0.5), by: FollowDayPlan(), sequence: 5)
        try job.bench.receive(job.plan(1), by: FollowDayPlan(), sequence: 4)
        #expect(job.planned == job.plan(0.5).planned)
        #expect(job.bench.state(Visit.self, job.visit)?.window == job.window)
        // A booking comes with its plan, in either order.
        let later = TimeWindow(start: job.window.start + 86_400, end: job.window.end + 86_400)
        try job.bench.receive(job.plan(25), by: FollowDayPlan(), sequence: 7)
        try job.bench.receive(job.booked(later, rebooked: true), by: ScheduleBookedVisit(), sequence: 7)
        #expect(job.planned == job.plan(25).planned)
        try job.bench.receive(job.booked(rebooked: true), by: ScheduleBookedVisit(), sequence: 8)
        #expect(job.planned == nil)
        try job.bench.receive(job.plan(25), by: FollowDayPlan(), sequence: 7)
        #expect(job.planned == nil)
    }

    @Test("a plan that overtakes everything makes the visit; one that comes after the engineer changes nothing")
    func plannedFirstOrLast() throws {
        var job = Job()
        let story = "work-order/\(job.order.uuidString.lowercased())"
        #expect(try job.bench.receive(job.plan(1), by: FollowDayPlan(), sequence: 5) == .notYet(waitingFor: story))
        try job.open()
        try job.bench.receive(job.plan(1), by: FollowDayPlan(), sequence: 5)
        try job.bench.receive(job.booked(), by: ScheduleBookedVisit(), sequence: 3)
        #expect(job.status == .scheduled && job.planned == job.plan(1).planned)
        var working = Job()
        try working.work()
        try working.bench.receive(working.plan(1), by: FollowDayPlan(), sequence: 5)
        #expect(working.planned == nil)
        var withdrawn = Job()
        try withdrawn.open()
        try withdrawn.bench.receive(withdrawn.withdrawn(), by: CancelWithdrawnVisit())
        try withdrawn.bench.receive(withdrawn.plan(1), by: FollowDayPlan(), sequence: 5)
        #expect(withdrawn.status == nil)
    }

    @Test("the newest word on who helps counts, whatever it overtakes, and the end and the report name them")
    func crew() throws {
        var job = Job()
        let (first, second) = (UUID(), UUID())
        try job.open()
        func crew(_ helpers: [UUID]) -> CrewChanged {
            CrewChanged(
                assignmentId: job.visit, workOrderId: job.order, workOrderNumber: "WO-20261121-000001",
                engineerId: job.engineer, round: 1, helperIds: helpers, missing: 0, booked: job.window,
                changedAt: job.start)
        }
        try job.bench.receive(crew([second]), by: FollowCrew(), sequence: 4)
        var accepted = job.accepted()
        accepted.helperIds = [first]
        try job.bench.receive(accepted, by: PlanAcceptedVisit(), sequence: 2)
        try job.bench.receive(crew([first, second]), by: FollowCrew(), sequence: 3)
        #expect(job.bench.state(Visit.self, job.visit)?.helperIds == [second])
        try job.work()
        try job.end(.workDone, outcome: .fixed)
        #expect(job.bench.last(VisitEnded.self)?.helperIds == [second])
        #expect(job.report?.content.helperIds == [second])
    }

    @Test("a withdrawal that overtakes the acceptance leaves no visit")
    func withdrawnFirst() throws {
        var job = Job()
        try job.open()
        try job.bench.receive(job.withdrawn(), by: CancelWithdrawnVisit())
        try job.bench.receive(job.accepted(), by: PlanAcceptedVisit())
        try job.bench.receive(job.booked(), by: ScheduleBookedVisit())
        #expect(job.status == nil)
        #expect(job.bench.timers.isEmpty)
    }

    @Test("a withdrawal cancels a visit that is not on site, and no more")
    func withdrawn() throws {
        var job = Job()
        try job.schedule()
        try job.bench.receive(job.withdrawn(), by: CancelWithdrawnVisit())
        #expect(job.status == .cancelled)
        #expect(job.bench.timers.isEmpty)
        var working = Job()
        try working.work()
        try working.bench.receive(working.withdrawn(), by: CancelWithdrawnVisit())
        #expect(working.status == .inProgress)
    }

    @Test("a closed order's visits are cancelled, except where somebody is on site")
    func closedOrder() throws {
        var job = Job()
        try job.schedule()
        try job.bench.receive(Samples.closed(job.order, at: job.bench.now), by: CancelVisitsOfClosedOrder())
        #expect(job.status == .cancelled)
        #expect(job.bench.state(OrderBrief.self, job.order)?.isClosed == true)
        #expect(job.bench.last(VisitCalledOff.self) == nil)
        var travelling = Job()
        try travelling.schedule()
        try travelling.depart()
        try travelling.bench.receive(
            Samples.closed(travelling.order, at: travelling.bench.now), by: CancelVisitsOfClosedOrder())
        #expect(travelling.status == .cancelled)
        #expect(travelling.bench.last(VisitCalledOff.self)?.visitId == travelling.visit)
        var working = Job()
        try working.work()
        try working.bench.receive(Samples.closed(working.order, at: working.bench.now), by: CancelVisitsOfClosedOrder())
        #expect(working.status == .inProgress)
        #expect(working.bench.state(OrderBrief.self, working.order)?.isClosed == false)
    }

    @Test("an order cancelled without knowing of a visit that was made stays open, since it will be reinstated")
    func closedUnknowingly() throws {
        for (visits, isClosed) in [(0, false), (1, true)] {
            var job = Job()
            try job.work()
            try job.end(.skillShort, skills: [SkillLevel(skill: "pump", level: 3)])
            try job.bench.receive(
                Samples.closed(job.order, visits: visits, at: job.bench.now), by: CancelVisitsOfClosedOrder())
            #expect(job.bench.state(OrderBrief.self, job.order)?.isClosed == isClosed)
            let next = UUID()
            try job.bench.receive(job.accepted(next), by: PlanAcceptedVisit())
            #expect((job.bench.state(Visit.self, next) == nil) == isClosed)
        }
    }

    @Test("the report of such a visit goes on waiting for the customer's word")
    func closedUnknowinglyWithReport() throws {
        for (visits, waits) in [(0, true), (1, false)] {
            var job = Job()
            try job.work()
            try job.end(.workDone, outcome: .fixed)
            try job.bench.receive(
                Samples.closed(job.order, visits: visits, at: job.bench.now), by: CancelVisitsOfClosedOrder())
            #expect(try job.bench.fire(LetConfirmationPass(), for: job.order) == waits)
            #expect((job.bench.last(CompletionConfirmed.self) != nil) == waits)
        }
    }

    @Test("a job accepted after its order closed makes no visit")
    func acceptedTooLate() throws {
        var job = Job()
        try job.open()
        try job.bench.receive(Samples.closed(job.order, at: job.bench.now), by: CancelVisitsOfClosedOrder())
        try job.bench.receive(job.accepted(), by: PlanAcceptedVisit())
        #expect(job.status == nil)
    }

    @Test("a visit whose window passes without a check-in is missed, and can then not be checked in")
    func missed() throws {
        var job = Job()
        try job.schedule()
        try job.bench.fire(MissVisit(), for: job.visit)
        #expect(job.status == .missed)
        #expect(job.bench.last(VisitMissed.self)?.window == job.window)
        #expect(job.refusal { try $0.checkIn() } == "visit-not-scheduled")
        #expect(job.bench.state(OrderBrief.self, job.order)?.openVisits == [])
    }

    @Test("a check-in wins over the end of the window")
    func checkedIn() throws {
        var job = Job()
        try job.schedule()
        try job.checkIn()
        #expect(job.bench.timers.isEmpty)
        #expect(try !job.bench.fire(MissVisit(), for: job.visit))
        #expect(job.status == .onSite)
    }

    @Test("half an hour's grace: what happened without a network may be sent after the window")
    func grace() throws {
        var job = Job()
        try job.schedule()
        let arrivedAt = job.window.start + 3900
        job.bench.now = job.window.end + 120
        try job.checkIn(occurredAt: arrivedAt)
        #expect(job.status == .onSite && job.bench.state(Visit.self, job.visit)?.checkedInAt == arrivedAt)
        #expect(job.bench.state(Visit.self, job.visit)?.arrivedOnTime == true)
    }

    @Test("after an outage the messages that waited are heard before anybody counts as missing, once")
    func outage() throws {
        var job = Job()
        try job.schedule()
        let due = job.window.end + MissVisit.grace
        job.bench.now = due + 600
        try job.bench.fire(MissVisit(), for: job.visit)
        #expect(job.status == .scheduled && job.bench.last(VisitMissed.self) == nil)
        #expect(job.bench.timers.map(\.dueAt) == [due + 600 + MissVisit.catchUp])
        var late = job
        try late.checkIn(occurredAt: job.window.start)
        #expect(late.status == .onSite && late.bench.timers.isEmpty)
        // However late it is the second time.
        job.bench.now = due + 7200
        try job.bench.fire(MissVisit(), for: job.visit)
        #expect(job.status == .missed)
    }
}
