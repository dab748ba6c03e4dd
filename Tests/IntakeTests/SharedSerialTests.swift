import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

@Suite("Contracts that list a serial number which several brands have")
struct SharedSerialTests {
    var intake = IntakeBench()

    init() throws {
        for number in ["C-1", "C-2"] {
            try intake.bench.send(
                RegisterCustomer(customerNumber: number, name: number, phone: "1380013800\(number.last ?? "0")"),
                to: RegisterACustomer())
        }
        try intake.bench.receive(
            ContractChanged(
                contractId: UUID(), contractNumber: "K-1", contractType: .maintenance, status: .active,
                customerNumber: "C-1", responseLevel: .fourHour, cover: .all, deviceSerials: ["1001"],
                startsOn: IntakeBench.monday - 1e6, endsOn: IntakeBench.monday + 1e6), by: ProjectContract())
    }

    private mutating func register(_ brand: String, _ customer: String) throws {
        try intake.bench.send(
            RegisterDevice(serialNumber: "1001", brand: brand, customerNumber: customer), to: RegisterADevice())
    }

    private mutating func contract(_ brand: String, by customer: String, _ id: String) throws -> String? {
        var report = ReportRepair.full
        report.channel = "web"
        report.customer = ReportedCustomer(phone: "1380013800\(customer.last ?? "0")")
        report.device = ReportedDevice(serialNumber: "1001", brand: brand)
        return try intake.opened(report, id: id).entitlement.contractNumber
    }

    @Test("mean their own customer's device, and no other brand's")
    mutating func ownCustomers() throws {
        try register("Acme", "C-1")
        try register("Midea", "C-2")
        #expect(try contract("Acme", by: "C-1", "r-1") == "K-1")
        #expect(try contract("Midea", by: "C-2", "r-2") == nil)
        // The device is what is under contract, whoever reports it.
        #expect(try contract("Acme", by: "C-2", "r-3") == "K-1")
    }

    @Test("do not cover what somebody reports by that number with another brand")
    mutating func reported() throws {
        try register("Acme", "C-1")
        #expect(try contract("Other", by: "C-2", "r-1") == nil)
        #expect(try contract("Acme", by: "C-1", "r-2") == "K-1")
    }

    @Test("follow the only device that has the number to whoever has it now")
    mutating func follows() throws {
        try register("Acme", "C-1")
        let id = try #require(intake.bench.last(DeviceChanged.self)?.deviceId)
        try intake.bench.send(RegisterDevice(deviceId: id, customerNumber: "C-2"), to: RegisterADevice())
        #expect(try contract("Acme", by: "C-2", "r-1") == "K-1")
    }

    @Test("are found by either number of a device that has two records")
    mutating func merged() throws {
        try register("Acme", "C-1")
        let first = try #require(intake.bench.last(DeviceChanged.self)?.deviceId)
        try intake.bench.send(
            RegisterDevice(serialNumber: "1001-B", brand: "Acme", customerNumber: "C-1"), to: RegisterADevice())
        let second = try #require(intake.bench.last(DeviceChanged.self)?.deviceId)
        try intake.bench.send(MergeDevices(deviceId: first, intoDeviceId: second), to: MergeTwoDevices())
        try register("Midea", "C-2")
        #expect(try contract("Acme", by: "C-1", "r-1") == "K-1")
        #expect(try contract("Midea", by: "C-2", "r-2") == nil)
    }
}
