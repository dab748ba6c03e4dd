import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import Intake

@Suite("The registry on real servers")
struct RegistryInDatabaseTests {
    @Test("a fault word finds the order and the device, a serial number's end the device, a phone the customer")
    func search() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        var report = ReportRepair.full
        report.device?.serialNumber = "AC-2024-000917"
        let answer = try await client.ask(
            report, id: "r-1", source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
        let fault = try await client.ask(SearchRegistry(text: "漏油")).hits
        #expect(Set(fault.map(\.kind)) == [.workOrder, .device])
        let order = try #require(fault.first { $0.kind == .workOrder })
        #expect(order.id == answer.workOrderId)
        #expect(order.title == answer.workOrderNumber)
        let device = try #require(fault.first { $0.kind == .device })
        #expect(order.deviceId == device.id)
        #expect(try await client.ask(SearchRegistry(text: "0917")).hits.map(\.id) == [device.id])
        #expect(try await client.ask(SearchRegistry(text: "13800138000")).hits.map(\.match) == [.exact])
        let place = try await client.ask(SearchRegistry(text: "朝阳区", kinds: [.site])).hits
        #expect(place.map(\.detail) == ["110105"])
        #expect(try await client.ask(SearchRegistry(text: "漏油", kinds: [.customer])).hits == [])
        let history = try await client.ask(DeviceQuery(serialNumber: "ac-2024-000917"))
        #expect(history.device?.deviceId == device.id)
        #expect(history.orders.map(\.workOrderId) == [order.id])
        #expect(try await client.ask(RequestQuery(requestId: answer.requestId)).customerMatch?.rule == .created)
        await client.close()
        await service.stop()
    }

    @Test(
        "by a merged device's label, words or id the one that stands for it is found, with the orders and plans of both"
    )
    func mergedDevices() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        var devices: [UUID] = []
        var orders: [UUID] = []
        for number in 1...2 {
            var report = ReportRepair.full
            report.device?.serialNumber = "AC-2024-00091\(number)"
            let answer = try await client.ask(
                report, id: "r-\(number)", source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
            orders.append(try #require(answer.workOrderId))
            let known = try await client.ask(DeviceQuery(serialNumber: "AC-2024-00091\(number)"))
            devices.append(try #require(known.device?.deviceId))
        }
        var terms = MaintenancePlanTerms.monthly
        terms.devices = [PlannedDevice(serialNumber: "AC-2024-000912")]
        // Nothing of it is to come up while this runs.
        terms.schedule.firstDueOn = "2099-12-01"
        _ = try await client.ask(SetMaintenancePlan(planNumber: "MP-1", plan: terms))
        _ = try await client.ask(MergeDevices(deviceId: devices[1], intoDeviceId: devices[0]))
        for query in [
            DeviceQuery(serialNumber: "ac-2024-000912"), DeviceQuery(deviceId: devices[1]),
            DeviceQuery(deviceId: devices[0]),
        ] {
            let shown = try await client.ask(query)
            #expect(shown.device?.deviceId == devices[0] && shown.mergedDeviceIds == [devices[1]])
            #expect(Set(shown.orders.map(\.workOrderId)) == Set(orders))
        }
        let byLabel = try await client.ask(SearchRegistry(text: "0912")).hits
        #expect(byLabel.map(\.id) == [devices[0]] && byLabel.map(\.title) == ["AC-2024-000912"])
        let byWords = try await client.ask(SearchRegistry(text: "漏油", kinds: [.device])).hits
        #expect(byWords.map(\.id) == [devices[0]])
        #expect(try await client.ask(MaintenancePlansQuery(deviceId: devices[0])).plans.count == 1)
        #expect(try await client.ask(ExportRegistry(kind: .device)).devices.map(\.deviceId) == [devices[0]])
        _ = try await client.ask(UnmergeDevices(deviceId: devices[1]))
        let back = try await client.ask(DeviceQuery(serialNumber: "AC-2024-000912"))
        #expect(back.device?.deviceId == devices[1] && back.mergedDeviceIds == nil)
        #expect(back.orders.map(\.workOrderId) == [orders[1]])
        #expect(try await client.ask(SearchRegistry(text: "0912")).hits.map(\.id) == [devices[1]])
        #expect(try await client.ask(MaintenancePlansQuery(deviceId: devices[0])).plans.isEmpty)
        await client.close()
        await service.stop()
    }

    @Test(
        "pages follow one another without a gap or a repetition, exact matches first; misspelled names come when nothing else does"
    )
    func pages() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        let rows = (1...25).map { number in
            RegistryRow(
                line: number,
                customer: RegisterCustomer(
                    customerNumber: "S-\(number)", name: number == 25 ? "Schneider" : "Schneider \(number)"))
        }
        _ = try await client.ask(ImportRegistryRows(dryRun: false, rows: rows))
        var seen: [RegistryHit] = []
        var cursor: String?
        repeat {
            let page = try await client.ask(SearchRegistry(text: "schneider", limit: 10, cursor: cursor))
            #expect(page.hits.count <= 10)
            seen += page.hits
            cursor = page.cursor
        } while cursor != nil
        #expect(seen.count == 25)
        #expect(Set(seen.map(\.id)).count == 25)
        #expect(seen.first?.title == "Schneider")
        #expect(seen.map(\.match) == [.exact] + Array(repeating: .contained, count: 24))
        let similar = try await client.ask(SearchRegistry(text: "Schnieder", limit: 5))
        #expect(similar.hits.map(\.match) == Array(repeating: .similar, count: 5))
        for (text, cursor) in [("油", nil), ("schneider", "9.9"), ("schneider", "x")] {
            let problem = await #expect(throws: Problem.self) {
                try await client.ask(SearchRegistry(text: text, cursor: cursor))
            }
            #expect(problem?.errors.map(\.pointer) == [cursor == nil ? "/data/text" : "/data/cursor"])
        }
        await client.close()
        await service.stop()
    }

    @Test("the index answers: a search for a rare token reads no whole table")
    func plan() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        for first in stride(from: 0, to: 4_000, by: 200) {
            let rows = (first..<first + 200).map { number in
                RegistryRow(
                    line: number,
                    customer: RegisterCustomer(customerNumber: "C-\(100_000 + number * 7)", name: "某 \(number)"))
            }
            _ = try await client.ask(ImportRegistryRows(dryRun: false, rows: rows))
        }
        _ = try await service.pool.query("ANALYZE search_entry")
        // Other sessions tell what the import read up to ten seconds late; of some round all that was read was the searches' own.
        try await eventually("a round of searches reads no whole table") {
            let before = try await scans(service)
            // More often than a statement is planned for its values before it gets a plan for any.
            for _ in 0..<12 { #expect(try await client.ask(SearchRegistry(text: "0007")).hits.count == 1) }
            // The statistics come a moment after the queries.
            try await eventually("the index was read for each search") {
                try await scans(service).index >= before.index + 12
            }
            return try await scans(service).table == before.table
        }
        await client.close()
        await service.stop()
    }

    /// How often the search entries were read by their token index, and as a whole.
    private func scans(_ service: RunningService) async throws -> (index: Int, table: Int) {
        let rows = try await service.pool.query(
            """
            SELECT i.idx_scan, t.seq_scan FROM pg_stat_user_indexes AS i JOIN pg_stat_user_tables AS t USING (relid)
            WHERE i.indexrelname = 'search_entry_by_token'
            """)
        let row = try #require(rows.first)
        return (try row.get("idx_scan", as: Int.self), try row.get("seq_scan", as: Int.self))
    }

    @Test("what is exported and imported again is unchanged")
    func export() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        let site = ReportedSite(
            address: "北京市朝阳区 1", regionCode: "110105",
            location: Coordinates(latitude: 39.92, longitude: 116.44, crs: .gcj02))
        let customers = (1...5).map { number in
            RegistryRow(
                line: number,
                customer: RegisterCustomer(
                    customerNumber: number == 5 ? nil : "C-\(number)", name: "客户\(number)", kind: .company,
                    phone: "1380013800\(number)", site: site))
        }
        let devices = (1...4).map { number in
            RegistryRow(
                line: number,
                device: RegisterDevice(
                    serialNumber: "AC-\(number)", customerNumber: "C-\(number)", site: site, standing: .outOfService,
                    purchasedOn: "2024-06-18"))
        }
        _ = try await client.ask(ImportRegistryRows(dryRun: false, rows: customers + devices))
        var again: [RegistryRow] = []
        for kind in [RegistryKind.customer, .device] {
            var after: UUID?
            repeat {
                let page = try await client.ask(ExportRegistry(kind: kind, after: after, limit: 2))
                again += page.customers.map { RegistryRow(line: again.count, customer: $0) }
                again += page.devices.map { RegistryRow(line: again.count, device: $0) }
                after = page.next
            } while after != nil
        }
        #expect(again.count == 9)
        let verdicts = try await client.ask(ImportRegistryRows(dryRun: false, rows: again)).verdicts
        #expect(verdicts.map(\.outcome) == Array(repeating: .unchanged, count: 9))
        // What only helps to find things has no history of its own.
        let kept = try await service.pool.query("SELECT DISTINCT aggregate FROM history ORDER BY aggregate")
        #expect(try kept.map { try $0.get("aggregate", as: String.self) } == ["contact", "customer", "device", "site"])
        await client.close()
        await service.stop()
    }
}
