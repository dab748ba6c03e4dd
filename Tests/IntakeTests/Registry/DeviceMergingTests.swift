import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

@Suite("Merging devices")
struct DeviceMergingTests {
    var intake = IntakeBench()

    init() throws {
        for number in ["C-1", "C-2"] {
            try intake.bench.send(
                RegisterCustomer(customerNumber: number, name: number, phone: "1380013800\(number.last ?? "0")"),
                to: RegisterACustomer())
        }
    }

    private mutating func device(_ serial: String, of customer: String = "C-1", code: String? = nil) throws -> UUID {
        try intake.bench.send(
            RegisterDevice(serialNumber: serial, code: code, category: "Aircon", customerNumber: customer),
            to: RegisterADevice())
        return try #require(intake.bench.last(DeviceChanged.self)?.deviceId)
    }

    private mutating func merge(_ device: UUID, into other: UUID, across: Bool? = nil) throws {
        try intake.bench.send(
            MergeDevices(deviceId: device, intoDeviceId: other, acrossCustomers: across), to: MergeTwoDevices())
    }

    private mutating func unmerge(_ device: UUID) throws {
        try intake.bench.send(UnmergeDevices(deviceId: device), to: UnmergeTwoDevices())
    }

    private func device(_ id: UUID) throws -> Device { try #require(intake.bench.state(Device.self, id)) }

    private mutating func report(_ serial: String, _ number: Int) throws -> WorkOrder {
        var report = ReportRepair.full
        report.device = ReportedDevice(serialNumber: serial)
        return try intake.opened(report, id: "r-\(number)")
    }

    @Test("after a merge what is reported about either is about the survivor; unmerged, each has its own again")
    mutating func led() throws {
        let (first, second) = (try device("AC-1", code: "QR-1"), try device("AC-2"))
        try merge(second, into: first)
        let told = intake.bench.all(DeviceChanged.self).suffix(2)
        #expect(told.map(\.mergedInto) == [first, nil] && told.map(\.mergedDeviceIds) == [nil, [second]])
        #expect(try report("AC-1", 1).deviceId == first)
        let meanwhile = try report("ac-2", 2)
        #expect(meanwhile.deviceId == first)
        // The survivor keeps its own labels, whichever one is read off it.
        #expect(try device(first).serialNumber == "AC-1" && device(second).serialNumber == "AC-2")
        try unmerge(second)
        #expect(intake.bench.all(DeviceChanged.self).suffix(2).allSatisfy { $0.mergedInto == nil })
        #expect(try device(first).mergedDeviceIds == nil)
        #expect(try report("AC-2", 3).deviceId == second)
        // What was reported meanwhile stays where it is.
        #expect(try intake.order(meanwhile.id).deviceId == first)
    }

    @Test("open orders of a merged device make a new report suspect, and its contract covers the survivor")
    mutating func known() throws {
        let (first, second, third) = (try device("AC-1"), try device("AC-2"), try device("AC-3"))
        try intake.bench.receive(
            ContractChanged(
                contractId: UUID(), contractNumber: "K-3", contractType: .maintenance, status: .active,
                customerNumber: "C-2", responseLevel: .fourHour, cover: Cover(labour: true, parts: false, travel: true),
                deviceSerials: ["AC-3"], startsOn: IntakeBench.monday - 1e6, endsOn: IntakeBench.monday + 1e6),
            by: ProjectContract())
        let earlier = try report("AC-3", 1)
        #expect(earlier.entitlement.contractNumber == "K-3")
        try merge(third, into: second)
        try merge(second, into: first)
        let order = try report("AC-1", 2)
        #expect(order.entitlement.contractNumber == "K-3")
        #expect(order.relatedWorkOrderId == earlier.id)
        #expect(order.duplicates?.map(\.workOrderId) == [earlier.id])
        #expect(order.duplicates?.first?.signs.contains(.sameDevice) == true)
        try unmerge(second)
        #expect(try report("AC-1", 3).entitlement.contractNumber == nil)
        #expect(try report("AC-3", 4).deviceId == second)
    }

    @Test("the best warranty that any of the merged records has holds, whichever stands for them")
    mutating func warranty() throws {
        let first = try device("AC-1")
        try intake.bench.send(
            RegisterDevice(
                serialNumber: "AC-2", category: "Aircon", customerNumber: "C-1", purchasedOn: "2026-01-01",
                warrantyEndsOn: "2027-01-01"), to: RegisterADevice())
        let second = try #require(intake.bench.last(DeviceChanged.self)?.deviceId)
        #expect(try report("AC-1", 1).entitlement.kind == .none)
        try merge(second, into: first)
        let order = try report("AC-1", 2)
        #expect(order.entitlement.reason.parameters == ["warrantyEndsOn": "2027-01-01"])
        #expect(try device(first).warrantyEndsOn == nil)
        try unmerge(second)
        #expect(try report("AC-1", 3).entitlement.kind == .none)
    }

    @Test("what a dispute shows of a merged record's order is known of the record that stands for it")
    mutating func disputed() throws {
        let (first, second) = (try device("AC-1"), try device("AC-2"))
        let order = try report("AC-2", 1)
        #expect(order.deviceId == second && order.entitlement.kind == .none)
        try merge(second, into: first)
        let day = EntitlementClaim(purchasedOn: "2026-06-01")
        _ = try intake.decide(try intake.dispute(order, claim: day), .upheld)
        #expect(try device(first).purchasedOn == "2026-06-01" && device(second).purchasedOn == nil)
        #expect(try report("AC-1", 2).entitlement.cover == .all)
    }

    @Test("a dispute of a merged record's order is decided by what is known of the record that stands for it too")
    mutating func disputedBySurvivor() throws {
        try intake.bench.send(
            RegisterDevice(
                serialNumber: "AC-1", category: "Aircon", customerNumber: "C-1", warrantyEndsOn: "2027-01-01"),
            to: RegisterADevice())
        let first = try #require(intake.bench.last(DeviceChanged.self)?.deviceId)
        let second = try device("AC-2")
        let open = try intake.dispute(try report("AC-2", 1))
        #expect(try refusal { _ = try intake.decide(open, .upheld) }.code == "nothing-gained")
        try merge(second, into: first)
        #expect(try intake.decide(open, .upheld).entitlement.reason.code == "in_registered_warranty")
    }

    @Test("no device is merged into itself, in a circle, twice, or into one that is merged; the same again is no news")
    mutating func refused() throws {
        let (first, second, third) = (try device("AC-1"), try device("AC-2"), try device("AC-3"))
        try merge(first, into: second)
        let count = intake.bench.events.count
        try merge(first, into: second)
        #expect(intake.bench.events.count == count)
        for (from, into) in [(second, second), (second, first)] {
            let problem = try refusal { try merge(from, into: into) }
            #expect(problem.errors.map(\.pointer) == ["/data/intoDeviceId"])
        }
        #expect(try refusal { try merge(first, into: third) }.code == "device-already-merged")
        #expect(try refusal { try merge(third, into: first) }.code == "device-already-merged")
        #expect(try refusal { try merge(UUID(), into: first) }.errors.map(\.pointer) == ["/data/deviceId"])
        #expect(try refusal { try merge(first, into: UUID()) }.errors.map(\.pointer) == ["/data/intoDeviceId"])
        #expect(try refusal { try unmerge(third) }.code == "device-not-merged")
    }

    @Test("devices of two customers are merged only by who says so; customers who are one do not differ")
    mutating func customers() throws {
        let (first, second) = (try device("AC-1"), try device("AC-2", of: "C-2"))
        #expect(try refusal { try merge(second, into: first) }.code == "devices-of-different-customers")
        try merge(second, into: first, across: true)
        try unmerge(second)
        let (mine, other) = (try device(first).customerId, try device(second).customerId)
        try intake.bench.send(MergeCustomers(customerId: other, intoCustomerId: mine), to: MergeTwoCustomers())
        try merge(second, into: first)
        #expect(try device(second).mergedInto == first)
    }

    @Test("a plan that names both goes once; unmerged, to each again")
    mutating func planned() throws {
        let (first, second) = (try device("AC-1"), try device("AC-2"))
        var terms = MaintenancePlanTerms.monthly
        terms.devices = [PlannedDevice(serialNumber: "AC-1"), PlannedDevice(serialNumber: "AC-2")]
        // The first date was recorded for both before they were found to be one: the second record of it is skipped.
        try intake.bench.send(SetMaintenancePlan(planNumber: "MP-1", plan: terms), to: SetAPlan())
        try comeDue()
        try merge(second, into: first)
        try open()
        #expect(intake.bench.all(MaintenanceDueOpened.self).map(\.deviceId) == [first])
        #expect(intake.bench.all(MaintenanceDueSkipped.self).map(\.reason.code) == ["device_merged"])
        try comeDue()
        #expect(try open() == 1)
        try unmerge(second)
        try comeDue()
        #expect(try open() == 2)
    }

    /// Waits until dates of the one plan there is have come up.
    private mutating func comeDue() throws {
        repeat {
            let plan = try #require(intake.bench.timers.first { $0.kind == FindMaintenanceDue.kind })
            try intake.bench.fire(FindMaintenanceDue(), for: plan.id)
        } while !intake.bench.timers.contains { $0.kind == OpenMaintenance.kind }
    }

    /// - Returns: how many dates had come up.
    @discardableResult
    private mutating func open() throws -> Int {
        var count = 0
        while let timer = intake.bench.timers.first(where: { $0.kind == OpenMaintenance.kind }) {
            try intake.bench.fire(OpenMaintenance(), for: timer.id)
            count += 1
        }
        return count
    }
}
