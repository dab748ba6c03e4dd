import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

@Suite("Which files somebody names")
struct NamedFileTests {
    private static func hash(_ letter: String) -> String { String(repeating: letter, count: 64) }

    private static func file(_ letter: String) -> DomainContracts.Attachment {
        DomainContracts.Attachment(dataref: "urn:mendloop:attachment:\(hash(letter))", mediaType: "image/jpeg")
    }

    @Test(
        "in a report, a message, a dispute or a dead letter, by name or by hash; of others it is said that nobody does")
    func named() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        var report = ReportRepair.full
        report.attachments = [
            Self.file("a"),
            DomainContracts.Attachment(dataref: "https://elsewhere/b", mediaType: "image/jpeg", sha256: Self.hash("b")),
        ]
        report.device?.purchasedOn = "2010-01-01"
        let taken = try await client.ask(
            report, id: "r-1", source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
        _ = try await client.ask(
            AppendMessage(
                channel: "phone", requestId: taken.requestId, kind: .addition, attachments: [Self.file("c")]))
        _ = try await client.ask(
            DisputeEntitlement(
                workOrderId: try #require(taken.workOrderId), reason: .warranty, statement: "there is a bill",
                evidence: [Self.file("d")]))
        let (dead, refused) = (Array("… \(Self.hash("e")) …".utf8), Array("… \(Self.hash("f")) …".utf8))
        try await service.pool.execute(
            """
            INSERT INTO parked_message (state, source, message_id, routing_key, properties, body, reason, detail)
            VALUES ('dead', '/a', '1', 'x', '{}', \(dead), 'r', ''), ('refused', '/a', '2', 'x', '{}', \(refused), 'r', '')
            """)
        let asked = ["a", "b", "c", "d", "e", "f", "1"].map(Self.hash)
        let answer = try await client.ask(NamedFilesQuery(files: asked))
        #expect(answer.named.sorted() == ["a", "b", "c", "d", "e"].map(Self.hash))
        #expect(try await client.ask(NamedFilesQuery(files: [])).named == [])
        for wrong in [["../etc"], [Self.hash("A")], Array(repeating: Self.hash("a"), count: 201)] {
            let problem = await #expect(throws: Problem.self) { try await client.ask(NamedFilesQuery(files: wrong)) }
            #expect(problem?.errors.first?.pointer.hasPrefix("/data/files") == true)
        }
        // By index, however many reports there are: planned so even where a table is small.
        let plan = try await service.pool.transaction { connection in
            try await connection.execute("SET LOCAL enable_seqscan = off")
            return try await connection.query(
                """
                EXPLAIN SELECT FROM service_request WHERE state #> '{report,attachments}' <> '[]'
                    AND state #> '{report,attachments}' @> '[{"sha256": "x"}]'
                """
            ).map { try $0.get("QUERY PLAN", as: String.self) }
        }
        #expect(plan.contains { $0.contains("service_request_by_file") })
        await client.close()
        await service.stop()
    }
}
