import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import Console

@Suite("Forgetting a customer in the read models")
struct ForgettingTests {
    @Test("forgotten before or after his events came, or folded from what is left of them, an order is the same")
    func anyOrder() throws {
        let life = OneLife()
        let told = life.told.compactMap { told in (told.event as? any OrderEvent).map { ($0, told.sequence) } }
        var after = told.reduce(into: OrderView(workOrderId: life.order)) { $1.0.fold(into: &$0, $1.1) }
        #expect(after.origin?.value.problem.isEmpty == false)
        after.forget()
        var before = OrderView(workOrderId: life.order)
        before.forget()
        for (event, sequence) in told {
            event.fold(into: &before, sequence)
            before.forget()
        }
        #expect(before == after)
        var left = OrderView(workOrderId: life.order)
        for (event, sequence) in told { try event.withoutPersonalData().fold(into: &left, sequence) }
        left.forget()
        #expect(left == after)
        #expect(after.origin?.value.problem == "")
        #expect(after.surveys.values.allSatisfy { $0.comment == nil })
    }

    @Test("a line that is forgotten is the line of what is left of its event")
    func lines() throws {
        let life = OneLife()
        var texts = 0
        func compare<E: OrderEvent>(_ event: E) throws {
            let envelope = Envelope(
                id: "1", source: "/mendloop/x", type: E.wireType, authtype: "customer", authid: "ox-1")
            var line = StoryLine(E.self, event.line, envelope, workOrderId: life.order)
            if line.text != nil { texts += 1 }
            line.forget()
            var left = envelope
            left.authid = nil
            #expect(line == StoryLine(E.self, try event.withoutPersonalData().line, left, workOrderId: life.order))
            #expect(line.text == nil)
        }
        for told in life.told { if let event = told.event as? any OrderEvent { try compare(event) } }
        try compare(
            CompletionDisputed(
                workOrderId: life.order, workOrderNumber: "WO-1", visitId: life.visit, reportId: UUID(),
                reason: "Quarkkuchen", disputedAt: life.at(1)))
        try compare(
            VisitPaused(
                visitId: life.visit, workOrderId: life.order, engineerId: life.engineer, reason: "Quarkkuchen",
                pausedAt: life.at(1)))
        try compare(
            QuoteRefused(
                estimateId: UUID(), workOrderId: life.order, visitId: life.visit, reason: "Quarkkuchen",
                refusedAt: life.at(1)))
        #expect(texts > 2)
    }

    @Test("console forgets what it has and what comes late, who signed in for him, and from where he came")
    func onServers() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID().text)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try FolderStore(folder)
        let (his, others) = (String(repeating: "a", count: 64), String(repeating: "b", count: 64))
        for hash in [his, others] {
            let file = store.incoming.new()
            try Data("x".utf8).write(to: file)
            _ = try store.keep(
                file, as: StoredAttachment(sha256: hash, mediaType: "image/jpeg", bytes: 1, storedAt: Date()))
        }
        let service = try await RunningService.start(
            try ReadModelsApp.definition(files: store) { _, _ in Republished(next: nil) })
        let client = try service.client()
        let life = OneLife()
        func send<E: Event>(_ event: E, _ id: String, sequence: Int = 1) async throws {
            var message = try client.message(event, id: id, story: life.order, sequence: sequence)
            if E.lastWord != nil { message.routingKey += ".some" }
            #expect(try await client.send(message) == [.confirmed])
        }
        for told in life.told { try await send(told.event, told.id, sequence: told.sequence) }
        let (user, request, other) = (UUID(), UUID(), UUID())
        let name =
            #"{"login": "frau.quandt", "name": "Quandt", "status": "active", "roles": ["customer"], "passwordHash": "x", "#
        let rest =
            #""customerId": "\#(life.customer.text)", "regionCodes": [], "mustChangePassword": false, "signInEpoch": 3, "userId": "\#(user.text)"}"#
        try await service.pool.execute(
            "INSERT INTO door_user (id, version, state) VALUES (\(user), 1, \(name + rest)::jsonb)")
        try await service.pool.execute(
            """
            INSERT INTO audit_entry (request_id, at, who, what, address, status, subject) VALUES
                (gen_random_uuid(), now(), \(user.text), 'sign-in', '10.0.0.1', 200, NULL),
                (gen_random_uuid(), now(), NULL, 'intake.cancel', '10.0.0.2', 200, \("work-order/\(life.order.text)")),
                (gen_random_uuid(), now(), 'chen', 'intake.cancel', '10.0.0.3', 200, \("work-order/\(life.order.text)"))
            """)
        try await eventually("all is taken in") {
            try await service.pool.query("SELECT count(*) AS n FROM inbox")[0].get("n", as: Int.self) == life.told.count
        }
        let erased = CustomerErased(
            erasureId: UUID(), part: 1, parts: 1, customerId: life.customer, requestIds: [request],
            workOrderIds: [life.order, other], files: [his], erasedAt: Date())
        try await send(erased, "erased")
        try await eventually("he is forgotten") {
            try await !service.pool.query("SELECT id FROM heard_erasure WHERE is_done").isEmpty
        }
        try await eventually("his file is gone") {
            try await !service.pool.query("SELECT erasure_id FROM erased_files").isEmpty
        }
        #expect(store.find(his) == nil && store.find(others) != nil)
        // One that was on its way, and one that is told of what became no order.
        try await send(
            CompletionDisputed(
                workOrderId: life.order, workOrderNumber: "WO-1", visitId: UUID(), reportId: UUID(),
                reason: "Quarkkuchen",
                disputedAt: Date()), "late", sequence: 99)
        try await eventually("the late one is taken in") {
            try await !service.pool.query("SELECT message_id FROM story_line WHERE message_id = 'late'").isEmpty
        }
        let state = try await service.pool.query(
            "SELECT state #>> '{origin,value,problem}' AS problem FROM order_view WHERE id = \(life.order)")
        #expect(try state[0].get("problem", as: String.self) == "")
        let texts = try await service.pool.query("SELECT line FROM story_line WHERE (line::jsonb) ? 'text'")
        #expect(texts.isEmpty)
        let users = try await service.pool.query("SELECT state::text AS state, login, status FROM door_user")
        #expect(try users[0].get("status", as: String.self) == "blocked")
        #expect(try !users[0].get("state", as: String.self).contains("uandt"))
        let addresses = try await service.pool.query("SELECT address FROM audit_entry ORDER BY address")
        #expect(try addresses.map { try $0.get("address", as: String.self) } == ["", "", "10.0.0.3"])
        #expect(try await client.ask(ReadModelsQuery()).workOrders == 1)
        await client.close()
        await service.stop()
    }
}
