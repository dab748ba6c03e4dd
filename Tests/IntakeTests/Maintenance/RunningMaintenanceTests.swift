import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Maintenance plans on real servers", .serialized)
struct RunningMaintenanceTests {
    @Test("two copies, one of which dies, open each due date of each device once; weeks of standstill are caught up")
    func exactlyOnce() async throws {
        let time = ManualTime(IntakeBench.monday)
        let definition = try IntakeApp.definition(links: IntakeBench.links, clock: .manual(time))
        let site = try await TestSite.fresh(definition)
        let first = try await RunningService.start(definition, on: site, clock: .manual(time))
        let second = try await RunningService.start(definition, on: site, clock: .manual(time))
        let client = try first.client()
        try await register(devices: 12, client)
        for plan in 1...4 {
            var terms = Self.weekly(devices: 12)
            terms.catchUp = plan == 4 ? .all : .latest
            _ = try await client.ask(SetMaintenancePlan(planNumber: "PM-\(plan)", plan: terms))
        }
        // The first of December is eight days off, and a week is the lead.
        time.advance(by: .seconds(86_400))
        try await eventually("some are opened") { try await count("opened", site) > 0 }
        await first.stop()
        try await eventually(within: .seconds(60), "all are opened") { try await count("opened", site) == 48 }
        try await nothingIsDue(site, time)
        await second.stop()
        // To Monday the 25th of January: eight more came up, seven of them passed.
        time.advance(by: .seconds(62 * 86_400))
        let copies = [
            try await RunningService.start(definition, on: site, clock: .manual(time)),
            try await RunningService.start(definition, on: site, clock: .manual(time)),
        ]
        try await eventually(within: .seconds(60), "they are caught up") {
            // All eight of the fourth plan; of the others, the one that is not over yet.
            try await count("opened", site) == 48 + 12 * (3 + 8)
        }
        try await nothingIsDue(site, time)
        #expect(try await count("skipped", site) == 3 * 7 * 12)
        #expect(try await count("due", site) == 0)
        let totals = try await client.ask(IntakeTotalsQuery())
        #expect(totals.workOrders == 48 + 12 * 11)
        #expect(totals.requestsByStatus == ["converted": 48 + 12 * 11])
        #expect(totals.doubledRequests == 0)
        await client.close()
        for copy in copies { await copy.stop() }
    }

    @Test("the database holds it too: no second occurrence of a plan, due date and device, with a device or without")
    func constraint() async throws {
        let service = try await start(.real)
        let insert: (String) -> SQL = { device in
            """
            INSERT INTO maintenance_occurrence (id, version, state) VALUES (gen_random_uuid(), 1, jsonb_build_object(
                'planId', '6d656e64-6c6f-8f70-a969-000000000025', 'dueOn', '2026-12-01', 'status', 'due',
                'deviceId', nullif(\(device), '')))
            """
        }
        for device in ["", UUID().uuidString] {
            _ = try await service.pool.execute(insert(device))
            await #expect(throws: PostgresError.self) { try await service.pool.execute(insert(device)) }
        }
        await service.stop()
    }

    @Test("plans are listed by customer, contract and device, page by page, and shown with what comes and what was")
    func queries() async throws {
        let time = ManualTime(IntakeBench.monday)
        let service = try await start(.manual(time))
        let client = try service.client()
        let devices = try await register(devices: 3, client)
        let contract = UUID()
        _ = try await client.send(
            try client.message(
                ContractChanged(
                    contractId: contract, contractNumber: "K-1", contractType: .maintenance, status: .active,
                    customerNumber: "C-1", responseLevel: .nextDay, cover: .all, deviceSerials: ["AC-2"],
                    startsOn: time.now, endsOn: time.now + 366 * 86_400), story: nil))
        try await eventually("the contract is known") {
            try await !service.pool.query("SELECT 1 AS x FROM contract").isEmpty
        }
        for plan in 1...5 {
            _ = try await client.ask(SetMaintenancePlan(planNumber: "PM-\(plan)", plan: Self.weekly(devices: 1)))
        }
        var contracted = Self.weekly(devices: 0)
        contracted.contractId = contract
        _ = try await client.ask(SetMaintenancePlan(planNumber: "PM-6", plan: contracted))
        var seen: [String] = []
        var cursor: String?
        repeat {
            let page = try await client.ask(MaintenancePlansQuery(customerNumber: "C-1", limit: 4, cursor: cursor))
            seen += page.plans.map(\.planNumber)
            cursor = page.cursor
        } while cursor != nil
        #expect(seen == (1...6).map { "PM-\($0)" })
        func numbers(_ query: MaintenancePlansQuery) async throws -> [String] {
            try await client.ask(query).plans.map(\.planNumber)
        }
        #expect(try await numbers(MaintenancePlansQuery(contractNumber: "K-1")) == ["PM-6"])
        #expect(try await numbers(MaintenancePlansQuery(contractId: contract)) == ["PM-6"])
        #expect(try await numbers(MaintenancePlansQuery(deviceId: devices[0], status: .active)).count == 5)
        #expect(try await numbers(MaintenancePlansQuery(deviceId: devices[1])) == ["PM-6"])
        #expect(try await numbers(MaintenancePlansQuery(deviceId: devices[2])) == [])
        #expect(try await numbers(MaintenancePlansQuery(customerNumber: "C-2")) == [])
        #expect(try await numbers(MaintenancePlansQuery(status: .ended)) == [])
        for query in [
            MaintenancePlansQuery(limit: 0), MaintenancePlansQuery(status: MaintenancePlanStatus(rawValue: "x")),
        ] {
            await #expect(throws: Problem.self) { try await client.ask(query) }
        }
        time.advance(by: .seconds(86_400))
        try await eventually("the visits of the first week are opened") { try await count("opened", service.pool) == 6 }
        let shown = try await client.ask(MaintenancePlanQuery(planNumber: "PM-6"))
        #expect(shown.plan == contracted)
        #expect(shown.state?.contractNumber == "K-1")
        #expect(shown.occurrences.map(\.visitOn) == ["2026-12-01"])
        #expect(shown.occurrences.map(\.deviceId) == [devices[1]])
        #expect(shown.occurrences.allSatisfy { $0.workOrderNumber?.hasPrefix("WO-") == true })
        #expect(shown.coming.count == 12)
        #expect(shown.coming.first == PlannedVisitDay(dueOn: "2026-12-08", visitOn: "2026-12-08"))
        #expect(try await client.ask(MaintenancePlanQuery(planNumber: "PM-7")).found == false)
        await client.close()
        await service.stop()
    }

    /// Every Tuesday from 1 December on, a week ahead.
    private static func weekly(devices: Int) -> MaintenancePlanTerms {
        MaintenancePlanTerms(
            devices: (0..<devices).map { PlannedDevice(serialNumber: "AC-\($0 + 1)") }, serviceType: .inspection,
            subject: "点检", schedule: MaintenanceSchedule(every: 1, unit: .weeks, firstDueOn: "2026-12-01"), leadDays: 7)
    }

    @discardableResult
    private func register(devices: Int, _ client: TestClient) async throws -> [UUID] {
        let customer = RegistryRow(
            line: 1,
            customer: RegisterCustomer(
                customerNumber: "C-1", name: "王敏", phone: "13800138000", site: ReportedSite(regionCode: "110105")))
        let rows = (1...devices).map { number in
            RegistryRow(line: number + 1, device: RegisterDevice(serialNumber: "AC-\(number)", customerNumber: "C-1"))
        }
        let answer = try await client.ask(ImportRegistryRows(dryRun: false, rows: [customer] + rows))
        #expect(answer.verdicts.allSatisfy { $0.outcome == .created })
        var ids: [UUID] = []
        for number in 1...devices {
            if let device = try await client.ask(DeviceQuery(serialNumber: "AC-\(number)")).device {
                ids.append(device.deviceId)
            }
        }
        return ids
    }

    private func start(_ clock: DomainClock) async throws -> RunningService {
        try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links, clock: clock), clock: clock)
    }

    private func count(_ status: String, _ site: TestSite) async throws -> Int { try await count(status, site.pool) }

    private func count(_ status: String, _ pool: PostgresPool) async throws -> Int {
        let rows = try await pool.query(
            "SELECT count(*) AS n FROM maintenance_occurrence WHERE status = \(status)")
        return try #require(rows.first).get("n", as: Int.self)
    }

    private func nothingIsDue(_ site: TestSite, _ time: ManualTime) async throws {
        try await eventually("nothing is due any more") {
            try await site.pool.query(
                """
                SELECT 1 AS x FROM timer
                WHERE due_at <= \(time.now) AND kind IN ('maintenance-due', 'open-maintenance')
                """
            ).isEmpty
        }
    }
}
