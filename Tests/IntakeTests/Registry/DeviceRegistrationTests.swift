import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Registering devices")
struct DeviceRegistrationTests {
    var intake = IntakeBench()

    init() throws {
        for number in ["C-1", "C-2"] {
            try intake.bench.send(
                RegisterCustomer(customerNumber: number, name: number, phone: "1380013800\(number.last ?? "0")"),
                to: RegisterACustomer())
        }
    }

    private static let cooler = RegisterDevice(
        serialNumber: "ac-1", code: "QR-1", brand: "Acme", model: "KFR-35GW", customerNumber: "C-1",
        site: ReportedSite(address: "北京市朝阳区 1"), purchasedOn: "2024-06-18", installedOn: "2024-06-25")

    @Test("a device becomes known with whose it is, where and since when; the same again changes nothing")
    mutating func created() throws {
        #expect(try register(Self.cooler).status == "created")
        let told = try #require(intake.bench.last(DeviceChanged.self))
        #expect(told.standing == .inService)
        #expect(told.installedOn == "2024-06-25")
        #expect(told.siteId != nil)
        let count = intake.bench.events.count
        #expect(try register(Self.cooler).status == "unchanged")
        #expect(try register(RegisterDevice(serialNumber: "AC-1 ", brand: "ACME")).status == "updated")
        #expect(intake.bench.events.count == count + 1)
    }

    @Test("what a model says of all its devices is taken where the registration says nothing")
    mutating func model() throws {
        try intake.bench.send(
            RegisterProductModel(brand: "Acme", model: "KFR-35GW", category: "Aircon", warrantyMonths: 72),
            to: RegisterAProductModel())
        _ = try register(Self.cooler)
        let told = try #require(intake.bench.last(DeviceChanged.self))
        #expect(told.category == "Aircon")
        #expect(told.warrantyEndsOn == "2030-06-24")
    }

    @Test(
        "a warranty that came from the model follows corrected dates, a later installation and another model; one that was said stays"
    )
    mutating func modelFollowed() throws {
        for (model, months) in [("KFR-35GW", 24), ("KFR-72LW", 36)] {
            try intake.bench.send(
                RegisterProductModel(brand: "Acme", model: model, warrantyMonths: months), to: RegisterAProductModel())
        }
        var row = Self.cooler
        (row.purchasedOn, row.installedOn) = ("2026-06-18", nil)
        #expect(try warranty(row) == "2028-06-17")
        row.purchasedOn = "2024-06-18"
        #expect(try warranty(row) == "2026-06-17")
        row.installedOn = "2024-07-01"
        #expect(try warranty(row) == "2026-06-30")
        // As an export has it, with a date corrected beside it.
        (row.warrantyEndsOn, row.installedOn) = ("2026-06-30", "2024-07-02")
        #expect(try warranty(row) == "2026-07-01")
        (row.warrantyEndsOn, row.model) = (nil, "KFR-72LW")
        #expect(try warranty(row) == "2027-07-01")
        #expect(try register(row).status == "unchanged")
        row.warrantyEndsOn = "2030-01-01"
        #expect(try warranty(row) == "2030-01-01")
        (row.warrantyEndsOn, row.installedOn) = (nil, "2024-07-03")
        #expect(try warranty(row) == "2030-01-01")
    }

    @Test("a warranty that came from the model before that was kept follows it too")
    mutating func modelFollowedSince() throws {
        try intake.bench.send(
            RegisterProductModel(brand: "Acme", model: "KFR-35GW", warrantyMonths: 24), to: RegisterAProductModel())
        _ = try register(Self.cooler)
        let id = try #require(intake.bench.last(DeviceChanged.self)?.deviceId)
        var device = try #require(intake.bench.state(Device.self, id))
        device.isWarrantyModels = nil
        intake.bench.put(device, id)
        #expect(try register(Self.cooler).status == "unchanged")
        var row = Self.cooler
        row.installedOn = "2024-07-01"
        #expect(try warranty(row) == "2026-06-30")
    }

    @Test("a device that a report makes has its model's warranty")
    mutating func reportedModel() throws {
        try intake.bench.send(
            RegisterProductModel(brand: "Acme", model: "KFR-35GW", warrantyMonths: 72), to: RegisterAProductModel())
        var report = ReportRepair.full
        report.device = ReportedDevice(
            serialNumber: "AC-1", model: "KFR-35GW", brand: "Acme", purchasedOn: "2024-06-18")
        let order = try intake.opened(report)
        #expect(try intake.device(of: order).warrantyEndsOn == "2030-06-17")
        #expect(order.entitlement.reason.code == "in_registered_warranty" && order.entitlement.cover == .all)
    }

    private mutating func warranty(_ command: RegisterDevice) throws -> String? {
        _ = try register(command)
        return intake.bench.last(DeviceChanged.self)?.warrantyEndsOn
    }

    @Test("a serial number is unique in its brand only")
    mutating func brands() throws {
        let first = try register(Self.cooler)
        var other = Self.cooler
        other.brand = "Northwind"
        other.code = "QR-2"
        let second = try register(other)
        #expect(second.status == "created")
        #expect(second.subject != first.subject)
        other.brand = "acme"
        other.code = "QR-3"
        let problem = try refusal { try register(other) }
        #expect(problem.code == "serial-taken")
        #expect(
            problem.errors == [
                FieldProblem(
                    "/data/serialNumber", "serial-taken", "is the serial number of device code QR-1 of customer C-1")
            ])
    }

    @Test("a device that is somebody's is not taken by naming its number, but by naming its id")
    mutating func owner() throws {
        _ = try register(Self.cooler)
        let id = try #require(intake.bench.last(DeviceChanged.self)?.deviceId)
        let taken = RegisterDevice(serialNumber: "AC-1", brand: "Acme", customerNumber: "C-2")
        let problem = try refusal { try register(taken) }
        #expect(problem.code == "device-of-another-customer")
        #expect(problem.errors.first?.detail.contains("customer C-1") == true)
        #expect(try register(RegisterDevice(deviceId: id, customerNumber: "C-2")).status == "updated")
        let moved = try #require(intake.bench.last(DeviceChanged.self))
        #expect(moved.customerId == intake.bench.all(CustomerChanged.self).last?.customerId)
        #expect(moved.siteId == nil)
    }

    @Test("a device that a report made is matched by its serial number")
    mutating func reported() throws {
        let order = try intake.opened()
        let customer = try #require(order.customerId as UUID?)
        let answer = try register(
            RegisterDevice(serialNumber: "AC-1", brand: "Acme", customerId: customer, department: "后厨"))
        #expect(answer.status == "updated")
        #expect(answer.subject == "device/\(try #require(order.deviceId).text)")
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let pointer: String
        let code: String
        let spoil: @Sendable (inout RegisterDevice) -> Void
        var testDescription: String { "\(pointer) \(code)" }
    }

    @Test(
        "what is present must be valid, and is told by member",
        arguments: [
            Fault(pointer: "/data/purchasedOn", code: "not-a-date") { $0.purchasedOn = "2024-02-30" },
            Fault(pointer: "/data/purchasedOn", code: "in-future") {
                ($0.purchasedOn, $0.installedOn) = ("2206-06-18", nil)
            },
            Fault(pointer: "/data/installedOn", code: "in-future") { $0.installedOn = "2026-11-24" },
            Fault(pointer: "/data/installedOn", code: "before-purchase") { $0.installedOn = "2024-06-17" },
            Fault(pointer: "/data/warrantyEndsOn", code: "before-purchase") { $0.warrantyEndsOn = "2024-06-17" },
            Fault(pointer: "/data/standing", code: "unknown-value") { $0.standing = DeviceStanding(rawValue: "lost") },
            Fault(pointer: "/data/customerNumber", code: "unknown-customer") { $0.customerNumber = "C-9" },
            Fault(pointer: "/data/customerNumber", code: "required") { $0.customerNumber = nil },
            Fault(pointer: "/data/siteId", code: "unknown-site") { $0.siteId = UUID() },
            Fault(pointer: "/data/serialNumber", code: "required") {
                $0.serialNumber = " "
                $0.code = nil
            },
        ])
    mutating func invalid(fault: Fault) throws {
        var command = Self.cooler
        fault.spoil(&command)
        let told = intake.bench.events.count
        let errors = try refusal { try register(command) }.errors
        #expect(errors.map { "\($0.pointer) \($0.code)" } == [fault.testDescription])
        #expect(intake.bench.events.count == told)
    }

    @discardableResult
    private mutating func register(_ command: RegisterDevice) throws -> Acknowledgement {
        try intake.bench.send(command, to: RegisterADevice())
    }
}
