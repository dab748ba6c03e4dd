import DomainContracts
import Foundation
import LocalStack
import Postgres
import ServiceKit
import ServiceTesting
import Simulation
import Testing

/// Must show 4: what is left of somebody who asks to be forgotten.
@Suite("Erasing a customer", .slow, .serialized)
struct ErasureJourneyTests {
    /// Documents that the law has kept; the only place where something of him is left. docs/privacy.md says so.
    private static let report = "field_service.service_report.state"

    @Test("nothing personal is left in any table, figures and books are what they were, a rebuild finds nothing either")
    func erased() async throws {
        let installation = try await Installation.start()
        _ = try await installation.services.startDoor()
        let problems = URL(fileURLWithPath: installation.stack.path).appending(path: "problems.csv")
        let rows = (1...10).map { "r\($0),Coffee maker,Brumm,Fixed,Zyxwuff\($0)Ende 滴漏塔\($0)号,\n" }.joined()
        try Data("id,product_category,brand,repair_status,problem,repair_barrier_if_end_of_life\n\(rows)".utf8)
            .write(to: problems)
        var configuration = try installation.configuration(count: 10, seed: 5)
        configuration.reports = .openRepair(file: problems.path)
        let result = try await Simulation.run(configuration)
        #expect(result.differences == [])
        try await installation.drains()

        let client = try TestClient(url: try installation.stack.addresses().amqpURL())
        let person = try await Person.choose(installation)
        try await person.speaks(client)
        try await installation.drains()
        try await eventually("console has taken everything in") {
            guard try await client.ask(ReadModelsQuery()).isWhole else { return false }
            return try await installation.doorIsIdle()
        }
        let words = try await person.words(installation)
        #expect(words.contains { $0.hasPrefix("Zyxwuff") } && words.count > 10)
        let before = try await installation.places(of: words)
        for schema in ["intake", "dispatch", "field_service", "feedback", "console"] {
            #expect(before.contains { $0.hasPrefix(schema + ".") }, "nothing of him in \(schema) to be erased")
        }
        let totals = try await installation.totals()
        let kpis = try await client.ask(KPIQuery())

        // It stops in the middle, dies there, and goes on where it was.
        let admin = PostgresPool(
            PostgresConfiguration(
                url: try installation.stack.addresses().adminDatabaseURL(), applicationName: "test", poolSize: 1))
        try await admin.transaction { connection in
            try await connection.execute("LOCK TABLE intake.report_rejection IN ACCESS EXCLUSIVE MODE")
            let begun = try await client.ask(
                EraseCustomer(customerId: person.id, reason: "asked by letter"), actor: ("user", "li.na"))
            #expect(begun.status == "erasing")
            try await eventually("it waits for the refused reports") {
                try await connection.query("SELECT state->>'stage' AS stage FROM intake.erasure").first?
                    .get("stage", as: String.self) == "refused_reports"
            }
            try await installation.services.kill(.intake)
        }
        try await installation.services.start(.intake)
        try await eventually(within: .seconds(120), "everybody has forgotten him") {
            try await installation.undone() == 0
        }
        let tool = try CommandLineTool(folder: installation.stack.path)
        #expect(try await tool.run("erase", person.number, "--reason", "asked again").status != 0)
        let again = try await tool.run("erase", person.number, "--reason", "asked again", "--yes")
        #expect(again.status == 0 && again.output.hasPrefix("erased: customer \(person.id.text)"))
        #expect(try await tool.run("erase", "C-none", "--reason", "x", "--yes").status != 0)
        try await installation.drains()

        #expect(try await installation.places(of: words, except: [Self.report]) == [])
        #expect(try await installation.leftOfReports(words) == [])
        let after = try await installation.totals()
        #expect(after == totals)
        #expect(try await client.ask(KPIQuery()) == kpis)

        let known = try await installation.gathered()
        #expect(try await client.ask(RebuildReadModels()).status == "reading")
        try await eventually(within: .seconds(120), "the past is read, and he is forgotten in it") {
            let isWhole = try await client.ask(ReadModelsQuery()).isWhole
            guard isWhole, try await installation.undone() == 0 else { return false }
            return try await installation.doorIsIdle()
        }
        #expect(try await installation.places(of: words, except: [Self.report]) == [])
        #expect(Set(try await installation.gathered()) == Set(known))

        // The same phone is somebody else's now.
        var report = ReportRepair(channel: "phone", problem: "tropft")
        report.customer = ReportedCustomer(name: "Jemand", phone: person.phone)
        let fresh = try await client.ask(
            report, source: "/adapters/phone", channel: "phone", actor: ("adapter", "phone"))
        let owner = try await installation.stack.sql(
            "SELECT customer_id FROM intake.service_request WHERE id = '\(fresh.requestId.text)'")
        #expect(!owner.contains(person.id.text))
        await admin.close()
        await client.close()
        try await installation.stop()
    }
}

/// A customer of the simulation who has more to say than the simulation makes him say.
private struct Person {
    let id: UUID
    let orderId: UUID
    let requestId: UUID
    let phone = "+8613612345678"
    let number = "C-77-117"

    /// One whose orders are over, somebody having been there.
    static func choose(_ installation: Installation) async throws -> Person {
        let row = try await installation.stack.sql(
            """
            SELECT o.customer_id, min(o.id::text), min(o.request_id::text) FROM intake.work_order AS o
            WHERE o.status = 'closed' AND EXISTS (SELECT 1 FROM field_service.service_report WHERE work_order_id = o.id)
                AND NOT EXISTS (SELECT 1 FROM intake.service_request AS r WHERE r.customer_id = o.customer_id
                    AND r.status IN ('received', 'incomplete'))
            GROUP BY o.customer_id ORDER BY count(*) DESC, o.customer_id LIMIT 1
            """)
        let ids = row.trimmingCharacters(in: .newlines).split(separator: "|").compactMap {
            UUID(uuidString: String($0))
        }
        try #require(ids.count == 3)
        return Person(id: ids[0], orderId: ids[1], requestId: ids[2])
    }

    func speaks(_ client: TestClient) async throws {
        _ = try await client.ask(
            RegisterCustomer(
                customerId: id, customerNumber: number, name: "Qwertz-钱塘月", phone: phone,
                email: "qwertz.mond@example.org",
                site: ReportedSite(
                    address: "Quittenweg 77a 桂花弄七十七号", regionCode: "110105", accessNotes: "Klingel Quaste 三短一长",
                    location: Coordinates(latitude: 39.987654, longitude: 116.456789, crs: .wgs84))))
        _ = try await client.ask(
            RegisterContact(customerId: id, name: "Nachbarin Quandt", phone: "13698765432", role: "Quartiermeisterin"))
        _ = try await client.ask(
            AppendMessage(
                channel: "phone", requestId: requestId, kind: .addition, text: "Bitte Quarkkuchen mitbringen 带桂花糕",
                attachments: [Attachment(dataref: "file:quittung-quax", mediaType: "image/jpeg")]))
        let dispute = try await client.ask(
            DisputeEntitlement(workOrderId: orderId, reason: .notMisuse, statement: "Das war kein Quatsch 不是人为"))
        let disputeId = try #require(
            dispute.subject.split(separator: "/").last.flatMap { UUID(uuidString: String($0)) })
        let hasOpen = await #expect(throws: Problem.self) {
            try await client.ask(EraseCustomer(customerId: id, reason: "too early"))
        }
        #expect(hasOpen?.code == "customer-has-open-work" && hasOpen?.errors.map(\.code) == ["open-disputes"])
        _ = try await client.ask(
            DecideEntitlementDispute(disputeId: disputeId, decision: .rejected, reason: "Herr Qwertz irrt sich 钱先生误会"))
    }

    /// Everything that is his: what he said above, and what intake learnt of him in the simulation.
    func words(_ installation: Installation) async throws -> [String] {
        let his = try await installation.stack.sql(
            """
            SELECT DISTINCT word FROM (
                SELECT unnest(ARRAY[state->>'phone', state->>'email', state->>'channelUserId', state->>'address']) AS word
                FROM intake.contact WHERE customer_id = '\(id.text)'
                UNION SELECT unnest(ARRAY[state #>> '{report,problem}', state #>> '{report,customer,phone}',
                    state #>> '{report,customer,channelUserId}', state #>> '{report,customer,email}',
                    state #>> '{report,site,address}'])
                FROM intake.service_request WHERE customer_id = '\(id.text)'
                UNION SELECT state #>> '{brief,problem}' FROM intake.work_order WHERE customer_id = '\(id.text)'
            ) AS his WHERE length(word) > 5
            """)
        return his.split(separator: "\n").map(String.init) + [
            "Qwertz", "钱塘月", "13612345678", "qwertz.mond", "Quittenweg", "桂花弄", "Quaste", "三短一长", "39.987654",
            "Quandt", "13698765432", "Quartiermeister", "Quarkkuchen", "桂花糕", "quittung-quax", "Quatsch", "不是人为",
            "钱先生",
        ]
    }
}

extension Installation {
    /// Erasures that somebody has still to carry out; with what intake has still to tell of them.
    fileprivate func undone() async throws -> Int {
        let schemas = ["dispatch", "field_service", "inventory", "billing", "feedback", "console"]
        let told = "(SELECT count(*) FILTER (WHERE NOT is_done) FROM intake.erasure)"
        // Each hears of every part.
        let counts = schemas.map { "(SELECT count(*) FILTER (WHERE NOT is_done) FROM \($0).heard_erasure)" }
        let heard = schemas.map { "(SELECT count(*) = 0 FROM \($0).heard_erasure)::int" }
        let sum = try await stack.sql("SELECT \(([told] + counts + heard).joined(separator: " + "))")
        return Int(sum.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
    }

    /// Words beside the content of reports and the name of who signed them.
    fileprivate func leftOfReports(_ words: [String]) async throws -> [String] {
        let states = try await stack.sql(
            "SELECT (state - 'content') #- '{word,signedBy}' #- '{word,signature}' FROM field_service.service_report")
        return words.filter { states.contains($0) }
    }
}
