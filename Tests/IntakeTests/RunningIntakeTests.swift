import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import Intake

@Suite("Intake on real servers")
struct RunningIntakeTests {
    @Test("a report becomes one work order, events carry it to its closing, and the totals count it")
    func loop() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        let first = try await report(.full, "r-1", client)
        let again = try await report(.full, "r-1", client)
        #expect(again.workOrderNumber == first.workOrderNumber)
        let id = try #require(first.workOrderId)
        let number = try #require(first.workOrderNumber)
        let (trip, engineer, now) = (UUID(), UUID(), Date())
        // Out of order on purpose: the status is a function of the facts.
        _ = try await client.send(
            try client.message(
                SurveyAnswered(
                    surveyId: UUID(), followUpId: UUID(), workOrderId: id, satisfaction: 5, fixed: false,
                    answeredAt: now + 1), story: id),
            try client.message(
                CompletionConfirmed(
                    workOrderId: id, workOrderNumber: number, visitId: trip, reportId: UUID(), how: .customer,
                    confirmedAt: now), story: id),
            try client.message(
                VisitEnded(
                    visitId: trip, workOrderId: id, workOrderNumber: number, engineerId: engineer, reason: .workDone,
                    outcome: .fixed, startedAt: now, endedAt: now, workMinutes: 1, travelMinutes: 1), story: id))
        try await eventually("the order is closed") {
            try await client.ask(WorkOrderQuery(workOrderNumber: number)).status == .closed
        }
        let rework = IntakeID.rework(of: id)
        #expect(try await client.ask(WorkOrderQuery(workOrderId: id)).goesOnAs == rework)
        #expect(try await client.ask(WorkOrderQuery(workOrderId: rework)).goesOnAs == nil)
        let totals = try await client.ask(IntakeTotalsQuery())
        #expect(totals.requestsByStatus == ["converted": 1])
        #expect(totals.workOrders == 2)
        #expect(totals.reworkOrders == 1)
        #expect(totals.doubledRequests == 0)
        #expect(totals.workOrdersByOutcome == ["fixed": 1])
        #expect(totals.clocksMet["resolution"] == 1)
        let request = try await client.ask(RequestQuery(requestId: first.requestId))
        #expect(request.workOrderNumber == number)
        await client.close()
        await service.stop()
    }

    @Test("an order shows whom to call, whom to meet and where to go, as it is known today")
    func whomToCall() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        var sent = ReportRepair.full
        sent.contact = ReportedContact(name: "门卫", phone: "010-66550000转8")
        sent.site?.accessNotes = "先联系门卫"
        let taken = try await report(sent, "r-1", client)
        let shown = try await client.ask(WorkOrderQuery(workOrderId: taken.workOrderId))
        #expect(shown.contact == ReportedContact(name: "王敏", phone: "+8613800138000"))
        #expect(shown.siteContact == ReportedContact(name: "门卫", phone: "+861066550000", extension: "8"))
        #expect(shown.site?.address == "北京市朝阳区 1" && shown.site?.accessNotes == "先联系门卫")
        let hit = try #require(try await client.ask(SearchRegistry(text: "门卫", kinds: [.contact])).hits.first)
        _ = try await client.ask(RegisterContact(contactId: hit.id, phone: "13911112222"))
        let now = try await client.ask(WorkOrderQuery(workOrderNumber: taken.workOrderNumber))
        #expect(now.siteContact?.phone == "+8613911112222")
        sent = ReportRepair.full
        sent.contact = nil
        let other = try await report(sent, "r-2", client)
        #expect(try await client.ask(WorkOrderQuery(workOrderId: other.workOrderId)).siteContact == nil)
        // A stranger's notes are shown for his order, below those that are known.
        var stranger = ReportRepair.full
        (stranger.channel, stranger.customer) = ("web", ReportedCustomer(phone: "13800138000"))
        stranger.site?.accessNotes = "钥匙在小卖部"
        let strange = try await client.ask(
            stranger, id: "r-3", source: "/adapters/web", channel: "web", actor: ("adapter", "web"))
        let his = try await client.ask(WorkOrderQuery(workOrderId: strange.workOrderId))
        #expect(his.site?.accessNotes == "先联系门卫\n钥匙在小卖部")
        #expect(try await client.ask(WorkOrderQuery(workOrderId: taken.workOrderId)).site?.accessNotes == "先联系门卫")
        // Merged into an order of another customer it leads nowhere, until both are one.
        var neighbour = ReportRepair.full
        neighbour.customer = ReportedCustomer(name: "李强", phone: "13900139000", channelUserId: "li")
        (neighbour.device, neighbour.site) = (nil, ReportedSite(address: "上海市 9", regionCode: "310101"))
        let third = try await report(neighbour, "r-4", client)
        let (own, into) = (try #require(third.workOrderId), try #require(taken.workOrderId))
        _ = try await client.ask(MergeWorkOrder(workOrderId: own, intoWorkOrderId: into, acrossCustomers: true))
        #expect(try await client.ask(WorkOrderQuery(workOrderId: own)).goesOnAs == nil)
        let found = try await client.ask(SearchRegistry(text: "13900139000", kinds: [.customer])).hits.first
        let known = try await client.ask(SearchRegistry(text: "13800138000", kinds: [.customer])).hits.first
        let (one, whole) = (try #require(found?.customerId ?? found?.id), try #require(known?.customerId ?? known?.id))
        _ = try await client.ask(MergeCustomers(customerId: one, intoCustomerId: whole))
        #expect(try await client.ask(WorkOrderQuery(workOrderId: own)).goesOnAs == into)
        await client.close()
        await service.stop()
    }

    @Test("a bad phone comes back with its pointer, is told to its channel, and its original is kept")
    func rejection() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        let events = try await client.listen("intake.report-repair-rejected.v1.wechat")
        var bad = ReportRepair.full
        bad.customer?.phone = "12"
        let problem = await #expect(throws: Problem.self) { try await report(bad, "r-1", client) }
        #expect(problem?.errors.map(\.pointer) == ["/data/customer/phone"])
        let event = try #require(try await events.nextBatch(limit: 1).first)
        let told = try WireJSON.decoder().decode(CloudEvent<ReportRepairRejected>.self, from: Data(event.body))
        #expect(told.data.messageId == "r-1")
        #expect(told.data.externalId == "ox-1")
        let rows = try await service.pool.query("SELECT original FROM report_rejection")
        #expect(try rows.map { try $0.get("original", as: String.self).contains("王敏") } == [true])
        #expect(try await client.ask(IntakeTotalsQuery()).rejected == 1)
        await client.close()
        await service.stop()
    }

    @Test(
        "a form with a customer's phone and another's e-mail address is his order, told to that address and nothing else of his is"
    )
    func stranger() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        let told = try await client.listen("intake.contact-changed.v1")
        let first = try await report(.full, "r-1", client)
        // His own, which may come after the answer.
        _ = try await told.nextBatch(limit: 1)
        var evil = ReportRepair.full
        (evil.channel, evil.device) = ("web", nil)
        evil.customer = ReportedCustomer(name: "Me", phone: "+86 138 0013 8000", email: "me@evil.example")
        let second = try await client.ask(
            evil, id: "r-2", source: "/adapters/web", channel: "web", actor: ("customer", "anybody"))
        let orders = try await service.pool.query("SELECT customer_id FROM work_order")
        let customers = Set(try orders.map { try $0.get("customer_id", as: UUID.self) })
        #expect(orders.count == 2 && customers.count == 1 && second.workOrderId != first.workOrderId)
        let customer = try #require(customers.first)
        let event = try #require(try await told.nextBatch(limit: 1).first)
        let contact = try WireJSON.decoder().decode(CloudEvent<ContactChanged>.self, from: Data(event.body)).data
        #expect(contact.email == "me@evil.example" && contact.contactId != IntakeID.contact(of: customer))
        let rows = try await service.pool.query(
            """
            SELECT state->>'channel' AS channel, state->>'name' AS name, state->>'email' AS email
            FROM contact WHERE id = \(IntakeID.contact(of: customer))
            """)
        let known = try #require(rows.first)
        #expect(try known.get("channel", as: String.self) == "wechat" && known.get("name", as: String.self) == "王敏")
        #expect(try known.get("email", as: String?.self) == nil)
        let keys = try await service.pool.query(
            "SELECT id FROM lookup_entry WHERE state->>'key' = 'email:me@evil.example'")
        #expect(keys.isEmpty)
        await client.close()
        await service.stop()
    }

    private func report(_ report: ReportRepair, _ id: String, _ client: TestClient) async throws -> ReportAccepted {
        try await client.ask(
            report, id: id, source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
    }
}
