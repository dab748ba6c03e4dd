import Foundation
import ServiceKit
import ServiceTesting
import Testing

@Suite("How long handled messages are remembered")
struct InboxRetentionTests {
    @Test("past their days they are forgotten, but not reports, whose answer is given for ever")
    func forgotten() async throws {
        let definition = try Sample.definition()
        let site = try await TestSite.fresh(definition)
        try await site.pool.execute(
            """
            INSERT INTO inbox (source, message_id, wire_type, kept, handled_at) VALUES
                ('/a', 'old', 'x', false, now() - interval '31 days'), ('/a', 'kept', 'x', true, now() - interval '400 days'),
                ('/a', 'young', 'x', false, now() - interval '29 days')
            """)
        let service = try await RunningService.start(definition, on: site)
        try await eventually("what is past its days is gone") {
            try await site.pool.query("SELECT message_id FROM inbox WHERE message_id = 'old'").isEmpty
        }
        let left = try await site.pool.query("SELECT message_id FROM inbox ORDER BY message_id")
        #expect(try left.map { try $0.get("message_id", as: String.self) } == ["kept", "young"])
        await service.stop()
    }

    @Test("of a service that has heard nothing for long the newest stays: it has heard something once")
    func newest() async throws {
        let definition = try Sample.definition()
        let site = try await TestSite.fresh(definition)
        try await site.pool.execute(
            """
            INSERT INTO inbox (source, message_id, wire_type, kept, handled_at) VALUES
                ('/a', 'older', 'x', false, now() - interval '42 days'), ('/a', 'kept', 'x', true, now()),
                ('/a', 'old', 'x', false, now() - interval '41 days')
            """)
        let service = try await RunningService.start(definition, on: site)
        try await eventually("the other one is gone") {
            try await site.pool.query("SELECT message_id FROM inbox ORDER BY message_id")
                .map { try $0.get("message_id", as: String.self) } == ["kept", "old"]
        }
        await service.stop()
    }
}
