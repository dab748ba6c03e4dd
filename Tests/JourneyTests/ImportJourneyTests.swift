import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Tables
import Testing

@testable import Billing
@testable import Intake
@testable import MendloopCLI

@Suite("Importing files", .slow)
struct ImportJourneyTests {
    private static let count = TestTier.current == .soak ? 100_000 : 1_000

    @Test("the report names every planted fault and nothing else; the same files again change nothing")
    func planted() async throws {
        let installation = try await Installation.start(scale: 2)
        let tool = try CommandLineTool(folder: installation.stack.path)
        let customers = try PlantedFile.customers(Self.count)
        let devices = try PlantedFile.devices(Self.count * 2, customers: Self.count)
        for round in 0..<2 {
            for (kind, file) in [("customers", customers), ("devices", devices)] {
                let summary = try await taken(kind, file, by: tool)
                #expect(try file.reported() == file.planted)
                #expect(summary.rows == file.rows)
                #expect(summary.notTaken == Set(file.planted.map(\.line)).count)
                #expect(summary.created == (round == 0 ? file.rows - summary.notTaken : 0))
                #expect(summary.updated == 0)
                #expect(summary.unchanged == (round == 0 ? 0 : file.rows - summary.notTaken))
            }
        }
        try mended(customers)
        #expect(try await taken("customers", customers, by: tool).notTaken == 0)
        try await installation.stop()
        customers.remove()
        devices.remove()
    }

    @Test("a dry run writes nothing, and says what the import then does; GB18030 with Chinese headings is read")
    func chinese() async throws {
        let service = try await RunningService.start(
            try IntakeApp.definition(
                links: CustomerLinks(signer: LinkSigner(secret: String(repeating: "s", count: 32)))))
        let door = try await BrokerDoor.open(service.settings.amqpURL)
        // 客户编号,客户名称,电话 / C-1,王敏,13800138000 / C-2,李,12
        let file = try PlantedFile(
            bytes: [
                0xbf, 0xcd, 0xbb, 0xa7, 0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xbf, 0xcd, 0xbb, 0xa7, 0xc3, 0xfb, 0xb3, 0xc6,
                0x2c,
                0xb5, 0xe7, 0xbb, 0xb0, 0x0d, 0x0a, 0x43, 0x2d, 0x31, 0x2c, 0xcd, 0xf5, 0xc3, 0xf4, 0x2c, 0x31, 0x33,
                0x38,
                0x30, 0x30, 0x31, 0x33, 0x38, 0x30, 0x30, 0x30, 0x0d, 0x0a, 0x43, 0x2d, 0x32, 0x2c, 0xc0, 0xee, 0x2c,
                0x31,
                0x32, 0x0d, 0x0a,
            ], planted: [.init(line: 3, column: "电话", code: "not-a-phone")])
        let tried = try await take(RegisterCustomer.self, file, door, dryRun: true)
        #expect(try await door.ask(ExportRegistry(kind: .customer)).customers == [])
        var done = try await take(RegisterCustomer.self, file, door)
        done.dryRun = true
        #expect(done == tried)
        #expect(try file.reported() == file.planted)
        #expect(try await door.ask(ExportRegistry(kind: .customer)).customers.map(\.name) == ["王敏"])
        await door.close()
        await service.stop()
        file.remove()
    }

    @Test("contracts are taken from a file, and the same file again changes nothing; wrong cells are named")
    func contracts() async throws {
        let service = try await RunningService.start(
            try BillingApp.definition(
                policy: BillingPolicy(),
                door: CustomerDoor(links: LinkSigner(secret: String(repeating: "s", count: 32))), clock: .real))
        let door = try await BrokerDoor.open(service.settings.amqpURL)
        let text = """
            合同编号,合同类型,客户编号,响应级别,人工,备件,上门,设备序列号,开始日期,结束日期,金额,维保次数
            K-1,维保,C-1,次日,是,否,是,AC-1；AC-2,2026-1-1,2026/12/31,"9,800.50",4
            K-2,点检,C-2,,,,,,20260101,2026-12-31,,
            K-3,维保,C-3,次日,有时,否,是,,2026-01-01,2026-12-31,x,
            K-4,维保,,次日,是,否,是,,2026-01-01,2026-02-30,1,
            K-5,维保,C-5,次日,是,否,是,,2026-01-02,2026-01-01,1,
            K-6,维保,C-6,飞快,是,否,是,,2026-01-01,2026-12-31,1,0
            K-1,维保,C-1,次日,是,否,是,,2026-01-01,2026-12-31,1,
            """
        let file = try PlantedFile(
            bytes: Array(text.utf8),
            planted: [
                .init(line: 4, column: "人工", code: "unreadable"), .init(line: 4, column: "金额", code: "unreadable"),
                .init(line: 5, column: "客户编号", code: "required"), .init(line: 5, column: "结束日期", code: "unreadable"),
                .init(line: 6, column: "结束日期", code: "out-of-range"),
                .init(line: 7, column: "响应级别", code: "unknown-value"),
                .init(line: 7, column: "维保次数", code: "out-of-range"),
                .init(line: 8, column: "", code: "duplicate-in-file"),
            ])
        let tried = try await take(ContractSheet.self, file, door, dryRun: true)
        #expect(try await service.pool.query("SELECT id FROM contract").isEmpty)
        for round in 0..<2 {
            var summary = try await take(ContractSheet.self, file, door)
            #expect(summary.created == (round == 0 ? 2 : 0))
            #expect(summary.unchanged == (round == 0 ? 0 : 2))
            #expect(summary.notTaken == 5)
            #expect(try file.reported() == file.planted)
            summary.dryRun = true
            if round == 0 { #expect(summary == tried) }
        }
        let rows = try await service.pool.query("SELECT state FROM contract WHERE contract_number = 'K-1'")
        let contract = try #require(rows.first).get("state", as: JSONB.self).decode(
            Contract.self, decoder: WireJSON.decoder())
        #expect(contract.deviceSerials == ["AC-1", "AC-2"])
        #expect(contract.cover == Cover(labour: true, parts: false, travel: true))
        #expect(contract.startsOn == RFC3339.parse("2025-12-31T16:00:00Z"))
        // The last day belongs to it.
        #expect(contract.endsOn == RFC3339.parse("2026-12-31T16:00:00Z"))
        #expect(contract.price == Money(980_050, "CNY"))
        #expect(contract.visitQuota == 4)
        // They come out as they went in.
        let first = try await door.ask(ExportContracts(limit: 1))
        let second = try await door.ask(ExportContracts(after: first.next, limit: 1))
        let sheets = (first.contracts + second.contracts).map(ContractSheet.init)
        #expect(
            try await door.ask(ExportContracts(after: second.next, limit: 1)) == ExportContractsAnswer(contracts: []))
        let columns = ContractSheet.columns
        let lines = sheets.map { sheet in CSVWriter.line(columns.map { $0.write(sheet) ?? "" }) }
        let exported = try PlantedFile(
            bytes: Array((CSVWriter.line(columns.map(\.name)) + lines.joined()).utf8), planted: [])
        let again = try await take(ContractSheet.self, exported, door)
        #expect(again.unchanged == 2 && again.rows == 2)
        exported.remove()
        await door.close()
        await service.stop()
        file.remove()
    }

    /// Imports a file as a person does who keeps both of its answers beside it.
    private func taken(_ kind: String, _ file: PlantedFile, by tool: CommandLineTool) async throws -> ImportSummary {
        let (_, output) = try await tool.run([
            "import", kind, file.path, "--report", file.path + "-report.csv", "--rejected",
            file.path + "-rejected.csv", "--output", "json",
        ])
        return try WireJSON.decoder().decode(ImportSummary.self, from: Data(output.utf8))
    }

    private func take<Row: ImportableRow>(
        _ type: Row.Type, _ file: PlantedFile, _ door: BrokerDoor, dryRun: Bool = false
    ) async throws -> ImportSummary {
        let work = RegistryImport<Row>(
            path: file.path, encoding: try TextEncoding.of(file: file.path), map: [], dryRun: dryRun,
            reportPath: file.path + "-report.csv", rejectedPath: file.path + "-rejected.csv",
            send: { try await door.order($0, patience: .seconds(120)) }, progress: { _, _ in },
            note: { Issue.record("\($0)") })
        return try await work.run()
    }

    /// Mends every rejected row as a person would, and puts them in the file's place.
    private func mended(_ file: PlantedFile) throws {
        let rows = try CSVParser.rows(try String(contentsOfFile: file.path + "-rejected.csv", encoding: .utf8))
        let text = rows.enumerated().map { index, row in
            index == 0
                ? CSVWriter.line(row.fields)
                : CSVWriter.line([
                    "M-\(index)", "mended \(index)", "company", "+49 30 \(7_000_000 + index)", "", "Berlin", "",
                ])
        }
        try Data(text.joined().utf8).write(to: URL(fileURLWithPath: file.path))
    }
}
