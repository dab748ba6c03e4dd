import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Matching and merging")
struct MatchingTests {
    var intake = IntakeBench()

    struct Way: Sendable, CustomTestStringConvertible {
        let rule: MatchRule
        let confidence: Int
        let says: @Sendable (inout ReportRepair) -> Void
        var testDescription: String { rule.rawValue }
    }

    @Test(
        "a report is matched by the first rule that finds somebody, and keeps which one it was",
        arguments: [
            Way(rule: .customerNumber, confidence: 100) {
                $0.customer = ReportedCustomer(phone: "13900000000", customerNumber: "C-1")
            },
            Way(rule: .channelUser, confidence: 95) { $0.customer = ReportedCustomer(channelUserId: "ox-user") },
            Way(rule: .phone, confidence: 90) { $0.customer = ReportedCustomer(phone: "138 0013 8000") },
            Way(rule: .email, confidence: 85) { $0.customer = ReportedCustomer(email: "Wang@Example.com") },
            Way(rule: .deviceCode, confidence: 90) {
                $0.customer = ReportedCustomer(phone: "13900000000")
                $0.device = ReportedDevice(code: "qr-1")
            },
            Way(rule: .serialNumber, confidence: 85) {
                $0.customer = ReportedCustomer(phone: "13900000000")
                $0.device = ReportedDevice(serialNumber: "ac-1")
            },
            Way(rule: .nameAndAddress, confidence: 75) {
                $0.customer = ReportedCustomer(name: "王敏", phone: "13900000000")
                $0.site = ReportedSite(address: "北京市 朝阳区1")
            },
        ])
    mutating func rules(way: Way) throws {
        var first = ReportRepair.full
        first.customer?.customerNumber = "C-1"
        first.customer?.email = "wang@example.com"
        first.device?.code = "QR-1"
        let known = try intake.opened(first)
        var report = ReportRepair.full
        report.device = nil
        way.says(&report)
        let order = try intake.opened(report, id: "r-2")
        #expect(order.customerId == known.customerId)
        let request = try #require(intake.bench.state(ServiceRequest.self, order.requestId))
        #expect(request.customerMatch == PartyMatch(rule: way.rule, confidence: way.confidence))
    }

    @Test("whom no rule finds is made new, and the request says so")
    mutating func stranger() throws {
        let order = try intake.opened()
        let request = try #require(intake.bench.state(ServiceRequest.self, order.requestId))
        #expect(request.customerMatch == PartyMatch(rule: .created, confidence: 100))
        #expect(request.deviceMatch == PartyMatch(rule: .created, confidence: 100))
    }

    @Test(
        "after a merge reports by either's phone, and about either's device, are the survivor's; unmerged, each has his own"
    )
    mutating func merge() throws {
        let first = try intake.opened()
        let second = try intake.opened(Self.other, id: "r-2")
        #expect(first.customerId != second.customerId)
        try intake.bench.send(
            MergeCustomers(customerId: second.customerId, intoCustomerId: first.customerId), to: MergeTwoCustomers())
        #expect(intake.bench.last(CustomerChanged.self)?.mergedInto == first.customerId)
        #expect(try intake.opened(Self.other, id: "r-3").customerId == first.customerId)
        var byDevice = Self.other
        byDevice.customer = nil
        #expect(try intake.opened(byDevice, id: "r-4").customerId == first.customerId)
        try intake.bench.send(UnmergeCustomers(customerId: second.customerId), to: UnmergeTwoCustomers())
        #expect(intake.bench.last(CustomerChanged.self)?.mergedInto == nil)
        #expect(try intake.opened(Self.other, id: "r-5").customerId == second.customerId)
        #expect(try intake.opened(byDevice, id: "r-6").customerId == second.customerId)
    }

    @Test("after a merge the contract of either's number covers what either reports; unmerged, each has his own again")
    mutating func mergedCover() throws {
        var ids: [UUID] = []
        for number in 1...3 {
            let acknowledged = try intake.bench.send(
                RegisterCustomer(customerNumber: "C-\(number)", name: "客户 \(number)", phone: "1380013800\(number)"),
                to: RegisterACustomer())
            ids.append(
                try #require(acknowledged.subject.split(separator: "/").last.flatMap { UUID(uuidString: "\($0)") }))
        }
        try intake.bench.receive(
            ContractChanged(
                contractId: UUID(), contractNumber: "K-3", contractType: .maintenance, status: .active,
                customerNumber: "C-3", responseLevel: .fourHour, cover: .all, deviceSerials: [],
                startsOn: IntakeBench.monday - 1e6, endsOn: IntakeBench.monday + 1e6),
            by: ProjectContract())
        #expect(try contracts(1) == [nil, nil, "K-3"])
        try intake.bench.send(MergeCustomers(customerId: ids[2], intoCustomerId: ids[1]), to: MergeTwoCustomers())
        #expect(try contracts(2) == [nil, "K-3", "K-3"])
        try intake.bench.send(MergeCustomers(customerId: ids[1], intoCustomerId: ids[0]), to: MergeTwoCustomers())
        #expect(try contracts(3) == ["K-3", "K-3", "K-3"])
        let survivor = try #require(intake.bench.state(Customer.self, ids[0]))
        #expect(survivor.customerNumber == "C-1" && survivor.mergedCustomerIds == [ids[1]])
        try intake.bench.send(UnmergeCustomers(customerId: ids[1]), to: UnmergeTwoCustomers())
        #expect(try contracts(4) == [nil, "K-3", "K-3"])
        try intake.bench.send(UnmergeCustomers(customerId: ids[2]), to: UnmergeTwoCustomers())
        #expect(try contracts(5) == [nil, nil, "K-3"])
        #expect(intake.bench.state(Customer.self, ids[0])?.mergedCustomerIds == nil)
    }

    /// Of what each of the three reports.
    private mutating func contracts(_ round: Int) throws -> [String?] {
        var found: [String?] = []
        for number in 1...3 {
            var report = ReportRepair.full
            report.customer = ReportedCustomer(phone: "1380013800\(number)")
            report.device = ReportedDevice(category: "Aircon/dehumidifier")
            found.append(try intake.opened(report, id: "r-\(round)-\(number)").entitlement.contractNumber)
        }
        return found
    }

    @Test("nobody is merged into himself, into one who is merged into him, or twice")
    mutating func circles() throws {
        let first = try intake.opened().customerId
        let second = try intake.opened(Self.other, id: "r-2").customerId
        try intake.bench.send(MergeCustomers(customerId: first, intoCustomerId: second), to: MergeTwoCustomers())
        for (from, into) in [(first, first), (second, first), (second, second)] {
            let problem = try refusal {
                _ = try intake.bench.send(
                    MergeCustomers(customerId: from, intoCustomerId: into), to: MergeTwoCustomers())
            }
            #expect(problem.code == (from == first ? "already-merged" : "invalid-message"))
        }
        let problem = try refusal {
            _ = try intake.bench.send(UnmergeCustomers(customerId: second), to: UnmergeTwoCustomers())
        }
        #expect(problem.code == "not-merged")
    }

    @Test(
        "a stranger who reads a device's label, or a name and a door, changes nothing of how its customer is reached",
        arguments: [ReportedDevice(serialNumber: "AC-1", category: "Aircon/dehumidifier"), nil])
    mutating func stranger(device: ReportedDevice?) throws {
        let first = try intake.opened()
        let contact = try #require(intake.bench.state(ContactPoint.self, first.contactId))
        var report = ReportRepair.full
        report.customer = ReportedCustomer(name: "王敏", phone: "13911112222")
        report.device = device ?? ReportedDevice(category: "Aircon/dehumidifier")
        let second = try intake.opened(report, id: "r-2")
        #expect(second.customerId == first.customerId)
        #expect(intake.bench.state(ContactPoint.self, first.contactId) == contact)
        // He hears of what he reported, and is nobody else by it.
        let stranger = try #require(intake.bench.state(ContactPoint.self, second.contactId))
        #expect(second.contactId != first.contactId && stranger.phone == "+8613911112222")
        // When he reports again it is for the same customer, and still in his own name.
        report.device = ReportedDevice(category: "Aircon/dehumidifier")
        report.customer?.name = nil
        let third = try intake.opened(report, id: "r-3")
        #expect(third.customerId == first.customerId && third.contactId == second.contactId)
        let match = intake.bench.state(ServiceRequest.self, third.requestId)?.customerMatch
        #expect(match == PartyMatch(rule: .reporter, confidence: 70))
        #expect(intake.bench.state(ContactPoint.self, first.contactId) == contact)
    }

    @Test("a customer number stands on every bill: who names it is served by its contract, and hears for himself alone")
    mutating func number() throws {
        var report = ReportRepair.full
        report.customer?.customerNumber = "C-1"
        let first = try intake.opened(report)
        let contact = intake.bench.state(ContactPoint.self, first.contactId)
        report.customer = ReportedCustomer(phone: "13911112222", customerNumber: "C-1")
        let second = try intake.opened(report, id: "r-2")
        #expect(second.customerId == first.customerId && second.contactId != first.contactId)
        #expect(intake.bench.state(ContactPoint.self, first.contactId) == contact)
    }

    private static var other: ReportRepair {
        var report = ReportRepair.full
        report.customer = ReportedCustomer(name: "李强", phone: "13900139000")
        report.device = ReportedDevice(serialNumber: "AC-2", category: "Aircon/dehumidifier")
        return report
    }
}
