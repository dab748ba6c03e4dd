import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Testing

@testable import MendloopCLI

@Suite("The examples", .slow, .serialized)
struct ExampleJourneyTests {
    private static let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "examples")

    /// Debian's own Python: the tests' set-up gives it pika.
    private func python(_ installation: Installation) throws -> OutsideProgram {
        OutsideProgram(
            program: URL(fileURLWithPath: "/usr/bin/python3"),
            environment: ["MENDLOOP_AMQP_URL": try installation.stack.addresses().amqpURL()])
    }

    @Test("web form, WeChat and e-mail: redelivered, crashed and cut off from the broker, each report is one")
    func adapters() async throws {
        let installation = try await Installation.start(scale: 2)
        let desk = try IdentityDesk.of(installation.stack)
        let door = try await installation.services.startDoor()
        var addresses = [
            "MENDLOOP_AMQP_URL": try installation.stack.addresses().amqpURL(),
            "MENDLOOP_DOOR_URL": try #require(door.doorURL),
            "MENDLOOP_TOKEN": try BearerToken.make(
                for: "li.na", roles: ["agent"], until: Date().addingTimeInterval(3600),
                secret: try installation.stack.addresses().tokenSecret),
        ]
        for channel in ["web", "wechat", "email"] {
            let address = try await desk.add(.checked(.adapter, channel))
            addresses["MENDLOOP_\(channel.uppercased())_AMQP_URL"] = address
        }
        let python = OutsideProgram(program: URL(fileURLWithPath: "/usr/bin/python3"), environment: addresses)
        for tests in ["test_channel.py", "test_email.py", "test_wechat.py", "test_against_mendloop.py"] {
            let path = Self.examples.appending(path: "adapters/tests/\(tests)").path
            #expect(try await python.run([path]).status == 0, "\(tests)")
        }
        try await installation.stop()
    }

    @Test("an adapter's reports are all taken, once each, while intake and the broker die again and again")
    func manyReports() async throws {
        let count = TestTier.current == .soak ? 10_000 : 600
        let installation = try await Installation.start(scale: 2)
        let adapter = try python(installation)
        let path = Self.examples.appending(path: "adapters/tests/many_reports.py").path
        async let said = adapter.run([path, "\(count)", "1800"])
        let faults: [Fault] = [
            .crash(.intake, .afterCommit), .brokerKilled, .crash(.intake, .beforeReply), .brokerAway(.seconds(3)),
            .crash(.intake, .afterConsume), .frozen(.intake, .seconds(3)),
        ]
        for (index, fault) in faults.enumerated() { try await fault.apply(to: installation, seed: UInt64(index)) }
        let (status, output) = try await said
        #expect(status == 0)
        #expect(output == "\(count) \(count)\n")
        let intake = try await installation.totals().intake
        #expect(intake.requestsByStatus.values.reduce(0, +) == count)
        try await installation.stop()
    }

    @Test("the adapter's example reports a repair, again, to nowhere and wrongly, and hears what came of each")
    func reportRepair() async throws {
        let installation = try await Installation.start(scale: 2)
        let (status, output) = try await python(installation)
            .run([Self.examples.appending(path: "report_repair.py").path])
        #expect(status == 0)
        let lines = output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        try #require(lines.count == 4)
        #expect(lines[0][0] == "accepted" && lines[0][1].hasPrefix("WO-"))
        #expect(lines[1] == ["again", lines[0][1]])
        #expect(lines[2] == ["unroutable", "raised"])
        #expect(lines[3].prefix(2) == ["rejected", "/data/customer/phone"])
        try await installation.stop()
    }
}
