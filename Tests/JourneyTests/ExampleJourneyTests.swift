import Foundation
import ServiceTesting
import Testing

@Suite("The examples", .slow, .serialized)
struct ExampleJourneyTests {
    @Test("the adapter's example reports a repair, again, to nowhere and wrongly, and hears what came of each")
    func reportRepair() async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let installation = try await Installation.start(scale: 2)
        // Debian's own Python: the tests' set-up gives it pika.
        let python = OutsideProgram(
            program: URL(fileURLWithPath: "/usr/bin/python3"),
            environment: ["MENDLOOP_AMQP_URL": try installation.stack.addresses().amqpURL()])
        let (status, output) = try await python.run([root.appending(path: "examples/report_repair.py").path])
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
