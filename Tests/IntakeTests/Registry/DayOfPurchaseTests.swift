import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

@Suite("Days of purchase and installation")
struct DayOfPurchaseTests {
    var intake = IntakeBench()

    @Test("a day that has begun nowhere yet is refused of a report, of its completion and of an imported row")
    mutating func refused() throws {
        var report = ReportRepair.full
        report.device?.purchasedOn = "2026-11-24"
        let told = try refusal { try intake.report(report) }
        #expect(told.errors.map { "\($0.pointer) \($0.code)" } == ["/data/device/purchasedOn in-future"])
        var thin = ReportRepair.full
        thin.problem = nil
        let taken = try intake.report(thin, id: "r-2")
        let later = try refusal {
            try intake.bench.send(
                CompleteRequest(
                    requestId: taken.requestId, device: ReportedDevice(purchasedOn: "2099-01-01"), problem: "漏油"),
                to: CompleteIncompleteRequest(links: IntakeBench.links))
        }
        #expect(later.errors.map { "\($0.pointer) \($0.code)" } == ["/data/device/purchasedOn in-future"])
        let row = RegistryRow(
            line: 2, device: RegisterDevice(serialNumber: "AC-9", customerNumber: "C-1", purchasedOn: "2206-06-18"))
        let verdict = try intake.bench.send(
            ImportRegistryRows(dryRun: false, rows: [row]), to: ImportRows()
        ).verdicts.first
        #expect(verdict?.outcome == .invalid)
        #expect(verdict?.errors.map { "\($0.pointer) \($0.code)" } == ["/purchasedOn in-future"])
    }

    @Test("a day that has begun somewhere is none in the future, and is under warranty from then on")
    mutating func begun() throws {
        // Monday, 19:00 in the company's zone; Tuesday has begun in Kiribati, at UTC+14.
        intake.bench.now = try #require(RFC3339.parse("2026-11-23T11:00:00Z"))
        var report = ReportRepair.full
        report.device?.purchasedOn = "2026-11-24"
        #expect(try intake.opened(report).entitlement.reason.code == "in_full_warranty")
        intake.bench.now -= 3_601
        report.device?.serialNumber = "AC-2"
        #expect(try refusal { try intake.report(report, id: "r-2") }.errors.map(\.code) == ["in-future"])
    }

    @Test("one that was kept before it was refused gives no warranty")
    mutating func kept() throws {
        let first = try intake.opened()
        var device = try intake.device(of: first)
        device.purchasedOn = "2099-01-01"
        intake.bench.put(device, device.id)
        #expect(try intake.opened(id: "r-2").entitlement.kind == .none)
    }
}
