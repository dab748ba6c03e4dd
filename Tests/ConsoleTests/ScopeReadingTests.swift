import AMQP
import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import Console

@Suite("Scopes by the read models, on real servers", .serialized)
struct ScopeReadingTests {
    private let life = OneLife()
    private let site = UUID()

    /// One life at a site in 110105, with an offer that somebody declined.
    private func tell(_ client: TestClient, _ decliner: UUID, _ declined: UUID) throws -> [OutgoingMessage] {
        func message<E: Event>(_ event: E, _ sequence: Int) throws -> OutgoingMessage {
            var message = try client.message(event, story: life.order, sequence: sequence)
            if E.lastWord != nil { message.routingKey += ".some" }
            return message
        }
        var messages: [OutgoingMessage] = []
        for told in life.told {
            var event = told.event
            if var opened = event as? WorkOrderOpened {
                opened.siteId = site
                event = opened
            }
            if var device = event as? DeviceChanged {
                device.siteId = site
                device.code = "D-1"
                event = device
            }
            messages.append(try message(event, told.sequence))
        }
        messages.append(try message(SiteChanged(siteId: site, customerId: life.customer, regionCode: "110105"), 1))
        messages.append(
            try message(
                AssignmentDeclined(
                    assignmentId: declined, workOrderId: life.order, workOrderNumber: "WO-1", engineerId: decliner,
                    round: 1, reason: .busy,
                    declinedAt: life.at(5)), 90))
        return messages
    }

    @Test("customers, engineers and regions see their own, and nothing of others'")
    func within() async throws {
        let bench = try await UserBench.start()
        let (decliner, declined) = (UUID(), UUID())
        let messages = try tell(bench.client, decliner, declined)
        #expect(try await bench.client.publisher.publish(messages).allSatisfy { $0 == .confirmed })
        try await eventually("every event is taken in") {
            let rows = try await bench.site.pool.query("SELECT count(*) AS n FROM inbox")
            return try rows[0].get("n", as: Int.self) == messages.count
        }
        let nowhere = try AMQPConfiguration(url: "amqp://guest:guest@127.0.0.1:1/none", connectionName: "test")
        let requester = AMQPRequester(nowhere)
        let book = ScopeBook(ServiceDesk(requester: requester, readModels: ReadModels(pool: bench.site.pool)))
        let own: Set<Subject> = [
            .order(life.order), .orderNumber("WO-1"), .visit(life.visit), .customer(life.customer),
            .customerNumber("C-1"), .device(life.device), .deviceCode("D-1"), .serialNumber("AC-1"), .site(site),
        ]
        let others: Set<Subject> = [
            .order(UUID()), .orderNumber("WO-2"), .orderNumber("\0"), .visit(UUID()), .customer(UUID()),
            .device(UUID()), .engineer(UUID()), .serialNumber("\0"),
        ]
        for reach in [
            Reach(customer: life.customer), Reach(engineer: life.engineer), Reach(regions: ["31", "1101"]),
            Reach(regions: ["110105"]),
        ] {
            #expect(try await book.within(own.union(others), reach) == own, "\(reach)")
        }
        for reach in [
            Reach(customer: UUID()), Reach(engineer: UUID()), Reach(engineer: decliner), Reach(regions: ["1102"]),
            Reach(),
        ] {
            #expect(try await book.within(own, reach) == [], "\(reach)")
        }
        let engineers: Set<Subject> = [.engineer(life.engineer), .engineer(UUID())]
        #expect(try await book.within(engineers, Reach(engineer: life.engineer)) == [.engineer(life.engineer)])
        #expect(try await book.within(engineers, Reach(regions: ["1101"])) == [.engineer(life.engineer)])
        await requester.close()
        await bench.stop()
    }

    @Test("a device is its engineer's and its region's by the orders and sites of every record of it")
    func mergedDevice() async throws {
        let bench = try await UserBench.start()
        let (survivor, middle) = (UUID(), UUID())
        var merged = DeviceChanged(
            deviceId: life.device, customerId: life.customer, siteId: site, serialNumber: "AC-1", code: "D-1")
        merged.mergedInto = middle
        var between = DeviceChanged(deviceId: middle, customerId: life.customer)
        (between.mergedInto, between.mergedDeviceIds) = (survivor, [life.device])
        var whole = DeviceChanged(deviceId: survivor, customerId: life.customer, serialNumber: "AC-9")
        whole.mergedDeviceIds = [middle]
        let messages =
            try tell(bench.client, UUID(), UUID())
            + [(merged, 99), (between, 99), (whole, 99)].map {
                try bench.client.message($0, story: life.order, sequence: $1)
            }
        #expect(try await bench.client.publisher.publish(messages).allSatisfy { $0 == .confirmed })
        try await eventually("every event is taken in") {
            let rows = try await bench.site.pool.query("SELECT count(*) AS n FROM inbox")
            return try rows[0].get("n", as: Int.self) == messages.count
        }
        let nowhere = try AMQPConfiguration(url: "amqp://guest:guest@127.0.0.1:1/none", connectionName: "test")
        let requester = AMQPRequester(nowhere)
        let book = ScopeBook(ServiceDesk(requester: requester, readModels: ReadModels(pool: bench.site.pool)))
        let device: Set<Subject> = [.device(survivor), .serialNumber("AC-9")]
        for reach in [Reach(engineer: life.engineer), Reach(regions: ["1101"]), Reach(customer: life.customer)] {
            #expect(try await book.within(device, reach) == device, "\(reach)")
        }
        for reach in [Reach(engineer: UUID()), Reach(regions: ["31"]), Reach(customer: UUID())] {
            #expect(try await book.within(device, reach) == [], "\(reach)")
        }
        await requester.close()
        await bench.stop()
    }

    @Test("who signs in for a customer sees that customer and no other, and acts for his own orders without a link")
    func customers() async throws {
        let bench = try await UserBench.start()
        let messages = try tell(bench.client, UUID(), UUID())
        #expect(try await bench.client.publisher.publish(messages).allSatisfy { $0 == .confirmed })
        try await eventually("every event is taken in") {
            let rows = try await bench.site.pool.query("SELECT count(*) AS n FROM inbox")
            return try rows[0].get("n", as: Int.self) == messages.count
        }
        try await bench.withDoor { send in
            func status(_ customer: UUID, _ path: String, _ name: String, _ value: String) async throws -> Int {
                var request = bench.door.request(
                    .GET, path, headers: try bench.door.bearer(["customer"], subject: customer.text))
                request.query = [.init(name: name, value: value)]
                return try await send(request).status
            }
            let path = "/v1/console/customer-360"
            #expect(try await status(life.customer, path, "customerNumber", "C-1") == 200)
            #expect(try await status(UUID(), path, "customerNumber", "C-1") == 404)
            #expect(try await status(life.customer, path, "customerId", UUID().text) == 404)
            #expect(try await status(life.customer, "/v1/console/interactions", "workOrderNumber", "WO-1") == 200)
            #expect(try await status(UUID(), "/v1/console/interactions", "workOrderNumber", "WO-1") == 404)
            #expect(try await status(life.customer, "/v1/billing/settlement", "workOrderId", life.order.text) == 403)
            let cancel = try bench.post(
                "/v1/customer/cancel", CancelWorkOrder(workOrderId: life.order, reason: .customerRequest),
                headers: bench.door.bearer(["customer"], subject: UUID().text))
            #expect(try await send(cancel).status == 404)
        }
        await bench.stop()
    }

    @Test("a customer sees what was merged into him; who was merged into another sees his own and none of that one's")
    func merged() async throws {
        let bench = try await UserBench.start()
        let survivor = UUID()
        let news: [(CustomerChanged, Int)] = [
            (CustomerChanged(customerId: survivor, customerNumber: "C-9", kind: .company), 1),
            (CustomerChanged(customerId: life.customer, customerNumber: "C-1", mergedInto: survivor), 9),
        ]
        let messages =
            try tell(bench.client, UUID(), UUID())
            + news.map { try bench.client.message($0.0, story: life.order, sequence: $0.1) }
        #expect(try await bench.client.publisher.publish(messages).allSatisfy { $0 == .confirmed })
        try await eventually("every event is taken in") {
            let rows = try await bench.site.pool.query("SELECT count(*) AS n FROM inbox")
            return try rows[0].get("n", as: Int.self) == messages.count
        }
        try await bench.withDoor { send in
            func get(_ customer: UUID, _ path: String, _ name: String, _ value: String) async throws -> DoorBench.Reply
            {
                var request = bench.door.request(
                    .GET, "/v1/console/" + path, headers: try bench.door.bearer(["customer"], subject: customer.text))
                request.query = [.init(name: name, value: value)]
                return try await send(request)
            }
            let whole: CustomerOverview = try await get(survivor, "customer-360", "customerId", survivor.text).read()
            #expect(whole.customer?.customerId == survivor && whole.mergedCustomerIds == [life.customer])
            #expect(whole.workOrders.map(\.workOrderNumber) == ["WO-1"])
            #expect(try await get(survivor, "interactions", "workOrderNumber", "WO-1").status == 200)
            let own: CustomerOverview = try await get(life.customer, "customer-360", "customerId", life.customer.text)
                .read()
            #expect(own.customer?.customerId == life.customer && own.mergedCustomerIds == [])
            #expect(try await get(life.customer, "interactions", "customerId", life.customer.text).status == 200)
            #expect(try await get(life.customer, "customer-360", "customerId", survivor.text).status == 404)
        }
        await bench.stop()
    }
}
