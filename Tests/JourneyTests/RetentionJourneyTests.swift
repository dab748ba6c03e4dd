import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Console

/// What a running installation lets go of by itself: docs/privacy.md.
@Suite("Retention", .slow)
struct RetentionJourneyTests {
    @Test(
        "a file that nobody named in time goes from the store, one that a report names stays; the stream has its policy"
    )
    func letGo() async throws {
        let installation = try await Installation.start(scale: 2)
        let folder = URL(fileURLWithPath: installation.stack.path).appending(path: "attachments")
        let store = try FolderStore(folder)
        let weekAgo = Date(timeIntervalSinceNow: -8 * 86_400)
        let (unnamed, named) = (String(repeating: "a", count: 64), String(repeating: "b", count: 64))
        for hash in [unnamed, named] {
            let file = store.incoming.new()
            try Data("x".utf8).write(to: file)
            _ = try store.keep(
                file, as: StoredAttachment(sha256: hash, mediaType: "image/jpeg", bytes: 1, storedAt: weekAgo))
            let note = folder.appending(path: "\(hash.prefix(2))/\(hash.prefix(2))/\(hash).json")
            try FileManager.default.setAttributes([.modificationDate: weekAgo], ofItemAtPath: note.path)
        }
        let client = try TestClient(url: try installation.stack.addresses().amqpURL())
        var report = ReportRepair(channel: "phone", problem: "tropft")
        report.customer = ReportedCustomer(name: "Jemand", phone: "13612345678")
        report.attachments = [Attachment(dataref: "urn:mendloop:attachment:\(named)", mediaType: "image/jpeg")]
        _ = try await client.ask(
            report, source: "/adapters/phone", channel: "phone", actor: ("adapter", "phone"))
        _ = try await installation.services.startDoor()
        try await eventually(within: .seconds(90), "what nobody names is gone") { store.find(unnamed) == nil }
        #expect(store.find(named) != nil)

        let tool = try CommandLineTool(folder: installation.stack.path)
        #expect(try await tool.run("policies").status == 0)
        let queues = try await installation.stack.rabbitmqctl(
            "--quiet", "list_queues", "-p", "mendloop", "name", "policy", "--no-table-headers")
        #expect(queues.split(separator: "\n").contains("mendloop.billing.log\tbilling-log"))
        // What somebody has set since then stays.
        _ = try await installation.stack.rabbitmqctl(
            "set_policy", "-p", "mendloop", "--priority", "10", "--apply-to", "queues", "billing-log",
            #"^mendloop\.billing\.log$"#, #"{"max-age":"30D"}"#)
        #expect(try await tool.run("policies").status == 0)
        let kept = try await installation.stack.rabbitmqctl("--quiet", "list_policies", "-p", "mendloop")
        #expect(kept.contains("30D"))
        await client.close()
        try await installation.stop()
    }
}
