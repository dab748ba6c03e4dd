import DomainContracts
import Foundation
import Logging
import Synchronization
import Testing

@testable import ServiceKit

@Suite("JSON logs")
struct JSONLogHandlerTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
        var output: LogOutput { LogOutput { line in self.all.withLock { $0.append(line) } } }
    }

    private func logged(_ level: Logger.Level = .trace, _ body: (Logger) -> Void) throws -> [[String: Any]] {
        let lines = Lines()
        let logger = Logger(label: "outbox") { label in
            JSONLogHandler(label: label, service: "intake", instance: "a-1", level: level, output: lines.output)
        }
        body(logger)
        return try lines.all.withLock { $0 }.map { line in
            #expect(line.last == "\n" && line.dropLast().allSatisfy { !$0.isNewline })
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return try #require(object as? [String: Any])
        }
    }

    @Test("a line has time, level, service, instance, logger, message and its metadata")
    func members() throws {
        let line = try #require(
            try logged { $0.info("published", metadata: ["messageId": "42", "count": "\(3)"]) }.first)
        #expect(line["level"] as? String == "info")
        #expect(line["service"] as? String == "intake")
        #expect(line["instance"] as? String == "a-1")
        #expect(line["logger"] as? String == "outbox")
        #expect(line["message"] as? String == "published")
        #expect(line["messageId"] as? String == "42")
        #expect(RFC3339.parse(line["time"] as? String ?? "") != nil)
        #expect(line["omitted"] == nil)
    }

    @Test("whatever the text holds, the line stays one line of valid JSON")
    func escapes() throws {
        let text = "a\"b\\c\nd\r\te\u{0}\u{1b}f\u{2028}漏油 👩‍🔧"
        let line = try #require(try logged { $0.info("\(text)", metadata: ["k\"\n": "\(text)"]) }.first)
        #expect(line["message"] as? String == text)
        #expect(line["k\"\n"] as? String == text)
    }

    @Test("personal data under its usual keys is left out at every depth, and its keys are named")
    func personalData() throws {
        let line = try #require(
            try logged { logger in
                logger.info(
                    "x",
                    metadata: [
                        "name": "王敏", "customer_phone": "13800138000", "E-Mail": "m@example.org", "workOrderId": "7",
                        "site": ["address": "北京市朝阳区", "regionCode": "110105"], "list": [["mobile": "139", "id": "8"]],
                        "accessToken": "abc", "payload": "{}",
                    ])
            }.first)
        let text = "\(line)"
        for leaked in ["王敏", "13800138000", "example.org", "北京市", "139", "abc"] { #expect(!text.contains(leaked)) }
        #expect(line["workOrderId"] as? String == "7")
        #expect((line["site"] as? [String: String]) == ["regionCode": "110105"])
        #expect(
            Set(line["omitted"] as? [String] ?? [])
                == ["name", "customer_phone", "E-Mail", "address", "mobile", "accessToken", "payload"])
    }

    @Test("metadata cannot overwrite the line's own members")
    func reserved() throws {
        let line = try #require(try logged { $0.info("x", metadata: ["service": "evil", "level": "critical"]) }.first)
        #expect(line["service"] as? String == "intake")
        #expect(line["level"] as? String == "info")
        #expect(line["service_"] as? String == "evil")
    }

    @Test("what is below the level is not written, and a logger's own metadata yields to the call's")
    func levelsAndMerging() throws {
        let lines = try logged(.info) { logger in
            var logger = logger
            logger[metadataKey: "copy"] = "1"
            logger.debug("quiet")
            logger.warning("loud", metadata: ["copy": "2"])
        }
        #expect(lines.count == 1)
        #expect(lines.first?["copy"] as? String == "2")
        #expect((lines.first?["source"] as? String)?.contains("ServiceKitTests") == true)
    }
}
