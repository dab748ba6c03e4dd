import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Maintenance plans under a contract")
struct ContractedPlanTests {
    @Test(
        "each device that the contract names is visited, one that nobody registered too; without names the customer is")
    func devices() throws {
        var intake = IntakeBench()
        try intake.register()
        try intake.agree(serials: ["ac-1", "AC-2", "AC-7", "AC-1"])
        try intake.plan(.contracted)
        try intake.carryOn(until: "2026-11-24T00:00:00Z")
        let opened = intake.bench.all(WorkOrderOpened.self)
        #expect(opened.count == 3)
        #expect(Set(opened.map(\.deviceId)).count == 3)
        #expect(Set(opened.map(\.customerId)).count == 1)
        #expect(opened.allSatisfy { $0.entitlement.contractNumber == "K-1" })
        try intake.agree(sequence: 2)
        try intake.carryOn(until: "2026-12-26T00:00:00Z")
        #expect(intake.bench.all(WorkOrderOpened.self).dropFirst(3).map(\.deviceId) == [nil])
    }

    @Test("no visit is planned outside the contract's term, and one that would be moved out of it stays within")
    func term() throws {
        var intake = IntakeBench()
        try intake.register()
        // Until the end of 31 January 2027, a Sunday.
        try intake.agree(to: "2027-01-31T16:00:00Z")
        var terms = MaintenancePlanTerms.contracted
        terms.schedule = MaintenanceSchedule(
            every: 1, unit: .months, firstDueOn: "2026-12-31", workingDays: true)
        try intake.plan(terms)
        try intake.carryOn(until: "2027-01-31T00:00:00Z")
        #expect(intake.openedOn == ["2026-12-31", "2027-01-29"])
        #expect(try intake.keptPlan().status == .active)
        #expect(try intake.keptPlan().nextVisitOn == nil)
    }

    @Test("an ended contract pauses its plans; a renewed one lets them go on, without what fell due between")
    func pause() throws {
        var intake = IntakeBench()
        try intake.register()
        try intake.agree()
        try intake.plan(.contracted)
        try intake.carryOn(until: "2026-11-24T00:00:00Z")
        try intake.agree(.ended, sequence: 2)
        let told = try #require(intake.bench.last(MaintenancePlanChanged.self))
        #expect(told.status == .paused)
        #expect(told.reason == CodedReason(code: "contract_ended", parameters: ["contractNumber": "K-1"]))
        #expect(told.nextVisitOn == nil)
        try intake.carryOn(until: "2027-02-10T00:00:00Z")
        #expect(intake.openedOn == ["2026-12-01"])
        try intake.agree(to: "2028-12-31T16:00:00Z", sequence: 3)
        #expect(intake.bench.last(MaintenancePlanChanged.self)?.status == .active)
        #expect(intake.bench.last(MaintenancePlanChanged.self)?.nextVisitOn == "2027-03-01")
        try intake.carryOn(until: "2027-02-24T00:00:00Z")
        #expect(intake.openedOn == ["2026-12-01", "2027-03-01"])
        #expect(intake.skipped == [])
    }

    @Test("a contract that ended while nobody heard of it pauses the plan when it is looked at")
    func unheard() throws {
        var intake = IntakeBench()
        try intake.register()
        try intake.agree(to: "2026-12-20T00:00:00Z")
        try intake.plan(.contracted)
        intake.bench.now = try #require(RFC3339.parse("2026-12-21T00:00:00Z"))
        try intake.carryOn(until: "2026-12-21T00:00:00Z")
        #expect(intake.openedOn == [])
        #expect(try intake.keptPlan().status == .paused)
    }

    @Test("a longer term brings the next visit back")
    func longer() throws {
        var intake = IntakeBench()
        try intake.register()
        try intake.agree(to: "2026-12-15T00:00:00Z")
        try intake.plan(.contracted)
        try intake.carryOn(until: "2026-12-10T00:00:00Z")
        #expect(try intake.keptPlan().nextVisitOn == nil)
        try intake.agree(sequence: 2)
        #expect(try intake.keptPlan().nextVisitOn == "2027-01-01")
        #expect(intake.bench.all(MaintenancePlanChanged.self).count == 1)
    }

    @Test(
        "visits beyond the contract's quota are skipped and told; a cancelled one is not used up; a new term has a new one"
    )
    func quota() throws {
        var intake = IntakeBench()
        try intake.register()
        try intake.agree(quota: 2)
        try intake.plan(.contracted)
        try intake.carryOn(until: "2027-02-24T00:00:00Z")
        #expect(intake.openedOn == ["2026-12-01", "2027-01-01"])
        #expect(intake.skipped == ["2027-02-01 quota_exhausted", "2027-03-01 quota_exhausted"])
        let told = try #require(intake.bench.last(MaintenanceDueSkipped.self))
        #expect(told.reason.parameters == ["contractNumber": "K-1", "visitQuota": "2"])
        let first = try #require(intake.bench.all(MaintenanceDueOpened.self).first?.workOrderId)
        try intake.bench.send(
            CancelWorkOrder(workOrderId: first, reason: .customerRequest), to: CancelOrder(links: IntakeBench.links))
        try intake.carryOn(until: "2027-04-24T00:00:00Z")
        #expect(intake.openedOn.last == "2027-04-01")
        #expect(intake.skipped.last == "2027-05-01 quota_exhausted")
        try intake.agree(from: "2027-05-01T00:00:00Z", to: "2028-05-01T00:00:00Z", quota: 1, sequence: 2)
        try intake.carryOn(until: "2027-07-01T00:00:00Z")
        #expect(intake.openedOn.last == "2027-06-01")
        #expect(intake.skipped.last == "2027-07-01 quota_exhausted")
    }

    @Test(
        "a device that was sold is visited where the contract lists it, for whoever has it; else nobody goes",
        arguments: [[], ["AC-1"]])
    func sold(_ serials: [String]) throws {
        var intake = IntakeBench()
        try intake.register()
        try intake.agree(serials: serials)
        var terms = MaintenancePlanTerms.contracted
        terms.devices = [PlannedDevice(serialNumber: "AC-1")]
        try intake.plan(terms)
        try intake.carryOn(until: "2026-11-24T00:00:00Z")
        let first = try #require(intake.bench.last(WorkOrderOpened.self))
        try intake.bench.send(
            RegisterCustomer(customerNumber: "C-2", name: "李强", phone: "13900139000"), to: RegisterACustomer())
        try intake.bench.send(
            RegisterDevice(
                deviceId: first.deviceId, customerNumber: "C-2",
                site: ReportedSite(address: "上海市 9", regionCode: "310101")), to: RegisterADevice())
        try intake.carryOn(until: "2026-12-26T00:00:00Z")
        if serials.isEmpty {
            #expect(intake.openedOn == ["2026-12-01"])
            #expect(intake.skipped == ["2027-01-01 device_of_another_customer"])
        } else {
            let second = try #require(intake.bench.last(WorkOrderOpened.self))
            #expect(intake.openedOn == ["2026-12-01", "2027-01-01"] && second.customerId != first.customerId)
            #expect(second.entitlement.contractNumber == "K-1")
        }
    }

    @Test("an order that was merged and unmerged keeps its day and its hours, and is the same visit of the quota")
    func unmerged() throws {
        var intake = IntakeBench()
        try intake.register()
        try intake.agree(quota: 1)
        try intake.plan(.contracted)
        try intake.carryOn(until: "2026-11-24T00:00:00Z")
        let planned = try #require(intake.bench.last(WorkOrderOpened.self))
        let other = try intake.opened()
        #expect(other.customerId == planned.customerId)
        try intake.bench.send(
            MergeWorkOrder(workOrderId: planned.workOrderId, intoWorkOrderId: other.id), to: MergeOrder())
        intake.pass(3_600)
        try intake.bench.send(
            UnmergeWorkOrder(workOrderId: planned.workOrderId, reason: "planned"),
            to: UnmergeOrder(links: IntakeBench.links))
        let again = try #require(intake.bench.last(WorkOrderOpened.self))
        let start = try #require(RFC3339.parse("2026-12-01T01:00:00Z"))
        #expect(again.unmergedFrom == planned.workOrderId && again.need?.notBefore == start)
        #expect(again.need?.preferredWindows == planned.need?.preferredWindows)
        #expect(again.clocks.map(\.startedAt) == Array(repeating: start, count: 4))
        try intake.carryOn(until: "2026-12-26T00:00:00Z")
        #expect(intake.openedOn == ["2026-12-01"] && intake.skipped == ["2027-01-01 quota_exhausted"])
    }

    @Test(
        "a plan fits its contract",
        arguments: [
            Slip("unknown-contract") { $0.contractNumber = "K-2" },
            Slip("not-covered") { $0.devices = [PlannedDevice(serialNumber: "AC-2")] },
        ])
    func fits(_ slip: Slip) throws {
        var intake = IntakeBench()
        try intake.register()
        try intake.agree(serials: ["AC-1"])
        var terms = MaintenancePlanTerms.contracted
        slip.make(&terms)
        #expect(try refusal { try intake.plan(terms) }.errors.map(\.code) == [slip.expected])
        try intake.plan(.contracted)
        try intake.agree(.ended, sequence: 2)
        #expect(try refusal { try intake.plan(.contracted) }.errors.map(\.code) == ["contract-ended"])
    }

    @Test("a plan that leaves its contract does not follow it any more")
    func leaves() throws {
        var intake = IntakeBench()
        try intake.register()
        try intake.agree()
        try intake.plan(.contracted)
        try intake.plan(.monthly)
        try intake.agree(.ended, sequence: 2)
        #expect(try intake.keptPlan().status == .active)
    }
}
