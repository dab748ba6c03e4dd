import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Tables
import Testing

@testable import Intake
@testable import MendloopCLI

@Suite("Importing what was done before", .slow)
struct PastServiceImportTests {
    private static let count = TestTier.current == .soak ? 100_000 : 1_000

    @Test(
        "the report names every planted fault and nothing else; the same file again changes nothing; it comes out as it went in"
    )
    func planted() async throws {
        let service = try await RunningService.start(
            try IntakeApp.definition(
                links: CustomerLinks(signer: LinkSigner(secret: String(repeating: "s", count: 32)))))
        let door = try await BrokerDoor.open(service.settings.amqpURL)
        let rows = (0..<20).flatMap { number in
            [
                RegistryRow(
                    line: number,
                    customer: RegisterCustomer(
                        customerNumber: "C-\(number)", name: "客户 \(number)", phone: "138\(10_000_000 + number)")),
                RegistryRow(
                    line: number,
                    device: RegisterDevice(
                        serialNumber: "AC-\(number)", code: "QR-\(number)", customerNumber: "C-\(number)")),
            ]
        }
        _ = try await door.order(ImportRegistryRows(dryRun: false, rows: rows))
        let file = try Self.file()
        var tried = try await take(file, door, dryRun: true)
        #expect(try await door.ask(ExportPastServices()).services.isEmpty)
        for round in 0..<2 {
            let summary = try await take(file, door)
            #expect(try file.reported() == file.planted)
            #expect(summary.notTaken == Set(file.planted.map(\.line)).count)
            #expect(summary.created == (round == 0 ? file.rows - summary.notTaken : 0))
            #expect(summary.unchanged == (round == 0 ? 0 : file.rows - summary.notTaken))
            tried.dryRun = false
            if round == 0 { #expect(summary == tried) }
        }
        // It is found by what was done, and leads to its device; no order came of it.
        let hits = try await door.ask(SearchRegistry(text: "更换密封圈", kinds: [.pastService], limit: 1)).hits
        let hit = try #require(hits.first)
        #expect(hit.kind == .pastService && hit.deviceId != nil && hit.customerId != nil)
        #expect(try await service.pool.query("SELECT id FROM work_order").isEmpty)
        #expect(try await exportedAgain(service, door) == 0)
        await door.close()
        await service.stop()
        file.remove()
    }

    /// Imports what was exported: how many rows are news.
    private func exportedAgain(_ service: RunningService, _ door: BrokerDoor) async throws -> Int {
        var text = CSVWriter.line(PastService.columns.map(\.name))
        var count = 0
        var after: UUID?
        repeat {
            let page = try await door.ask(ExportPastServices(after: after, limit: 300))
            text += page.services.map { row in CSVWriter.line(PastService.columns.map { $0.write(row) ?? "" }) }
                .joined()
            count += page.services.count
            after = page.next
        } while after != nil
        let file = try PlantedFile(bytes: Array(text.utf8), rows: count, planted: [])
        defer { file.remove() }
        let summary = try await take(file, door)
        #expect(summary.rows == count && count > 0 && summary.notTaken == 0)
        return summary.created + summary.updated
    }

    private static func file() throws -> PlantedFile {
        var text = CSVWriter.line(["旧系统编号", "日期", "客户编号", "电话", "设备编号", "序列号", "故障", "处理", "工程师", "结果", "金额"])
        var planted: Set<PlantedFile.Fault> = []
        for number in 0..<count {
            let thing = number % 20
            var row = [
                "OLD-\(number)", "2024/6/\(1 + number % 28)", "C-\(thing)", "", "QR-\(thing)", "", "漏油", "更换密封圈", "李强",
                "已修复", "120.50",
            ]
            func plant(_ position: Int, _ cell: String, _ column: String, _ code: String) {
                row[position] = cell
                planted.insert(.init(line: number + 2, column: column, code: code))
            }
            // Who has no number is known by his phone, what has no code by its serial number.
            if number % 3 == 1 {
                (row[2], row[3], row[4], row[5]) = ("", "138\(10_000_000 + thing)", "", "ac-\(thing)")
            }
            switch number % 200 {
            case 12: plant(0, "", "旧系统编号", "required")
            case 33: plant(1, "2024/2/30", "日期", "not-a-date")
            case 54: plant(1, "2999/1/1", "日期", "out-of-range")
            case 75: plant(2, "C-unknown", "客户编号", "unknown-customer")
            case 96:
                row[5] = ""
                plant(4, "QR-unknown", "设备编号", "unknown-device")
            case 117: plant(9, "没修", "结果", "unknown-value")
            case 138: plant(10, "不少", "金额", "unreadable")
            case 159: plant(0, "OLD-\(number - 1)", "", "duplicate-in-file")
            case 180:
                (row[2], row[4], row[5]) = ("", "", "")
                plant(3, "", "客户编号", "required")
            default: break
            }
            text += CSVWriter.line(row)
        }
        return try PlantedFile(bytes: Array(text.utf8), rows: count, planted: planted)
    }

    private func take(_ file: PlantedFile, _ door: BrokerDoor, dryRun: Bool = false) async throws -> ImportSummary {
        let work = RegistryImport<PastService>(
            path: file.path, encoding: try TextEncoding.of(file: file.path), map: [], dryRun: dryRun,
            reportPath: file.path + "-report.csv", rejectedPath: file.path + "-rejected.csv",
            send: { try await door.order($0, patience: .seconds(120)) }, progress: { _, _ in },
            note: { Issue.record("\($0)") })
        return try await work.run()
    }
}
