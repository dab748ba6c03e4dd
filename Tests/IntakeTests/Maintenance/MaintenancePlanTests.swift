import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Maintenance plans are carried out")
struct MaintenancePlanTests {
    @Test(
        "a work order is opened a week ahead, wished for in its hours, promised from its day, entitled as on that day")
    func opens() throws {
        var intake = IntakeBench()
        try intake.register()
        // In force from December on: not yet when the order is opened.
        try intake.agree(from: "2026-11-30T16:00:00Z")
        try intake.plan()
        #expect(try intake.keptPlan().nextVisitOn == "2026-12-01")
        try intake.carryOn(until: "2026-11-23T15:59:00Z")
        #expect(intake.openedOn == [])
        try intake.carryOn(until: "2026-11-23T16:00:00Z")
        let told = try #require(intake.bench.last(MaintenanceDueOpened.self))
        #expect(told.dueOn == "2026-12-01")
        #expect(told.planNumber == "PM-1")
        let order = try intake.order(#require(told.workOrderId))
        #expect(order.number == told.workOrderNumber)
        #expect(order.channel == "plan")
        #expect(order.brief.problem == "清洗滤网")
        #expect(order.brief.regionCode == "110105")
        #expect(order.brief.category == "Aircon/dehumidifier")
        #expect(order.entitlement.contractNumber == "K-1")
        #expect(order.receivedAt == RFC3339.parse("2026-11-23T16:00:00Z"))
        let start = try #require(RFC3339.parse("2026-12-01T01:00:00Z"))
        let window = TimeWindow(start: start, end: start + 3 * 3_600)
        let opened = try #require(intake.bench.last(WorkOrderOpened.self))
        #expect(opened.need?.preferredWindows == [window])
        #expect(opened.need?.notBefore == start)
        #expect(opened.clocks.map(\.startedAt) == Array(repeating: start, count: 4))
        #expect(opened.clocks.allSatisfy { $0.status == .running && ($0.dueAt ?? .distantPast) > start })
        #expect(told.window == window)
        #expect(try intake.keptPlan().nextVisitOn == "2027-01-01")
        let request = try #require(intake.bench.state(ServiceRequest.self, told.requestId))
        #expect(request.status == .converted)
        #expect(request.deviceMatch?.rule == .plan)
        // The customer is reached as before.
        let contact = intake.bench.state(ContactPoint.self, order.contactId)
        #expect(contact?.phone == "+8613800138000")
    }

    @Test("month after month each date is opened once, and the same plan again changes nothing")
    func series() throws {
        var intake = IntakeBench()
        try intake.register()
        #expect(try intake.plan().version == 1)
        try intake.carryOn(until: "2027-02-20T00:00:00Z")
        #expect(intake.openedOn == ["2026-12-01", "2027-01-01", "2027-02-01"])
        #expect(try intake.plan().version == 1)
        #expect(intake.bench.all(MaintenancePlanChanged.self).count == 1)
        try intake.carryOn(until: "2027-03-24T00:00:00Z")
        #expect(intake.openedOn.count == 4)
        #expect(Set(intake.bench.all(WorkOrderOpened.self).map(\.workOrderId)).count == 4)
    }

    @Test("a timer that fires again, by another copy or after a crash, opens nothing twice")
    func again() throws {
        var intake = IntakeBench()
        try intake.register()
        try intake.plan()
        try intake.carryOn(until: "2026-11-23T16:00:00Z")
        var lost = try intake.keptPlan()
        // As if the plan had forgotten what it decided.
        lost = MaintenancePlan(
            id: lost.id, number: lost.number,
            AgreedPlan(
                terms: lost.terms, customerId: lost.customerId, contract: nil, deviceIds: lost.deviceIds,
                setAt: lost.setAt), today: lost.visitFromDay)
        intake.bench.put(lost, lost.id)
        try intake.bench.send(
            SetMaintenancePlan(planNumber: "PM-1", plan: changedSubject), to: SetAPlan())
        try intake.carryOn(until: "2026-11-24T00:00:00Z")
        #expect(intake.openedOn == ["2026-12-01"])
        #expect(intake.bench.all(WorkOrderOpened.self).count == 1)
    }

    private var changedSubject: MaintenancePlanTerms {
        var terms = MaintenancePlanTerms.monthly
        terms.subject = "清洗滤网，检查制冷剂"
        return terms
    }

    @Test("after weeks without anybody the last missed date is opened, late, and the others are skipped and told")
    func catchesUpTheLatest() throws {
        var intake = IntakeBench()
        try intake.register()
        var terms = MaintenancePlanTerms.monthly
        terms.leadDays = nil
        try intake.plan(terms)
        intake.bench.now = try #require(RFC3339.parse("2027-03-20T02:00:00Z"))
        try intake.carryOn(until: "2027-03-20T02:00:00Z")
        #expect(intake.openedOn == ["2027-03-01"])
        #expect(intake.skipped == ["2026-12-01 missed", "2027-01-01 missed", "2027-02-01 missed"])
        let opened = try #require(intake.bench.last(WorkOrderOpened.self))
        // Its day is over: it is promised from now on.
        #expect(opened.need?.preferredWindows == [])
        #expect(opened.clocks.first?.startedAt == intake.bench.now)
        #expect(try intake.keptPlan().nextVisitOn == "2027-04-01")
    }

    @Test("or each of them, where the plan says so")
    func catchesUpAll() throws {
        var intake = IntakeBench()
        try intake.register()
        var terms = MaintenancePlanTerms.monthly
        terms.catchUp = .all
        try intake.plan(terms)
        intake.bench.now = try #require(RFC3339.parse("2027-03-20T02:00:00Z"))
        try intake.carryOn(until: "2027-03-20T02:00:00Z")
        #expect(intake.openedOn.sorted() == ["2026-12-01", "2027-01-01", "2027-02-01", "2027-03-01"])
        #expect(intake.skipped == [])
    }

    @Test("a plan that is set asks for nothing that lies before it, and a changed one not again for what was opened")
    func changed() throws {
        var intake = IntakeBench()
        try intake.register()
        var terms = MaintenancePlanTerms.monthly
        terms.schedule.firstDueOn = "2026-01-24"
        try intake.plan(terms)
        try intake.carryOn(until: "2026-11-23T03:00:00Z")
        #expect(intake.openedOn == ["2026-11-24"])
        #expect(intake.skipped == [])
        terms.schedule.weekdays = [5]
        #expect(try intake.plan(terms, expected: 1).version == 2)
        try intake.carryOn(until: "2026-12-18T16:00:00Z")
        // The 24th of December is a Thursday; November's visit, moved or not, was decided.
        #expect(intake.openedOn == ["2026-11-24", "2026-12-25"])
        let problem = try refusal { try intake.plan(terms, expected: 1) }
        #expect(problem.code == "maintenance-plan-changed")
        #expect(problem.detail == "version 2 is in force")
    }

    @Test("an ended plan opens nothing more, and set again it goes on from then")
    func ended() throws {
        var intake = IntakeBench()
        try intake.register()
        try intake.plan()
        try intake.bench.send(EndMaintenancePlan(planNumber: "PM-1", reason: "sold"), to: EndAPlan())
        #expect(intake.bench.last(MaintenancePlanChanged.self)?.status == .ended)
        #expect(intake.bench.last(MaintenancePlanChanged.self)?.reason?.parameters == ["reason": "sold"])
        try intake.carryOn(until: "2027-01-10T00:00:00Z")
        #expect(intake.openedOn == [])
        try intake.plan()
        try intake.carryOn(until: "2027-01-25T16:00:00Z")
        #expect(intake.openedOn == ["2027-02-01"])
        #expect(intake.skipped == [])
        let problem = try refusal {
            _ = try intake.bench.send(EndMaintenancePlan(planNumber: "PM-2"), to: EndAPlan())
        }
        #expect(problem.errors.map(\.pointer) == ["/data/planNumber"])
    }

    @Test("a plan whose last day has passed ends by itself")
    func over() throws {
        var intake = IntakeBench()
        try intake.register()
        var terms = MaintenancePlanTerms.monthly
        terms.schedule.endsOn = "2027-01-15"
        try intake.plan(terms)
        try intake.carryOn(until: "2027-06-01T00:00:00Z")
        #expect(intake.openedOn == ["2026-12-01", "2027-01-01"])
        #expect(try intake.keptPlan().status == .ended)
        #expect(intake.bench.last(MaintenancePlanChanged.self)?.reason?.code == "schedule_over")
    }

    @Test("a scrapped device is not visited, and that is told")
    func scrapped() throws {
        var intake = IntakeBench()
        try intake.register()
        try intake.plan()
        try intake.bench.send(
            RegisterDevice(serialNumber: "AC-1", standing: .scrapped), to: RegisterADevice())
        try intake.carryOn(until: "2026-11-24T00:00:00Z")
        #expect(intake.openedOn == [])
        #expect(intake.skipped == ["2026-12-01 device_not_in_service"])
    }

    @Test("what no site is known of becomes an incomplete request, whose order is promised from its day all the same")
    func incomplete() throws {
        var intake = IntakeBench()
        try intake.bench.send(
            RegisterCustomer(customerNumber: "C-1", name: "王敏", phone: "13800138000"), to: RegisterACustomer())
        try intake.bench.send(RegisterDevice(serialNumber: "AC-1", customerNumber: "C-1"), to: RegisterADevice())
        try intake.plan()
        try intake.carryOn(until: "2026-11-24T00:00:00Z")
        let told = try #require(intake.bench.last(MaintenanceDueOpened.self))
        #expect(told.workOrderId == nil)
        #expect(intake.bench.last(RequestIncomplete.self)?.missing == ["/data/site"])
        try intake.bench.send(
            CompleteRequest(requestId: told.requestId, site: ReportedSite(regionCode: "110105")),
            to: CompleteIncompleteRequest(links: IntakeBench.links))
        let opened = try #require(intake.bench.last(WorkOrderOpened.self))
        #expect(opened.clocks.first?.startedAt == RFC3339.parse("2026-12-01T01:00:00Z"))
    }

    @Test(
        "what is wrong with a plan is named",
        arguments: [
            Slip("devices/0") { $0.devices = [PlannedDevice(serialNumber: "AC-9")] },
            Slip("devices/1") { $0.devices += [PlannedDevice(serialNumber: "ac-1")] },
            Slip("devices") { $0.devices = [] },
            Slip("contractNumber") { ($0.contractNumber, $0.customerNumber) = ("K-9", "C-1") },
            Slip("customerNumber") { $0.contractNumber = "K-1" },
            Slip("subject") { $0.subject = " " },
            Slip("serviceType") { $0.serviceType = .repair },
            Slip("leadDays") { $0.leadDays = 366 },
            Slip("window") { $0.window = "12:00-09:00" },
            Slip("catchUp") { $0.catchUp = CatchUpRule(rawValue: "some") },
            Slip("schedule/every") { $0.schedule.every = 0 },
            Slip("schedule/unit") { $0.schedule.unit = IntervalUnit(rawValue: "years") },
            Slip("schedule/dayOfMonth") { $0.schedule.dayOfMonth = 32 },
            Slip("schedule/dayOfMonth") { ($0.schedule.unit, $0.schedule.dayOfMonth) = (.weeks, 1) },
            Slip("schedule/firstDueOn") { $0.schedule.firstDueOn = "2026-02-30" },
            Slip("schedule/endsOn") { $0.schedule.endsOn = "2026-11-30" },
            Slip("schedule/weekdays/0") { $0.schedule.weekdays = [8] },
            Slip("schedule/move") { $0.schedule.move = MoveRule(rawValue: "up") },
            Slip("schedule/season/toMonth") { $0.schedule.season = MaintenanceSeason(fromMonth: 11, toMonth: 13) },
            Slip("schedule/calendar") { $0.schedule.calendar = "mars" },
            Slip("schedule") {
                ($0.schedule.every, $0.schedule.season) = (12, MaintenanceSeason(fromMonth: 5, toMonth: 6))
            },
        ])
    func wrong(_ slip: Slip) throws {
        var intake = IntakeBench()
        try intake.register()
        var terms = MaintenancePlanTerms.monthly
        slip.make(&terms)
        let problem = try refusal { try intake.plan(terms) }
        #expect(problem.errors.map(\.pointer) == ["/data/plan/\(slip.expected)"])
        #expect(intake.bench.state(MaintenancePlan.self, IntakeBench.planId) == nil)
    }
}
