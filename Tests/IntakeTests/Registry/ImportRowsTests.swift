import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Importing rows")
struct ImportRowsTests {
    var intake = IntakeBench()

    private static let rows = [
        RegistryRow(line: 2, customer: RegisterCustomer(customerNumber: "C-1", name: "王敏", phone: "13800138000")),
        RegistryRow(line: 3, customer: RegisterCustomer(customerNumber: "C-2", name: "李", phone: "13800138000")),
        RegistryRow(line: 4, customer: RegisterCustomer(customerNumber: "C-3", name: "张", phone: "12", email: "x")),
        RegistryRow(line: 5, device: RegisterDevice(serialNumber: "AC-1", customerNumber: "C-1")),
        RegistryRow(line: 6, device: RegisterDevice(serialNumber: "AC-2", customerNumber: "C-3")),
        RegistryRow(line: 7, customer: RegisterCustomer(customerNumber: "C-1", name: "王敏", industry: "retail")),
    ]

    @Test("each row is for itself: those that are wrong are told with their members, and keep no other out")
    mutating func each() throws {
        let verdicts = try take(Self.rows).verdicts
        #expect(verdicts.map(\.line) == [2, 3, 4, 5, 6, 7])
        #expect(
            verdicts.map(\.outcome.rawValue)
                == ["created", "duplicate", "invalid", "created", "invalid", "updated"])
        #expect(verdicts[2].errors.map(\.pointer) == ["/phone", "/email"])
        #expect(verdicts[4].errors.map(\.code) == ["unknown-customer"])
        #expect(intake.bench.all(DeviceChanged.self).count == 1)
    }

    @Test("the same rows again change nothing and tell nothing")
    mutating func again() throws {
        let rows = Array(Self.rows.dropLast())
        _ = try take(rows)
        let told = intake.bench.events.count
        let verdicts = try take(rows).verdicts
        #expect(
            verdicts.map(\.outcome.rawValue) == ["unchanged", "duplicate", "invalid", "unchanged", "invalid"])
        #expect(intake.bench.events.count == told)
    }

    @Test("a dry run says the same and does nothing")
    mutating func dryRun() throws {
        let tried = try take(Self.rows, dryRun: true)
        #expect(intake.bench.events.isEmpty)
        #expect(try take(Self.rows) == tried)
    }

    @Test("too many rows, or a row of nothing, are refused as a whole")
    mutating func refused() throws {
        let many = Array(repeating: Self.rows[0], count: ImportRows.mostRows + 1)
        #expect(try refusal { try take(many) }.errors.map(\.pointer) == ["/data/rows"])
        #expect(try refusal { try take([RegistryRow(line: 1)]) }.errors.map(\.pointer) == ["/data/rows/0"])
    }

    @discardableResult
    private mutating func take(_ rows: [RegistryRow], dryRun: Bool = false) throws -> RegistryRowsImported {
        try intake.bench.send(ImportRegistryRows(dryRun: dryRun, rows: rows), to: ImportRows())
    }
}
