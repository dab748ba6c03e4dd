import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

@Suite("What was done before")
struct PastServiceTests {
    var intake = IntakeBench()
    private static let known = PastService(
        reference: " OLD-1 ", servicedOn: "2024-06-18", deviceSerial: "ac-1", problem: "漏油", outcome: .fixed,
        amount: Money(12_000, "CNY"))

    private mutating func record(_ service: PastService, dryRun: Bool = false) throws -> RowVerdict {
        let answer = try intake.bench.send(
            ImportPastServices(dryRun: dryRun, rows: [PastServiceRow(line: 2, service: service)]),
            to: ImportPastServiceRows())
        return try #require(answer.verdicts.first)
    }

    @Test(
        "it is kept once by its number with whose device it was; corrected, it is told whole again; no order comes of it"
    )
    mutating func kept() throws {
        let order = try intake.opened()
        let events = intake.bench.events.count
        #expect(try record(Self.known, dryRun: true).outcome == .created)
        #expect(intake.bench.events.count == events)
        #expect(try record(Self.known).outcome == .created)
        let told = try #require(intake.bench.last(PastServiceRecorded.self))
        #expect(told.reference == "OLD-1" && told.customerId == order.customerId && told.deviceId == order.deviceId)
        #expect(intake.bench.state(SearchEntry.self, told.pastServiceId)?.kind == .pastService)
        #expect(try record(Self.known).outcome == .unchanged)
        var corrected = Self.known
        corrected.workDone = "更换密封圈"
        #expect(try record(corrected).outcome == .updated)
        #expect(intake.bench.all(PastServiceRecorded.self).map(\.workDone) == [nil, "更换密封圈"])
        #expect(Set(intake.bench.all(PastServiceRecorded.self).map(\.pastServiceId)).count == 1)
        #expect(
            intake.bench.all(WorkOrderOpened.self).count == 1 && intake.bench.timers.allSatisfy { $0.id == order.id })
    }

    @Test("who is known by a phone in any spelling needs no device; who is not known at all is named")
    mutating func whose() throws {
        let order = try intake.opened()
        var service = PastService(reference: "OLD-2", servicedOn: "2024-06-18", customerPhone: "138 0013 8000")
        #expect(try record(service).outcome == .created)
        #expect(intake.bench.last(PastServiceRecorded.self)?.customerId == order.customerId)
        service.customerPhone = "13900139000"
        #expect(try record(service).errors.map(\.code) == ["unknown-customer"])
        service.customerPhone = nil
        #expect(try record(service).errors.map(\.pointer) == ["/customerNumber"])
        service.deviceCode = "QR-9"
        #expect(try record(service).errors.map(\.code) == ["unknown-device"])
        service = Self.known
        service.servicedOn = "2026-11-24"
        #expect(try record(service).errors.map(\.pointer) == ["/servicedOn"])
        service.servicedOn = "2026-11-23"
        service.amount?.amount = -1
        #expect(try record(service).errors.map(\.pointer) == ["/amount/amount"])
    }
}
