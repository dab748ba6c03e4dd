import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Simulation
import Testing

@testable import MendloopCLI

/// The schemas of earlier releases with the data that their own programs wrote, brought to this one: Tests/JourneyTests/Releases.
@Suite("Upgrade", .slow)
struct UpgradeJourneyTests {
    private static let releases = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Releases")

    /// What no upgrade may change: how many there are of each, and what the ledger says.
    private static let facts = [
        "SELECT status, count(*) FROM intake.work_order GROUP BY 1 ORDER BY 1",
        "SELECT status, count(*) FROM intake.service_request GROUP BY 1 ORDER BY 1",
        "SELECT count(*) FROM intake.customer", "SELECT count(*) FROM intake.device",
        "SELECT status, count(*) FROM field_service.visit GROUP BY 1 ORDER BY 1",
        "SELECT count(*), sum(quantity) FROM inventory.stock_movement",
        "SELECT book, series, count(*), max(sequence), sum(total_debit), sum(total_credit) FROM billing.ledger_entry GROUP BY 1, 2",
        "SELECT status, count(*), sum(total), sum(paid) FROM billing.charge GROUP BY 1 ORDER BY 1",
        "SELECT status, count(*) FROM feedback.follow_up GROUP BY 1 ORDER BY 1",
        "SELECT count(*) FROM feedback.order_fact",
        "SELECT id, version FROM intake.work_order ORDER BY id",
    ]

    private func facts(_ stack: LocalStack) async throws -> [String] {
        var answers: [String] = []
        for fact in Self.facts { answers.append(try await stack.sql(fact)) }
        return answers
    }

    private func load(_ release: String, _ stack: LocalStack) async throws {
        for schema in BackupSite.schemas { try await stack.sql("DROP SCHEMA \(schema) CASCADE") }
        let sql = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(release)-\(UUID().uuidString).sql")
        defer { try? FileManager.default.removeItem(at: sql) }
        let unpack = "import lzma, shutil, sys; shutil.copyfileobj(lzma.open(sys.argv[1]), open(sys.argv[2], 'wb'))"
        let unpacked = try await OutsideProgram(
            program: URL(fileURLWithPath: "/usr/bin/python3"), environment: [:]
        ).run(["-c", unpack, Self.releases.appending(path: "\(release).sql.xz").path, sql.path])
        #expect(unpacked.status == 0)
        try await DatabaseAccess(url: try stack.addresses().adminDatabaseURL()).run(
            "psql", ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=\(sql.path)"])
    }

    @Test("keeps every fact, and works on", arguments: ["2026-11-28", "2026-11-29"])
    func upgrades(_ release: String) async throws {
        let stack = try LocalStack.temporary()
        try await stack.start()
        try await load(release, stack)
        let before = try await facts(stack)
        #expect(before.allSatisfy { !$0.isEmpty })
        let (clock, epoch) = SimulationConfiguration.morningClock(factor: 1_440)
        let services = try ServiceProcesses(
            stack: stack,
            environment: [
                "MENDLOOP_TIME_EPOCH": RFC3339.format(epoch), "MENDLOOP_TIME_SCALE": "1440",
                "MENDLOOP_LOG_LEVEL": "error", "MENDLOOP_DOOR_RATE": "0",
            ])
        try await services.migrate()
        try await services.migrateDoor()
        #expect(try await facts(stack) == before)
        // Whoever was heard to be forgotten is known to be.
        for schema in ["dispatch", "field_service", "billing", "feedback", "console"] {
            let missing = try await stack.sql(
                """
                SELECT count(*) FROM \(schema).erasure AS told WHERE NOT EXISTS (
                    SELECT FROM \(schema).heard_erasure AS heard WHERE heard.id = told.id AND heard.is_done = told.is_done)
                """)
            #expect(missing.hasPrefix("0"), "\(schema)")
        }

        let installation = Installation(stack: stack, services: services, clock: clock)
        try await services.start()
        try await services.startDoor()
        // What was open when the release ended is ended by this one.
        let open = try await stack.sql("SELECT id FROM intake.work_order WHERE status NOT IN ('closed', 'cancelled')")
            .split(separator: "\n").compactMap { UUID(uuidString: String($0)) }
        #expect(open.count == 3)
        let client = try TestClient(url: try stack.addresses().amqpURL())
        for order in open {
            _ = try await client.ask(CancelWorkOrder(workOrderId: order, reason: .customerRequest))
        }
        await client.close()
        let result = try await Simulation.run(try installation.configuration(count: 6, seed: 81))
        #expect(result.differences == [])
        #expect(result.isComplete, "unfinished: \(result.unfinished)")

        // A program of this release beside a schema of the next.
        try await services.stop(.billing)
        try await stack.sql(
            """
            INSERT INTO billing.schema_migration (series, version, name, checksum)
            SELECT series, version + 1, 'next', checksum FROM billing.schema_migration WHERE series = 'V' ORDER BY version DESC LIMIT 1
            """)
        let status = try await services.runToItsEnd(.billing, environment: [:], within: .seconds(30))
        #expect(status == 1)
        let words = try String(contentsOfFile: stack.path + "/log/billing-1.log", encoding: .utf8)
        let last = try #require(words.split(separator: "\n").last)
        let version = try await stack.sql("SELECT max(version) FROM billing.schema_migration WHERE series = 'V'")
            .trimmingCharacters(in: .newlines)
        #expect(last.contains("V000\(version)"), "\(last)")
        try await installation.stop()
    }
}
