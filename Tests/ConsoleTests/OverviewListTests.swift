import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Console

@Suite("What a customer has many of, on real servers")
struct OverviewListTests {
    private static let count = 203

    @Test("is named where there is more than is shown, and shown whole by pages, each thing once")
    func lists() async throws {
        let bench = try await UserBench.start()
        let client = bench.client
        let (customer, device) = (UUID(), UUID())
        var messages = [
            try client.message(CustomerChanged(customerId: customer, customerNumber: "C-1", kind: .company)),
            try client.message(SiteChanged(siteId: UUID(), customerId: customer, regionCode: "110105")),
        ]
        for number in 0..<Self.count {
            let id = number == 0 ? device : UUID()
            messages.append(
                try client.message(DeviceChanged(deviceId: id, customerId: customer, serialNumber: "AC-\(number)")))
            messages.append(
                try client.message(
                    ContractChanged(
                        contractId: UUID(), contractNumber: "K-\(number)", contractType: .maintenance, status: .active,
                        customerNumber: "C-1", responseLevel: .standard,
                        cover: Cover(labour: true, parts: false, travel: false),
                        startsOn: Date(timeIntervalSince1970: 1_800_000_000),
                        endsOn: Date(timeIntervalSince1970: 1_900_000_000))))
            // Several on one day.
            messages.append(
                try client.message(
                    PastServiceRecorded(
                        pastServiceId: UUID(), reference: "OLD-\(number)",
                        servicedOn: "2024-06-\(10 + number % 20)", customerId: customer, deviceId: device,
                        recordedAt: Date(timeIntervalSince1970: 1_800_000_000))))
        }
        #expect(try await client.publisher.publish(messages).allSatisfy { $0 == .confirmed })
        try await eventually("every event is taken in") {
            let rows = try await bench.site.pool.query("SELECT count(*) AS n FROM inbox")
            return try rows[0].get("n", as: Int.self) == messages.count
        }
        let whole = try await client.ask(CustomerOverviewQuery(customerId: customer))
        #expect(whole.more == [.devices, .contracts, .pastServices] && whole.sites.count == 1)
        #expect(whole.devices.count == 200 && whole.contracts.count == 200 && whole.pastServices?.count == 200)
        #expect(try await pages(customer, .sites, client) { $0.sites.map(\.siteId) }.count == 1)
        #expect(Set(try await pages(customer, .devices, client) { $0.devices.map(\.deviceId) }).count == Self.count)
        #expect(
            Set(try await pages(customer, .contracts, client) { $0.contracts.map(\.contractId) }).count == Self.count)
        let past = try await pages(customer, .pastServices, client) { ($0.pastServices ?? []).map(\.pastServiceId) }
        #expect(
            Set(past).count == Self.count
                && past.prefix(200).elementsEqual((whole.pastServices ?? []).map(\.pastServiceId)))

        let history = try await client.ask(DeviceHistoryQuery(deviceId: device))
        #expect(history.more == [.pastServices] && history.pastServices?.count == 200)
        var older: [UUID] = []
        var cursor: String?
        repeat {
            let page = try await client.ask(
                DeviceHistoryQuery(deviceId: device, limit: 150, cursor: cursor, list: .pastServices))
            older += (page.pastServices ?? []).map(\.pastServiceId)
            cursor = page.cursor
        } while cursor != nil
        #expect(older == past)
        for (query, pointer) in [
            (CustomerOverviewQuery(customerId: customer, list: OverviewList(rawValue: "x")), "/data/list"),
            (CustomerOverviewQuery(customerId: customer, cursor: "x", list: .devices), "/data/cursor"),
            (CustomerOverviewQuery(customerId: customer, limit: 201, list: .devices), "/data/limit"),
        ] {
            let problem = await #expect(throws: Problem.self) { try await client.ask(query) }
            #expect(problem?.errors.map(\.pointer) == [pointer])
        }
        await bench.stop()
    }

    /// All pages of a list; each page is of that list alone.
    private func pages(
        _ customer: UUID, _ list: OverviewList, _ client: TestClient, _ ids: (CustomerOverview) -> [UUID]
    ) async throws -> [UUID] {
        var all: [UUID] = []
        var cursor: String?
        repeat {
            let page = try await client.ask(
                CustomerOverviewQuery(customerId: customer, limit: 90, cursor: cursor, list: list))
            #expect(ids(page).count <= 90 && page.workOrders.isEmpty && page.totals == nil)
            all += ids(page)
            cursor = page.cursor
        } while cursor != nil
        return all
    }
}
