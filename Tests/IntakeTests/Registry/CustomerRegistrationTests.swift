import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Registering customers")
struct CustomerRegistrationTests {
    var intake = IntakeBench()

    private static let min = RegisterCustomer(
        customerNumber: "C-1", name: "王敏", kind: .person, phone: "138-0013-8000",
        site: ReportedSite(address: "北京市朝阳区 1", regionCode: "110105"))

    @Test("a customer becomes known, his phone in E.164, and is told with his contact")
    mutating func created() throws {
        let answer = try register(Self.min)
        #expect(answer.status == "created")
        let told = try #require(intake.bench.last(CustomerChanged.self))
        #expect(answer.subject == "customer/\(told.customerId.text)")
        #expect(told.customerNumber == "C-1")
        let contact = try #require(intake.bench.last(ContactChanged.self))
        #expect(contact.phone == "+8613800138000")
        #expect(contact.channel == "phone")
        #expect(intake.bench.last(SiteChanged.self)?.regionCode == "110105")
    }

    @Test("the same again changes nothing and tells nothing; what is said anew is corrected, what is not said stays")
    mutating func again() throws {
        let first = try register(Self.min)
        let told = intake.bench.events.count
        #expect(try register(Self.min).status == "unchanged")
        #expect(intake.bench.events.count == told)
        let corrected = try register(RegisterCustomer(customerNumber: "C-1", industry: "retail"))
        #expect(corrected.status == "updated")
        #expect(corrected.subject == first.subject)
        let customer = try customer(of: corrected)
        #expect(customer.industry == "retail")
        #expect(customer.name == "王敏")
    }

    @Test("one who reported before is matched by his phone, and takes the number")
    mutating func reportedBefore() throws {
        let order = try intake.opened()
        let answer = try register(Self.min)
        #expect(answer.status == "updated")
        #expect(try customer(of: answer).id == order.customerId)
    }

    @Test("an order says what tier its customer is of, as we have said, whoever reports")
    mutating func tier() throws {
        var key = Self.min
        key.tier = .keyAccount
        let answer = try register(key)
        #expect(try customer(of: answer).tier == .keyAccount)
        var report = ReportRepair.full
        report.customer?.phone = "13800138000"
        _ = try intake.opened(report)
        #expect(intake.bench.last(WorkOrderOpened.self)?.customerTier == .keyAccount)
    }

    @Test("a new customer with the phone of another is a duplicate that names him, unless he is said to be distinct")
    mutating func duplicate() throws {
        let first = try register(Self.min)
        var second = Self.min
        second.customerNumber = "C-2"
        let problem = try refusal { try register(second) }
        #expect(problem.code == "duplicate")
        #expect(problem.errors == [FieldProblem("/data/phone", "duplicate", "is the phone of customer C-1")])
        #expect(intake.bench.all(CustomerChanged.self).count == 1)
        second.isDistinct = true
        let answer = try register(second)
        #expect(answer.status == "created")
        #expect(answer.subject != first.subject)
        // Not asked again about what he has already.
        second.isDistinct = nil
        #expect(try register(second).status == "unchanged")
        // The phone goes on leading to the first.
        var report = ReportRepair.full
        report.customer = ReportedCustomer(phone: "13800138000")
        #expect(try intake.opened(report).customerId == customer(of: first).id)
    }

    @Test("a number that another has is refused with who has it")
    mutating func numberTaken() throws {
        let first = try register(Self.min)
        let other = try register(RegisterCustomer(customerNumber: "C-2", name: "李", phone: "13900139000"))
        let problem = try refusal {
            try register(RegisterCustomer(customerId: try customer(of: other).id, customerNumber: "C-1"))
        }
        #expect(problem.code == "customer-number-taken")
        #expect(problem.errors.first?.detail.contains(try customer(of: first).id.text) == true)
    }

    @Test("a phone that was corrected away is free for others")
    mutating func freed() throws {
        let first = try register(Self.min)
        _ = try register(RegisterCustomer(customerNumber: "C-1", phone: "13700137000"))
        let second = try register(RegisterCustomer(name: "李", phone: "13800138000"))
        #expect(second.status == "created")
        #expect(second.subject != first.subject)
        #expect(try register(RegisterCustomer(name: "李", phone: "13800138000")).status == "unchanged")
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let pointer: String
        let spoil: @Sendable (inout RegisterCustomer) -> Void
        var testDescription: String { pointer }
    }

    @Test(
        "what is present must be valid, and is told by member",
        arguments: [
            Fault(pointer: "/data/phone") { $0.phone = "12" }, Fault(pointer: "/data/email") { $0.email = "a@b" },
            Fault(pointer: "/data/kind") { $0.kind = CustomerKind(rawValue: "cat") },
            Fault(pointer: "/data/name") { $0.name = " " },
            Fault(pointer: "/data/site/regionCode") { $0.site?.regionCode = "北京" },
            Fault(pointer: "/data/site/location/latitude") {
                $0.site?.location = Coordinates(latitude: 91, longitude: 0, crs: .wgs84)
            },
            Fault(pointer: "/data/language") { $0.language = "z" },
            Fault(pointer: "/data/customerNumber") { $0 = RegisterCustomer(name: "王敏") },
        ])
    mutating func invalid(fault: Fault) throws {
        var command = Self.min
        fault.spoil(&command)
        #expect(try refusal { try register(command) }.errors.map(\.pointer) == [fault.pointer])
        #expect(intake.bench.events.isEmpty)
    }

    @Test("a site keeps its name, and is found by its corrected address")
    mutating func site() throws {
        let answer = try register(Self.min)
        let made = try intake.bench.send(
            RegisterSite(customerNumber: "C-1", name: "二号厂房", address: "北京市大兴区 8", regionCode: "110115"),
            to: RegisterASite())
        #expect(made.status == "created")
        let id = try #require(intake.bench.last(SiteChanged.self)?.siteId)
        let moved = try intake.bench.send(RegisterSite(siteId: id, address: "北京市大兴区 9"), to: RegisterASite())
        #expect(moved.status == "updated")
        var report = ReportRepair.full
        report.customer = ReportedCustomer(customerNumber: "C-1", channelUserId: "u")
        report.site = ReportedSite(address: "北京市大兴区9")
        let order = try intake.opened(report)
        #expect(order.siteId == id)
        #expect(order.customerId == (try customer(of: answer).id))
        let problem = try refusal {
            _ = try intake.bench.send(RegisterSite(customerNumber: "C-9", address: "x"), to: RegisterASite())
        }
        #expect(problem.errors.map(\.code) == ["unknown-customer"])
    }

    @Test("a contact is made once by phone, corrected by id, and found by the corrected phone")
    mutating func contact() throws {
        _ = try register(Self.min)
        let gate = RegisterContact(customerNumber: "C-1", name: "门卫", phone: "010-66550000转8001", role: "gate")
        #expect(try intake.bench.send(gate, to: RegisterAContact()).status == "created")
        #expect(try intake.bench.send(gate, to: RegisterAContact()).status == "unchanged")
        let id = try #require(intake.bench.last(ContactChanged.self)?.contactId)
        #expect(intake.bench.state(ContactPoint.self, id)?.phoneExtension == "8001")
        _ = try intake.bench.send(RegisterContact(contactId: id, phone: "13911112222"), to: RegisterAContact())
        var report = ReportRepair.full
        report.contact = ReportedContact(phone: "13911112222")
        #expect(try intake.opened(report).siteContactId == id)
    }

    @discardableResult
    private mutating func register(_ command: RegisterCustomer) throws -> Acknowledgement {
        try intake.bench.send(command, to: RegisterACustomer())
    }

    private func customer(of answer: Acknowledgement) throws -> Customer {
        let id = try #require(UUID(uuidString: String(answer.subject.dropFirst("customer/".count))))
        return try #require(intake.bench.state(Customer.self, id))
    }
}
