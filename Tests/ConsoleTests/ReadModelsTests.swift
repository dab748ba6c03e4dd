import AMQP
import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Synchronization
import Testing

@testable import Console

@Suite("Read models, on real servers", .serialized)
struct ReadModelsTests {
    /// What the services would say again.
    private final class Past: Sendable {
        private let told = Mutex<[ServiceName: [RepublishedEvent]]>([:])

        func set(_ events: [ServiceName: [RepublishedEvent]]) { told.withLock { $0 = events } }

        /// Three at a time, so that there are pages.
        func page(_ service: ServiceName, _ query: RepublishQuery) -> Republished {
            let rest = told.withLock { $0[service] ?? [] }.filter { $0.position > query.from }
            return Republished(events: Array(rest.prefix(3)), next: rest.count > 3 ? rest[2].position : nil)
        }
    }

    private func start(_ past: Past = Past()) async throws -> (RunningService, TestClient) {
        let service = try await RunningService.start(try ReadModelsApp.definition { past.page($0, $1) })
        return (service, try service.client())
    }

    private func message(_ told: OneLife.Told, _ life: OneLife, _ client: TestClient) throws -> OutgoingMessage {
        func open<E: Event>(_ event: E) throws -> OutgoingMessage {
            var message = try client.message(event, id: told.id, story: life.order, sequence: told.sequence)
            if E.lastWord != nil { message.routingKey += ".some" }
            return message
        }
        return try open(told.event)
    }

    /// All that is stored, versions apart: they count how often something changed.
    private func stored(_ service: RunningService) async throws -> [String] {
        var all: [String] = []
        for table in [
            "contact_view", "contract_view", "customer_view", "device_view", "engineer_view", "order_view", "site_view",
        ] {
            let rows = try await service.pool.query(
                "SELECT id || ' ' || state::text AS row FROM \(unsafe: table) ORDER BY id")
            all += try rows.map { "\(table) \(try $0.get("row", as: String.self))" }
        }
        let lines = try await service.pool.query(
            "SELECT message_id || ' ' || source || ' ' || line AS row FROM story_line ORDER BY message_id")
        return all + (try lines.map { try $0.get("row") })
    }

    @Test("shuffled and doubled, a life's events make the answers; emptied and read again, the same ones")
    func wholeLife() async throws {
        let past = Past()
        let (service, client) = try await start(past)
        let life = OneLife()
        var chance = SeededChance(seed: 11)
        let come = (life.told + life.told.prefix(20)).shuffled(using: &chance)
        let messages = try come.map { try message($0, life, client) }
        #expect(try await client.publisher.publish(messages).allSatisfy { $0 == .confirmed })
        try await eventually("every event is taken in") {
            let rows = try await service.pool.query("SELECT count(*) AS n FROM inbox")
            return try rows[0].get("n", as: Int.self) == life.told.count
        }
        try await check(life, client)

        let before = try await stored(service)
        past.set(
            Dictionary(grouping: life.told) { type(of: $0.event).service }.mapValues { told in
                told.enumerated().compactMap { index, told in republished(told, at: index + 1, life, client) }
            })
        #expect(try await client.ask(RebuildReadModels()).status == "reading")
        try await eventually("the past is read") {
            let models = try await client.ask(ReadModelsQuery())
            return models.isWhole && models.sources.contains { $0.position > 3 }
        }
        #expect(try await stored(service) == before)
        try await check(life, client)
        await service.stop()
        await client.close()
    }

    private func republished(
        _ told: OneLife.Told, at position: Int, _ life: OneLife, _ client: TestClient
    ) -> RepublishedEvent? {
        guard let message = try? message(told, life, client),
            let event = try? WireJSON.decoder().decode(JSONValue.self, from: Data(message.body))
        else { return nil }
        return RepublishedEvent(position: position, routingKey: message.routingKey, event: event)
    }

    private func check(_ life: OneLife, _ client: TestClient) async throws {
        let overview = try await client.ask(CustomerOverviewQuery(customerNumber: "C-1"))
        #expect(overview.found && overview.customer?.tier == .vip)
        #expect(overview.contacts.map(\.name) == ["王敏"] && overview.sites.count == 1 && overview.devices.count == 1)
        #expect(overview.workOrders.map(\.workOrderNumber) == ["WO-1"])
        #expect(overview.workOrders.first?.visits.first?.engineerName == "李强")
        let totals = try #require(overview.totals)
        #expect(totals.workOrders == 1 && totals.openWorkOrders == 1 && totals.visits == 1 && totals.devices == 1)
        #expect(totals.charged == [Money(12_500, "CNY")] && totals.balance == [Money(0, "CNY")])
        #expect(totals.surveys == 1 && totals.satisfactionHundredths == 400)
        #expect(totals.firstReceivedAt == life.at(0))

        let log = try await client.ask(InteractionsQuery(workOrderNumber: "WO-1"))
        #expect(
            log.interactions.map(\.kind) == [
                "follow-up-completed", "survey-answered", "completion-confirmed", "quote-accepted",
                "notification-changed", "notification-changed", "assignment-booked", "assignment-booked",
                "work-order-opened",
            ])
        #expect(log.interactions.last?.text == "空调漏油" && log.interactions.last?.channel == "wechat")
        #expect(overview.lastInteractions == log.interactions && log.cursor == nil)
        #expect(try await client.ask(InteractionsQuery(customerId: life.customer)) == log)

        let history = try await client.ask(DeviceHistoryQuery(serialNumber: "AC-1", limit: 200))
        #expect(history.device?.deviceId == life.device && history.workOrders == 1)
        #expect(history.lines.map(\.at) == history.lines.map(\.at).sorted())
        #expect(history.lines.first?.kind == "work-order-opened" && history.lines.count > 20)
        var paged: [StoryLine] = []
        var cursor: String?
        repeat {
            let page = try await client.ask(DeviceHistoryQuery(deviceId: life.device, limit: 7, cursor: cursor))
            #expect(page.lines.count <= 7)
            paged += page.lines
            cursor = page.cursor
        } while cursor != nil
        #expect(paged == history.lines)
    }

    @Test("customers who were merged are one, whichever of them is asked for, until they are parted")
    func merged() async throws {
        let (service, client) = try await start()
        let (survivor, gone) = (OneLife(), OneLife())
        let others = gone.told.filter { !($0.event is CustomerChanged) }
        let messages =
            try survivor.told.map { try message($0, survivor, client) }
            + others.map { try message($0, gone, client) } + [
                client.message(
                    CustomerChanged(
                        customerId: gone.customer, customerNumber: "C-2", mergedInto: survivor.customer), sequence: 4)
            ]
        #expect(try await client.publisher.publish(messages).allSatisfy { $0 == .confirmed })
        let one = try await eventually("both are known") {
            let overview = try await client.ask(CustomerOverviewQuery(customerNumber: "C-2"))
            return overview.totals?.workOrders == 2 && overview.devices.count == 2 ? overview : nil
        }
        #expect(one.customer?.customerId == survivor.customer && one.mergedCustomerIds == [gone.customer])
        #expect(try await client.ask(CustomerOverviewQuery(customerId: survivor.customer)).workOrders.count == 2)
        _ = try await client.send(
            try client.message(
                CustomerChanged(customerId: gone.customer, customerNumber: "C-2"), sequence: 5))
        try await eventually("they are two again") {
            try await client.ask(CustomerOverviewQuery(customerNumber: "C-2")).totals?.workOrders == 1
        }
        await service.stop()
        await client.close()
    }

    @Test("a device that was merged is shown by the one that stands for it, with both histories, until it is unmerged")
    func mergedDevices() async throws {
        let (service, client) = try await start()
        let (survivor, gone) = (OneLife(), OneLife())
        let merged = DeviceChanged(
            deviceId: gone.device, customerId: survivor.customer, serialNumber: "AC-2", mergedInto: survivor.device)
        let standing = DeviceChanged(
            deviceId: survivor.device, customerId: survivor.customer, serialNumber: "AC-1",
            mergedDeviceIds: [gone.device])
        let messages =
            try survivor.told.map { try message($0, survivor, client) }
            + gone.told.map { try message($0, gone, client) }
            + [client.message(merged, sequence: 9), client.message(standing, sequence: 9)]
        #expect(try await client.publisher.publish(messages).allSatisfy { $0 == .confirmed })
        let history = try await eventually("both histories are one") {
            let history = try await client.ask(DeviceHistoryQuery(serialNumber: "AC-2", limit: 200))
            return history.workOrders == 2 && history.mergedDeviceIds == [gone.device] ? history : nil
        }
        #expect(history.device?.deviceId == survivor.device)
        #expect(Set(history.lines.compactMap(\.workOrderId)) == [survivor.order, gone.order])
        let overview = try await client.ask(CustomerOverviewQuery(customerId: survivor.customer))
        #expect(overview.devices.map(\.deviceId) == [survivor.device] && overview.totals?.devices == 1)
        // Told of one of the two, it is separate already.
        var separate = merged
        separate.mergedInto = nil
        _ = try await client.send(try client.message(separate, sequence: 10))
        try await eventually("it has its own history again") {
            let history = try await client.ask(DeviceHistoryQuery(deviceId: gone.device, limit: 200))
            return history.workOrders == 1 && history.device?.deviceId == gone.device
        }
        let rest = try await client.ask(DeviceHistoryQuery(deviceId: survivor.device, limit: 200))
        #expect(rest.workOrders == 1 && rest.mergedDeviceIds == nil)
        await service.stop()
        await client.close()
    }

    @Test("what was done before is shown with the device and the customer, its newest word, and is no order")
    func pastServices() async throws {
        let (service, client) = try await start()
        let life = OneLife()
        let past = PastServiceRecorded(
            pastServiceId: UUID(), reference: "OLD-1", servicedOn: "2024-06-18", customerId: life.customer,
            deviceId: life.device, problem: "漏油", recordedAt: life.at(0))
        var corrected = past
        corrected.workDone = "更换密封圈"
        let messages =
            try life.told.map { try message($0, life, client) }
            + [client.message(corrected, sequence: 2), client.message(past, sequence: 1)]
        #expect(try await client.publisher.publish(messages).allSatisfy { $0 == .confirmed })
        let overview = try await eventually("all is told") {
            let overview = try await client.ask(CustomerOverviewQuery(customerId: life.customer))
            let isTold = overview.pastServices?.first?.workDone != nil && overview.totals?.workOrders == 1
            return isTold ? overview : nil
        }
        #expect(overview.pastServices == [corrected] && overview.workOrders.map(\.workOrderId) == [life.order])
        let history = try await client.ask(DeviceHistoryQuery(deviceId: life.device))
        #expect(history.pastServices == [corrected] && history.workOrders == 1)
        await service.stop()
        await client.close()
    }

    @Test("what is asked for wrongly is said, and a stranger is not found")
    func wrongly() async throws {
        let (service, client) = try await start()
        #expect(try await client.ask(CustomerOverviewQuery(customerId: UUID())).found == false)
        #expect(try await client.ask(DeviceHistoryQuery(serialNumber: "none")).found == false)
        #expect(try await client.ask(InteractionsQuery(workOrderNumber: "WO-none")).found == false)
        func pointer<Q: Query>(_ query: Q) async throws -> [String] {
            do {
                _ = try await client.ask(query)
                return []
            } catch let problem as Problem {
                return problem.errors.map(\.pointer)
            }
        }
        #expect(try await pointer(CustomerOverviewQuery()) == ["/data/customerId"])
        #expect(try await pointer(CustomerOverviewQuery(customerNumber: "C", limit: 101)) == ["/data/limit"])
        #expect(try await pointer(DeviceHistoryQuery(serialNumber: "S", cursor: "yesterday")) == ["/data/cursor"])
        #expect(try await pointer(InteractionsQuery()) == ["/data/workOrderId"])
        #expect(try await pointer(InteractionsQuery(workOrderNumber: "W\0")) == ["/data/workOrderNumber"])
        #expect(try await pointer(CustomerOverviewQuery(customerNumber: "\0")) == ["/data/customerNumber"])
        #expect(try await pointer(DeviceHistoryQuery(serialNumber: "\0")) == ["/data/serialNumber"])
        await service.stop()
        await client.close()
    }
}
