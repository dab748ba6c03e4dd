import DomainContracts
import Foundation
import Testing

@testable import Intake

struct ReportTests {
    var intake = IntakeBench()

    @Test("the same report gives the same work order")
    mutating func repeated() throws {
        let first = try intake.report()
        let again = try intake.report()
        #expect(again.workOrderNumber == first.workOrderNumber)
        #expect(intake.bench.all(WorkOrderOpened.self).count == 1)
    }

    @Test("a channel that is not the routing key's last word is forbidden")
    mutating func channel() throws {
        let problem = try refusal { try intake.report(channel: "phone") }
        #expect(problem.status == 403)
        #expect(problem.errors.map(\.pointer) == ["/data/channel"])
    }

    @Test("a report that names neither a way to reach anybody nor a known device is invalid")
    mutating func unreachable() throws {
        var report = ReportRepair.full
        report.customer = ReportedCustomer(name: "王敏")
        let problem = try refusal { try intake.report(report) }
        #expect(problem.errors.map(\.pointer) == ["/data/customer"])
    }

    @Test("a known device is enough, and its customer is found by it")
    mutating func knownDevice() throws {
        let first = try intake.opened()
        var report = ReportRepair.full
        report.customer = nil
        report.site = nil
        report.device = ReportedDevice(serialNumber: "ac-1")
        let second = try intake.opened(report, id: "r-2")
        #expect(second.customerId == first.customerId)
        #expect(second.siteId == first.siteId)
        #expect(second.relatedWorkOrderId == first.id)
    }

    @Test("customers are found by their phone, whatever its spelling")
    mutating func samePhone() throws {
        let first = try intake.opened()
        var report = ReportRepair.full
        report.customer = ReportedCustomer(phone: "+86 138-0013-8000")
        report.device = nil
        #expect(try intake.opened(report, id: "r-2").customerId == first.customerId)
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let pointer: String
        let spoil: @Sendable (inout ReportRepair) -> Void
        var testDescription: String { pointer }
    }

    @Test(
        "what is present must be valid",
        arguments: [
            Fault(pointer: "/data/customer/phone") { $0.customer?.phone = "12" },
            Fault(pointer: "/data/customer/email") { $0.customer?.email = "a@b" },
            Fault(pointer: "/data/contact/phone") { $0.contact = ReportedContact(phone: "x") },
            Fault(pointer: "/data/device/purchasedOn") { $0.device?.purchasedOn = "2026-02-30" },
            Fault(pointer: "/data/device/purchasedOn") { $0.device?.purchasedOn = "2099-01-01" },
            Fault(pointer: "/data/problem") { $0.problem = String(repeating: "x", count: 8_001) },
            Fault(pointer: "/data/problem") { $0.problem = "a\u{0}b" },
            Fault(pointer: "/data/language") { $0.language = "z" },
            Fault(pointer: "/data/customFields") { $0.customFields = .object(["a": .array([.string("\u{0}")])]) },
        ])
    mutating func invalid(fault: Fault) throws {
        var report = ReportRepair.full
        fault.spoil(&report)
        let problem = try refusal { try intake.report(report) }
        #expect(problem.errors.map(\.pointer) == [fault.pointer])
    }

    @Test("all faults are told at once, each with its pointer")
    mutating func manyFaults() throws {
        var report = ReportRepair.full
        report.urgency = Urgency(rawValue: "now")
        report.serviceType = ServiceType(rawValue: "magic")
        report.site?.location = Coordinates(latitude: 91, longitude: 181, crs: CoordinateSystem(rawValue: "moon"))
        report.preferredWindows = [TimeWindow(start: intake.bench.now, end: intake.bench.now)]
        report.attachments = [Attachment(dataref: "", mediaType: "image/jpeg")]
        let pointers = Set(try refusal { try intake.report(report) }.errors.map(\.pointer))
        #expect(
            pointers == [
                "/data/urgency", "/data/serviceType", "/data/site/location/latitude", "/data/site/location/longitude",
                "/data/site/location/crs", "/data/preferredWindows/0", "/data/attachments/0/dataref",
            ])
    }

    @Test("a report that is thin waits as an incomplete request and an agent completes it")
    mutating func incomplete() throws {
        var report = ReportRepair(channel: "wechat", customer: ReportedCustomer(phone: "13800138000"))
        report.problem = " "
        let answer = try intake.report(report)
        #expect(answer.status == "incomplete")
        #expect(answer.workOrderId == nil)
        #expect(
            intake.bench.last(RequestIncomplete.self)?.missing == ["/data/problem", "/data/serviceType", "/data/site"])
        let done = try intake.bench.send(
            CompleteRequest(
                requestId: answer.requestId, site: ReportedSite(regionCode: "110105"), serviceType: .repair,
                problem: "leaks"), to: CompleteIncompleteRequest(links: IntakeBench.links))
        #expect(done.workOrderNumber != nil)
        #expect(intake.bench.state(ServiceRequest.self, answer.requestId)?.status == .converted)
        let problem = try refusal {
            try intake.bench.send(
                CompleteRequest(requestId: answer.requestId), to: CompleteIncompleteRequest(links: IntakeBench.links))
        }
        #expect(problem.code == "request-not-incomplete")
    }

    @Test("a consultation needs nobody to go, and no site")
    mutating func consultation() throws {
        var report = ReportRepair.full
        report.serviceType = .consultation
        report.site = nil
        let order = try intake.opened(report)
        #expect(order.status == .qualified)
        #expect(order.facts.need == nil)
        try intake.bench.send(
            ResolveRemotely(workOrderId: order.id, remedy: "told how", minutes: 5), to: ResolveOrderRemotely())
        #expect(try intake.status(order.id) == .awaitingFollowUp)
        #expect(try intake.bench.fire(EndWait(), for: order.id))
        let closed = try #require(intake.bench.last(WorkOrderClosed.self))
        #expect(closed.closureCode == .deadline)
        #expect(closed.outcome == .resolvedRemotely)
    }

    @Test("how the customer is reached is told once, and again when it changes")
    mutating func contacts() throws {
        try intake.report()
        #expect(intake.bench.all(ContactChanged.self).map(\.phone) == ["+8613800138000"])
        try intake.report(id: "r-2")
        #expect(intake.bench.all(ContactChanged.self).count == 1)
        var report = ReportRepair.full
        report.customer?.email = "a@example.org"
        try intake.report(report, id: "r-3")
        #expect(intake.bench.all(ContactChanged.self).last?.email == "a@example.org")
    }

    @Test("an active contract gives its cover and its response level")
    mutating func contract() throws {
        try intake.bench.receive(
            ContractChanged(
                contractId: UUID(), contractNumber: "C-1", contractType: .maintenance, status: .active,
                customerNumber: "K-1", responseLevel: .fourHour, cover: .all, deviceSerials: ["AC-1"],
                startsOn: IntakeBench.monday - 86_400, endsOn: IntakeBench.monday + 86_400), by: ProjectContract())
        let order = try intake.opened()
        #expect(order.entitlement.contractNumber == "C-1")
        #expect(order.entitlement.responseLevel == .fourHour)
        #expect(
            order.clocks.first { $0.kind == .arrival }?.state(at: intake.bench.now, .shipped).dueAt == IntakeBench
                .monday + 4
                * 3_600)
    }

    @Test("a contract's type says what it is for, and its level what it did to the priority")
    mutating func contractType() throws {
        var told = ContractChanged(
            contractId: UUID(), contractNumber: "C-1", contractType: .inspection, status: .active,
            customerNumber: "K-1", responseLevel: .fourHour, cover: .all, deviceSerials: ["AC-1"],
            startsOn: IntakeBench.monday - 86_400, endsOn: IntakeBench.monday + 86_400)
        try intake.bench.receive(told, by: ProjectContract())
        var report = ReportRepair.full
        report.urgency = .high
        let plain = try intake.opened(report)
        #expect(plain.entitlement.kind == .none && plain.brief.priority == .p3)
        told.contractType = .perCall
        try intake.bench.receive(told, by: ProjectContract(), sequence: 2)
        let fast = try intake.opened(report, id: "r-2")
        #expect(fast.entitlement.cover == .nothing && fast.brief.priority == .p2)
        #expect(fast.entitlement.clauses?.map(\.decided) == [[.priority, .responseLevel]])
    }

    @Test("a contract that was known before types were kept is made whole when it is told again, and by nothing older")
    mutating func contractToldAgain() throws {
        var told = ContractChanged(
            contractId: UUID(), contractNumber: "C-1", contractType: .inspection, status: .active,
            customerNumber: "K-1", responseLevel: .fourHour, cover: .all, deviceSerials: ["AC-1"],
            startsOn: IntakeBench.monday - 86_400, endsOn: IntakeBench.monday + 86_400)
        try intake.bench.receive(told, by: ProjectContract(), sequence: 5)
        var old = try #require(intake.bench.state(ContractProjection.self, told.contractId))
        old.contractType = nil
        old.planIds = [UUID()]
        intake.bench.put(old, old.contractId)
        #expect(try intake.opened().entitlement.kind == .contract)
        try intake.bench.receive(told, by: ProjectContract(), sequence: 5)
        let whole = try #require(intake.bench.state(ContractProjection.self, told.contractId))
        #expect(whole.contractType == .inspection && whole.planIds == old.planIds)
        #expect(try intake.opened(.full, id: "r-2").entitlement.kind == .none)
        told.contractType = .maintenance
        for sequence in [4, 5] { try intake.bench.receive(told, by: ProjectContract(), sequence: sequence) }
        #expect(intake.bench.state(ContractProjection.self, told.contractId) == whole)
    }
}
