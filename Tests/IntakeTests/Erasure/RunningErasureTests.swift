import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Erasing customers on real servers")
struct RunningErasureTests {
    private struct Run {
        let service: RunningService
        let client: TestClient

        static func start() async throws -> Run {
            let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
            return Run(service: service, client: try service.client())
        }

        func report(_ id: String, _ change: (inout ReportRepair) -> Void = { _ in }) async throws -> ReportAccepted {
            var report = ReportRepair.full
            change(&report)
            return try await client.ask(
                report, id: id, source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
        }

        func customer(of reported: ReportAccepted) async throws -> UUID {
            let id = reported.requestId
            let rows = try await service.pool.query("SELECT customer_id FROM service_request WHERE id = \(id)")
            return try #require(rows.first).get("customer_id")
        }

        func close(_ reported: ReportAccepted) async throws {
            _ = try await client.ask(
                CancelWorkOrder(workOrderId: try #require(reported.workOrderId), reason: .customerRequest))
        }

        func erase(_ id: UUID) async throws -> Acknowledgement {
            try await client.ask(EraseCustomer(customerId: id, reason: "letter 117"), actor: ("user", "li.na"))
        }

        func erased(_ id: UUID) async throws {
            #expect(try await erase(id).status == "erasing")
            try await eventually(within: .seconds(120), "he is forgotten") { try await erase(id).status == "erased" }
        }

        func refusal(_ id: UUID) async throws -> Problem? {
            await #expect(throws: Problem.self) { try await erase(id) }
        }

        /// Rows of all tables of intake's, as text, that hold a word.
        func places(of word: String) async throws -> [String] {
            var found: [String] = []
            for table in [
                "service_request", "work_order", "customer", "contact", "site", "device", "lookup_entry",
                "search_entry",
                "request_message", "entitlement_dispute", "past_service", "maintenance_plan", "report_rejection",
                "parked_message", "event_log", "outbox", "erasure", "history", "inbox",
            ] {
                let rows = try await service.pool.query(
                    """
                    SELECT count(*) AS n FROM \(unsafe: table) AS t
                    WHERE position(\(word) IN t::text) > 0
                        OR position(encode(convert_to(\(word), 'UTF8'), 'hex') IN t::text) > 0
                    """)
                if try rows.first?.get("n", as: Int.self) ?? 0 > 0 { found.append(table) }
            }
            return found
        }
    }

    @Test("who is forgotten is told of as such")
    func told() {
        let date = Date(timeIntervalSince1970: 1_800_000_000)
        var customer = Customer(id: UUID())
        customer.forget(at: date)
        #expect(customer.news == CustomerChanged(customerId: customer.id, erasedAt: date))
        #expect(customer.news.erasedAt == date)
    }

    @Test("who is not known, was merged, or has something open is not erased, and it is said what")
    func refused() async throws {
        let run = try await Run.start()
        #expect(try await run.refusal(UUID())?.code == "not-found")
        let open = try await run.report("r-1")
        let customer = try await run.customer(of: open)
        let problem = try #require(try await run.refusal(customer))
        #expect(problem.code == "customer-has-open-work" && problem.status == 409)
        #expect(problem.errors.map(\.code) == ["open-work-orders"])
        #expect(problem.errors.first?.detail == "1: \(try #require(open.workOrderNumber))")
        try await run.close(open)
        let thin = try await run.report("r-2") { $0.problem = nil }
        #expect(try await run.refusal(customer)?.errors.map(\.code) == ["open-requests"])
        _ = try await run.client.ask(MarkAsSpam(requestId: thin.requestId))

        let other = try await run.client.ask(
            RegisterCustomer(customerNumber: "C-9", name: "另一人", phone: "13911112222"))
        let otherId = try #require(other.subject.split(separator: "/").last.flatMap { UUID(uuidString: String($0)) })
        _ = try await run.client.ask(MergeCustomers(customerId: otherId, intoCustomerId: customer))
        #expect(try await run.refusal(otherId)?.code == "customer-merged")
        try await run.erased(customer)
        // With him goes who was merged into him.
        #expect(try await run.places(of: "13911112222") == [])
        #expect(try await run.places(of: "另一人") == [])
        let unmerging = await #expect(throws: Problem.self) {
            try await run.client.ask(UnmergeCustomers(customerId: otherId))
        }
        #expect(unmerging?.code == "customer-erased")
        await run.service.stop()
    }

    @Test("nothing personal is left, what is counted is, and nothing leads to him or is learnt of him any more")
    func forgotten() async throws {
        let run = try await Run.start()
        let first = try await run.report("r-1") { report in
            report.customer?.name = "Quandt"
            report.problem = "Zyxwuff 漏得厉害"
            report.site?.address = "Quittenweg 77"
            report.site?.accessNotes = "Quaste ziehen"
            report.customerReference = "Quittung-4711"
        }
        let customer = try await run.customer(of: first)
        let phone = try #require(ReportRepair.full.customer?.phone)
        _ = try await run.client.ask(
            AppendMessage(channel: "phone", requestId: first.requestId, kind: .addition, text: "Quarkkuchen"))
        try await run.close(first)
        // Refused, and kept: nobody knows whose it is but by the phone.
        _ = await #expect(throws: Problem.self) {
            try await run.report("r-bad") { report in
                report.customer?.name = "Quandt"
                report.site?.regionCode = "\u{1}"
            }
        }
        let words = ["Quandt", "Zyxwuff", "Quittenweg", "Quaste", "Quittung-4711", "Quarkkuchen", phone]
        for word in words { #expect(try await run.places(of: word) != [], "\(word) was to be somewhere") }
        let totals = try await run.client.ask(IntakeTotalsQuery())
        try await run.erased(customer)
        for word in words { #expect(try await run.places(of: word) == [], "\(word)") }
        #expect(try await run.client.ask(IntakeTotalsQuery()) == totals)
        let order = try await run.client.ask(WorkOrderQuery(workOrderId: first.workOrderId))
        #expect(order.found && order.status == .cancelled)
        let record = try await run.service.pool.query("SELECT state FROM erasure").first?
            .get("state", as: JSONB.self).decode(CustomerErasure.self, decoder: WireJSON.decoder())
        #expect(record?.askedBy == "li.na" && record?.reason == "letter 117" && record?.words == nil)

        // The same report again is answered as before; a new one is somebody else's, and so is the device.
        let again = try await run.report("r-1") { report in
            report.customer?.name = "Quandt"
            report.problem = "Zyxwuff 漏得厉害"
            report.site?.address = "Quittenweg 77"
            report.site?.accessNotes = "Quaste ziehen"
            report.customerReference = "Quittung-4711"
        }
        #expect(again.requestId == first.requestId)
        let new = try await run.report("r-3")
        let newcomer = try await run.customer(of: new)
        #expect(newcomer != customer)
        let owner = try await run.service.pool.query("SELECT customer_id FROM device")
        #expect(try owner.map { try $0.get("customer_id", as: UUID.self) } == [newcomer])

        for refused in [
            await #expect(throws: Problem.self) {
                try await run.client.ask(
                    AppendMessage(
                        channel: "phone", requestId: first.requestId, kind: .question, text: "noch da?"))
            },
            await #expect(throws: Problem.self) {
                try await run.client.ask(RegisterContact(customerId: customer, name: "Neu", phone: "13900000001"))
            },
            await #expect(throws: Problem.self) {
                try await run.client.ask(RegisterCustomer(customerId: customer, name: "Neu", phone: "13900000001"))
            },
        ] {
            #expect(refused?.code == "customer-erased")
        }
        #expect(try await run.erase(customer).status == "erased")
        await run.service.stop()
    }

    @Test("files that he alone named are told of, and none that somebody else names")
    func files() async throws {
        let run = try await Run.start()
        func file(_ letter: String) -> DomainContracts.Attachment {
            DomainContracts.Attachment(
                dataref: "urn:mendloop:attachment:\(String(repeating: letter, count: 64))", mediaType: "image/jpeg")
        }
        let first = try await run.report("r-1") { $0.attachments = [file("a"), file("b")] }
        let customer = try await run.customer(of: first)
        _ = try await run.client.ask(
            AppendMessage(
                channel: "phone", requestId: first.requestId, kind: .addition,
                attachments: [
                    file("c"), file("d"), DomainContracts.Attachment(dataref: "elsewhere", mediaType: "image/jpeg"),
                ]))
        let other = try await run.report("r-2") { report in
            report.customer = ReportedCustomer(name: "另一人", phone: "13911112222")
            report.device?.serialNumber = "AC-2"
            report.attachments = [file("b")]
        }
        #expect(try await run.customer(of: other) != customer)
        _ = try await run.client.ask(
            AppendMessage(channel: "phone", requestId: other.requestId, kind: .addition, attachments: [file("d")]))
        try await run.close(first)
        let heard = try await run.client.listen("intake.customer-erased.v1")
        try await run.erased(customer)
        let delivery = try #require(try await heard.nextBatch(limit: 1).first)
        let told = try WireJSON.decoder().decode(CloudEvent<CustomerErased>.self, from: Data(delivery.body)).data
        #expect(told.files == ["a", "c"].map { String(repeating: $0, count: 64) })
        await run.service.stop()
    }

    @Test("who was registered under a number or phone, and is erased, is somebody else when he is registered again")
    func registeredAgain() async throws {
        let run = try await Run.start()
        let command = RegisterCustomer(customerNumber: "C-1", name: "王敏", phone: "13800138000")
        func id(_ done: Acknowledgement) -> UUID? {
            done.subject.split(separator: "/").last.flatMap { UUID(uuidString: String($0)) }
        }
        let first = try #require(id(try await run.client.ask(command)))
        try await run.erased(first)
        let again = try await run.client.ask(command)
        #expect(again.status == "created" && id(again) != first)
        #expect(try await run.client.ask(SearchRegistry(text: "王敏")).hits.map(\.id) == [id(again)])
        await run.service.stop()
    }

    @Test("a customer with hundreds of orders is forgotten page by page, and told of in parts that a message can hold")
    func many() async throws {
        let run = try await Run.start()
        let first = try await run.report("r-1")
        let customer = try await run.customer(of: first)
        try await run.close(first)
        // Copies of the one order, far more than a page, and of the request more than a part can list.
        try await run.service.pool.execute(
            """
            INSERT INTO service_request (id, version, state)
            SELECT new, 1, state || jsonb_build_object('id', new, 'number', 'SR-' || n, 'workOrderId', other)
            FROM service_request, generate_series(1, 1600) AS n,
                LATERAL (SELECT md5('r' || n)::uuid AS new, md5('o' || n)::uuid AS other) AS ids
            """)
        try await run.service.pool.execute(
            """
            INSERT INTO work_order (id, version, state)
            SELECT md5('o' || n)::uuid, 1, state || jsonb_build_object(
                'id', md5('o' || n)::uuid, 'number', 'WO-' || n, 'requestId', md5('r' || n)::uuid)
            FROM work_order, generate_series(1, 250) AS n
            """)
        // Refused reports of others, and one of his behind them.
        let phone = try #require(ReportRepair.full.customer?.phone)
        try await run.service.pool.execute(
            """
            INSERT INTO report_rejection (message_id, channel, code, problem, original, rejected_at)
            SELECT 'other ' || n, 'wechat', 'invalid', '{}', 'somebody else', now() FROM generate_series(1, 450) AS n
            UNION ALL SELECT 'his', 'wechat', 'invalid', '{}', \(phone), now()
            """)
        let heard = try await run.client.listen("intake.customer-erased.v1")
        try await run.erased(customer)
        #expect(try await run.places(of: ReportRepair.full.problem ?? "") == [])
        #expect(try await run.places(of: phone) == [])
        let others = try await run.service.pool.query(
            "SELECT count(*) AS n FROM report_rejection WHERE original = 'somebody else'")
        #expect(try others[0].get("n", as: Int.self) == 450)
        var requests: Set<UUID> = []
        var orders: Set<UUID> = []
        var parts: [Int] = []
        while parts.count < 2 {
            for delivery in try await heard.nextBatch(limit: 10) {
                #expect(delivery.body.count < 256 * 1024)
                let part = try WireJSON.decoder().decode(
                    CloudEvent<CustomerErased>.self, from: Data(delivery.body)
                ).data
                parts.append(part.part)
                requests.formUnion(part.requestIds)
                orders.formUnion(part.workOrderIds)
            }
        }
        #expect(parts.sorted() == [1, 2] && requests.count == 1_601)
        #expect(orders.count == 1 + 250 + 1_600)
        await run.service.stop()
    }
}
