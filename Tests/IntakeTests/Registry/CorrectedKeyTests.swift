import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

@Suite("Keys that lead to somebody no more")
struct CorrectedKeyTests {
    var intake = IntakeBench()
    private static let (before, after) = ("13800138001", "13800138002")

    init() throws {
        try register(RegisterCustomer(customerNumber: "C-1", name: "王敏", phone: Self.before))
    }

    private mutating func register(_ customer: RegisterCustomer) throws {
        try intake.bench.send(customer, to: RegisterACustomer())
    }

    private mutating func register(_ device: RegisterDevice) throws -> UUID {
        try intake.bench.send(device, to: RegisterADevice())
        return try #require(intake.bench.last(DeviceChanged.self)?.deviceId)
    }

    /// A call.
    private mutating func call(_ phone: String, _ number: Int, about device: ReportedDevice? = nil) throws
        -> (order: WorkOrder, request: ServiceRequest)
    {
        var report = ReportRepair.full
        (report.channel, report.customer, report.device) = ("phone", ReportedCustomer(phone: phone), device)
        report.site = ReportedSite(address: "上海市 \(number)", regionCode: "310101")
        let order = try intake.opened(report, id: "r-\(number)")
        return (order, try #require(intake.bench.state(ServiceRequest.self, order.requestId)))
    }

    @Test(
        "a phone that was corrected leads to nobody, then to whoever calls by it; the corrected customer keeps his new one"
    )
    mutating func phone() throws {
        let first = try call(Self.before, 1).order
        // He is known by it as one who speaks for himself as well.
        var form = ReportRepair.full
        (form.channel, form.device) = ("web", nil)
        form.customer = ReportedCustomer(phone: Self.before)
        #expect(try intake.opened(form, id: "r-2").customerId == first.customerId)
        try register(RegisterCustomer(customerNumber: "C-1", phone: Self.after))
        let stranger = try call(Self.before, 3)
        #expect(stranger.order.customerId != first.customerId)
        #expect(stranger.request.customerMatch == PartyMatch(rule: .created, confidence: 100))
        let again = try call(Self.before, 4)
        #expect(again.order.customerId == stranger.order.customerId)
        #expect(again.request.customerMatch == PartyMatch(rule: .phone, confidence: 90))
        #expect(try call(Self.after, 5).order.customerId == first.customerId)
        #expect(intake.bench.state(ContactPoint.self, first.contactId)?.phone == "+86" + Self.after)
    }

    @Test("two phones that one customer calls by, and those of two who are merged, go on leading to him")
    mutating func aliases() throws {
        try register(RegisterCustomer(customerNumber: "C-2", name: "李强", phone: "13900139000"))
        let (first, second) = (try call(Self.before, 1).order, try call("13900139000", 2).order)
        try intake.bench.send(
            MergeCustomers(customerId: second.customerId, intoCustomerId: first.customerId), to: MergeTwoCustomers())
        for (number, phone) in [Self.before, "13900139000", Self.before, "13900139000"].enumerated() {
            #expect(try call(phone, number + 3).order.customerId == first.customerId)
        }
    }

    @Test("a serial number is of its brand: another brand's of the same number is another device, and nobody's yet")
    mutating func brand() throws {
        let acme = try register(RegisterDevice(serialNumber: "0001", brand: "Acme", customerNumber: "C-1"))
        let owner = try #require(intake.bench.state(Device.self, acme)?.customerId)
        let beta = ReportedDevice(serialNumber: "0001", category: "Aircon", brand: "Beta")
        let (order, request) = try call("13900139000", 1, about: beta)
        #expect(order.customerId != owner && order.deviceId != acme)
        #expect(request.customerMatch?.rule == .created && request.deviceMatch?.rule == .created)
        let again = try call("13900139001", 2, about: beta)
        #expect(again.order.deviceId == order.deviceId && again.order.customerId == order.customerId)
        #expect(again.request.deviceMatch == PartyMatch(rule: .serialNumber, confidence: 98))
        let known = try call("13900139002", 3, about: ReportedDevice(serialNumber: "0001", brand: "ACME"))
        #expect(known.order.deviceId == acme && known.order.customerId == owner)
        // Without a brand it is the first one's.
        let unsaid = try call("13900139003", 4, about: ReportedDevice(serialNumber: "0001"))
        #expect(unsaid.order.deviceId == acme)
        #expect(unsaid.request.deviceMatch == PartyMatch(rule: .serialNumber, confidence: 95))
    }

    @Test(
        "a plan and a past service name a shared serial number with its brand, or are refused; a merge makes it one again"
    )
    mutating func sharedSerial() throws {
        let acme = try register(RegisterDevice(serialNumber: "0001", brand: "Acme", customerNumber: "C-1"))
        func record(_ brand: String?, _ reference: String) throws -> RowVerdict {
            let service = PastService(
                reference: reference, servicedOn: "2024-06-18", deviceSerial: "0001", deviceBrand: brand)
            return try #require(
                intake.bench.send(
                    ImportPastServices(dryRun: false, rows: [PastServiceRow(line: 1, service: service)]),
                    to: ImportPastServiceRows()
                ).verdicts.first)
        }
        func plan(_ brand: String?) throws -> [UUID] {
            var terms = MaintenancePlanTerms.monthly
            terms.devices = [PlannedDevice(serialNumber: "0001", brand: brand)]
            try intake.plan(terms)
            return try intake.keptPlan().deviceIds
        }
        #expect(try record(nil, "OLD-1").outcome == .created)
        #expect(try plan(nil) == [acme])
        let beta = try register(RegisterDevice(serialNumber: "0001", brand: "Beta", customerNumber: "C-1"))
        let unsaid = try record(nil, "OLD-2")
        #expect(unsaid.errors.map(\.code) == ["ambiguous-serial"] && unsaid.errors.map(\.pointer) == ["/deviceSerial"])
        #expect(try refusal { _ = try plan(nil) }.errors.map(\.code) == ["ambiguous-serial"])
        #expect(try record(" beta", "OLD-2").outcome == .created)
        #expect(intake.bench.last(PastServiceRecorded.self)?.deviceId == beta)
        #expect(try plan("ACME") == [acme])
        #expect(try record("Gamma", "OLD-3").errors.map(\.code) == ["unknown-device"])
        try intake.bench.send(MergeDevices(deviceId: beta, intoDeviceId: acme), to: MergeTwoDevices())
        #expect(try record(nil, "OLD-4").outcome == .created)
        // What was labelled anew has it no more.
        try intake.bench.send(UnmergeDevices(deviceId: beta), to: UnmergeTwoDevices())
        _ = try register(RegisterDevice(deviceId: acme, serialNumber: "0009"))
        #expect(try record(nil, "OLD-5").outcome == .created)
        #expect(intake.bench.last(PastServiceRecorded.self)?.deviceId == beta)
    }

    @Test("a device of no known brand is the one of any, and of that brand from then on")
    mutating func unbranded() throws {
        let id = try register(RegisterDevice(serialNumber: "0002", customerNumber: "C-1"))
        for (number, confidence) in [(1, 95), (2, 98)] {
            let said = ReportedDevice(serialNumber: "0002", brand: "Acme")
            let (order, request) = try call(Self.before, number, about: said)
            #expect(order.deviceId == id)
            #expect(request.deviceMatch == PartyMatch(rule: .serialNumber, confidence: confidence))
        }
        #expect(
            try call(Self.before, 3, about: ReportedDevice(serialNumber: "0002", brand: "Beta")).order.deviceId != id)
    }

    @Test("a serial number that was corrected leads to its device no more")
    mutating func label() throws {
        let id = try register(RegisterDevice(serialNumber: "0003", code: "QR-3", customerNumber: "C-1"))
        _ = try register(RegisterDevice(deviceId: id, serialNumber: "0004"))
        #expect(try call("13900139000", 1, about: ReportedDevice(serialNumber: "0003")).order.deviceId != id)
        #expect(try call("13900139001", 2, about: ReportedDevice(serialNumber: "0004")).order.deviceId == id)
        #expect(try call("13900139002", 3, about: ReportedDevice(code: "QR-3")).order.deviceId == id)
    }
}
