import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Versions of what is registered")
struct RegisteredVersionTests {
    var intake = IntakeBench()

    private func id(_ answer: Acknowledgement) throws -> UUID {
        try #require(answer.subject.split(separator: "/").last.flatMap { UUID(uuidString: String($0)) })
    }

    @discardableResult
    private mutating func register(_ command: RegisterCustomer) throws -> Acknowledgement {
        try intake.bench.send(command, to: RegisterACustomer())
    }

    @Test("of two who correct one customer the second is refused, and what the first said stays")
    mutating func twoEditors() throws {
        let made = try register(RegisterCustomer(customerNumber: "C-1", name: "王敏", phone: "13800138000"))
        let customer = try id(made)
        // The name and the phone stand in his contact, too; both count.
        let first = try register(
            RegisterCustomer(customerId: customer, phone: "13900139000", expectedVersion: made.version))
        #expect(first.status == "updated" && first.version == made.version + 1)
        let told = intake.bench.events.count
        let problem = try refusal {
            try register(
                RegisterCustomer(
                    customerId: customer, name: "王敏敏", phone: "13800138000", expectedVersion: made.version))
        }
        #expect(problem.code == RegisterCustomer.outdatedCode && problem.status == 409)
        #expect(intake.bench.events.count == told)
        let contact = try #require(intake.bench.state(ContactPoint.self, IntakeID.contact(of: customer)))
        #expect(contact.phone == "+8613900139000" && contact.name == "王敏")
        let again = try register(
            RegisterCustomer(customerId: customer, name: "王敏敏", expectedVersion: first.version))
        #expect(again.version == first.version + 1)
        // The same again changes nothing, and its version neither.
        let same = try register(
            RegisterCustomer(customerId: customer, name: "王敏敏", expectedVersion: again.version))
        #expect(same.status == "unchanged" && same.version == again.version)
    }

    @Test("what he reports himself of how he is reached counts too; what a stranger reports for him does not")
    mutating func reported() throws {
        let made = try register(RegisterCustomer(customerNumber: "C-1", name: "王敏", phone: "13800138000"))
        let customer = try id(made)
        var report = ReportRepair.full
        report.customer = ReportedCustomer(phone: "13800138000", email: "he@example.com")
        let before = intake.bench.version(of: Customer.self, customer)
        let stranger = try intake.opened(report, id: "r-1")
        #expect(stranger.customerId == customer)
        #expect(intake.bench.state(ContactPoint.self, IntakeID.contact(of: customer))?.email == nil)
        #expect(intake.bench.version(of: Customer.self, customer) == before)
        report.channel = "phone"
        report.customer?.email = nil
        _ = try intake.opened(report, id: "r-2")
        let known = intake.bench.version(of: Customer.self, customer)
        report.customer?.email = "he@example.com"
        _ = try intake.opened(report, id: "r-3")
        #expect(intake.bench.version(of: Customer.self, customer) == known + 1)
        let problem = try refusal {
            try register(RegisterCustomer(customerId: customer, email: "other@example.com", expectedVersion: known))
        }
        #expect(problem.code == "version-mismatch")
    }

    @Test("who registers something new says that he has seen none, and is refused where there is one")
    mutating func new() throws {
        try register(RegisterCustomer(customerNumber: "C-1", name: "王敏", phone: "13800138000", expectedVersion: 0))
        let sent: [(inout IntakeBench) throws -> Acknowledgement] = [
            { try $0.bench.send(RegisterCustomer(customerNumber: "C-1", expectedVersion: 0), to: RegisterACustomer()) },
            {
                try $0.bench.send(
                    RegisterSite(customerNumber: "C-1", address: "朝阳区 1", expectedVersion: 0), to: RegisterASite())
            },
            {
                try $0.bench.send(
                    RegisterContact(customerNumber: "C-1", name: "门卫", expectedVersion: 0), to: RegisterAContact())
            },
            {
                try $0.bench.send(
                    RegisterDevice(serialNumber: "AC-1", customerNumber: "C-1", expectedVersion: 0),
                    to: RegisterADevice())
            },
            {
                try $0.bench.send(
                    RegisterProductModel(brand: "Acme", model: "KFR", expectedVersion: 0), to: RegisterAProductModel())
            },
        ]
        for (index, send) in sent.enumerated() {
            if index > 0 { #expect(try send(&intake).status == "created") }
            let problem = try refusal { _ = try send(&intake) }
            #expect(problem.code == "version-mismatch", "\(index)")
        }
    }
}
