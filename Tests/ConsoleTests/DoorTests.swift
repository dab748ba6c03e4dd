import AMQP
import Crypto
import DomainContracts
import FlyingFox
import FlyingSocks
import Foundation
import Logging
import Postgres
import ServiceKit
import Synchronization
import Testing

@testable import Console

/// The door itself, before a broker that is not there: what it lets in, and how it turns others away.
@Suite("The HTTP door") struct DoorTests {
    private let door = DoorBench()

    @Test("each way of being turned away has its status, its problem and its headers")
    func turnedAway() async throws {
        try await door.withDoor { send in
            let path = "/v1/intake/totals"
            let nobody = try await send(door.request(.GET, path))
            #expect(nobody.status == 401 && nobody.headers["www-authenticate"] == "Bearer")
            #expect(nobody.headers["content-type"] == "application/problem+json")
            #expect(try await send(door.request(.GET, path, headers: ["Authorization": "Bearer x"])).status == 401)
            #expect(
                try await send(door.request(.GET, path, headers: door.bearer(["manager"], lasting: -3600))).status
                    == 401)
            let agent = try await send(door.request(.GET, path, headers: door.bearer(["agent"])))
            #expect(agent.status == 403)
            #expect(try agent.problem().detail == "one of admin, manager")
            #expect(try await send(door.request(.GET, "/v1/nowhere")).status == 404)
            for method: HTTPMethod in [.DELETE, "QUERY", "PROPFIND"] {
                let turnedAway = try await send(door.request(method, path))
                #expect(turnedAway.status == 405 && turnedAway.headers["allow"] == "GET", "\(method)")
                #expect(turnedAway.headers["x-request-id"].flatMap { UUID(uuidString: $0) } != nil)
            }
        }
    }

    @Test("a body is JSON, small enough, and has what the message needs; the pointers are into the body")
    func bodies() async throws {
        try await door.withDoor { send in
            let path = "/v1/intake/hold"
            let token = try door.bearer(["agent"])
            let text = try await send(
                door.request(.POST, path, "{}", headers: token.merging(["Content-Type": "text/plain"]) { $1 }))
            #expect(text.status == 415)
            #expect(try await send(door.request(.POST, path, "[]", headers: token)).problem().code == "undecodable")
            #expect(try await send(door.request(.POST, path, "{", headers: token)).status == 400)
            let empty = try await send(door.request(.POST, path, "{}", headers: token))
            #expect(empty.status == 422)
            #expect(try empty.problem().errors.map(\.pointer) == ["/workOrderId"])
            let large = String(repeating: " ", count: HTTPDoor.mostBytes + 1)
            #expect(try await send(door.request(.POST, path, large, headers: token)).status == 413)
            let key = token.merging(["Idempotency-Key": "two words"]) { $1 }
            let body = #"{"workOrderId":"\#(UUID().text)","reason":"customer_wish","resumeOn":"2026-12-01T00:00:00Z"}"#
            let keyed = try await send(door.request(.POST, path, body, headers: key))
            #expect(try keyed.problem().errors.map(\.pointer) == ["/headers/Idempotency-Key"])
        }
    }

    @Test("If-Match is one version, of a command that heeds one, and not at odds with the body")
    func preconditions() async throws {
        try await door.withDoor { send in
            let agent = try door.bearer(["agent"])
            let hold = #"{"workOrderId":"\#(UUID().text)","reason":"customer_wish","resumeOn":"2026-12-01T00:00:00Z"}"#
            func code(_ path: String, _ body: String, _ tag: String) async throws -> String? {
                let headers = agent.merging(["If-Match": tag]) { $1 }
                let error = try await send(door.request(.POST, path, body, headers: headers)).problem().errors.first
                return error?.pointer == "/headers/If-Match" ? error?.code : nil
            }
            for tag in ["3", "\"three\"", "W/\"3\"", "\"", "*", "\"3\", \"4\""] {
                #expect(try await code("/v1/intake/hold", hold, tag) == "format", "\(tag)")
            }
            let said = hold.replacing("{\"work", with: "{\"expectedVersion\":4,\"work")
            #expect(try await code("/v1/intake/hold", said, "\"3\"") == "contradiction")
            // One that holds goes on to the broker, which is away.
            #expect(try await code("/v1/intake/hold", said, "\"4\"") == nil)
            #expect(try await code("/v1/intake/append-message", "{}", "\"3\"") == "unexpected")
        }
    }

    @Test("without a token a key is one that nobody else comes upon; with one it is the person's own")
    func keys() async throws {
        func id(_ key: String?, _ subject: String?) throws -> String {
            let exchange = Exchange(
                method: "POST", path: [], query: [], headers: key.map { ["idempotency-key": $0] } ?? [:], address: "")
            let principal = subject.map { Principal(subject: $0, roles: [.agent]) }
            return try Call(exchange: exchange, parameters: [:], principal: principal, id: "request").keyAmongMany()
        }
        #expect(throws: Problem.self) { try id("order-1", nil) }
        let key = UUID().text
        #expect(try id(key, nil) == key)
        for subject in [nil, "li"] { #expect(try id(nil, subject) == "request") }
        let own = try id("order-1", "li")
        #expect(try id("order-1", "li") == own)
        #expect(try id("order-1", "wu") != own)
        #expect(try id("order-2", "li") != own)
    }

    @Test("no link's token stands in the log")
    func noTokens() async throws {
        let lines = Mutex<String>("")
        let output = LogOutput { line in lines.withLock { $0 += line } }
        let logger = Logger(label: "door") {
            JSONLogHandler(label: $0, service: "console", instance: "a-1", level: .trace, output: output)
        }
        try await door.withDoor(logger: logger) { send async throws in
            for path in ["/v1/follow/abc123", "/v1/files/abc123", "/v1/folow/abc123"] {
                #expect(try await send(door.request(.GET, path)).status >= 400)
            }
        }
        lines.withLock {
            #expect($0.contains("/v1/follow/{token}") && $0.contains("no route's"))
            #expect(!$0.contains("abc123"))
        }
    }

    @Test("a service report is shown by the link by which it is confirmed, and by no other")
    func serviceReport() async throws {
        let links = LinkSigner(secret: DoorBench.secret)
        let later = Date().addingTimeInterval(60)
        let (own, other) = (
            links.token(for: ConfirmCompletion.self, about: UUID(), expires: later),
            links.token(for: DisputeCompletion.self, about: UUID(), expires: later)
        )
        let over = links.token(for: ConfirmCompletion.self, about: UUID(), expires: Date().addingTimeInterval(-60))
        try await door.withDoor { send async throws in
            for token in [other, over, "x"] {
                #expect(try await send(door.request(.GET, "/v1/service-report/\(token)")).status == 404)
            }
            // Asked for: the broker is away.
            #expect(try await send(door.request(.GET, "/v1/service-report/\(own)")).status >= 500)
        }
    }

    @Test("without a token nobody is taken for a channel's user, who could be anybody")
    func channelUsers() async throws {
        try await door.withDoor { send in
            let report = #"{"customer":{"channelUserId":"oX3kd"},"problem":"x"}"#
            let reported = try await send(door.request(.POST, "/v1/reports", report))
            #expect(try reported.problem().errors.map(\.pointer) == ["/customer/channelUserId"])
            let cancel = #"{"workOrderId":"\#(UUID().text)","reason":"customer_request","channelUserId":"oX3kd"}"#
            let cancelled = try await send(door.request(.POST, "/v1/customer/cancel", cancel))
            #expect(try cancelled.problem().errors.map(\.pointer) == ["/channelUserId"])
        }
    }

    @Test("with the database away, nothing can be looked up, and that is said")
    func databaseAway() async throws {
        let pool = PostgresPool(
            PostgresConfiguration(url: "postgresql://nobody@127.0.0.1:1/none", applicationName: "test", poolSize: 1))
        try await door.withDoor(readModels: ReadModels(pool: pool)) { send in
            let headers = try door.bearer(["agent"]).merging(["Accept-Language": "zh"]) { $1 }
            var request = door.request(.GET, "/v1/console/interactions", headers: headers)
            request.query = [.init(name: "workOrderNumber", value: "WO-1")]
            let away = try await send(request)
            #expect(away.status == 503)
            #expect(try away.problem().code == "read-models-away")
            #expect(try away.problem().title == "暂时无法查询，指令照常执行")
            let engineer = try door.bearer(["engineer"])
            let overview = try await send(door.request(.GET, "/v1/console/customer-360", headers: engineer))
            #expect(overview.status == 403)
        }
        await pool.close()
    }

    @Test(
        "a wait is asked for as RFC 7240 has it, and bounded",
        arguments: [
            ("wait=2", 2), ("respond-async, wait=3; foo", 3), ("Wait = 4", 4), ("wait=600", 10), ("wait=0", nil),
            ("wait=soon", nil), ("return=minimal", nil), ("", nil),
        ] as [(String, Int?)])
    func preferences(_ header: String, _ seconds: Int?) {
        let exchange = Exchange(
            method: "POST", path: [], query: [], headers: ["prefer": header], body: Data(), address: "")
        #expect(Call(exchange: exchange, parameters: [:], principal: nil, id: "").preferredWait == seconds)
    }

    @Test("problems are put into the reader's language")
    func languages() async throws {
        try await door.withDoor { send in
            let chinese = try await send(door.request(.GET, "/v1/nowhere", headers: ["Accept-Language": "zh-CN"]))
            #expect(chinese.headers["content-language"] == "zh-Hans")
            #expect(try chinese.problem().title == "不存在")
        }
    }

    @Test("whoever asks too often is told when to come again")
    func tooOften() async throws {
        // So few that none becomes free meanwhile.
        try await door.withDoor(requestsAMinute: 1) { send in
            for _ in 0..<10 { #expect(try await send(door.request(.GET, "/v1/follow/x")).status == 404) }
            let late = try await send(door.request(.GET, "/v1/follow/x"))
            #expect(late.status == 429)
            let wait = try #require(late.headers["retry-after"].flatMap { Int($0) })
            #expect((1...60).contains(wait))
            // A person with a token is counted for himself.
            #expect(
                try await send(door.request(.GET, "/v1/intake/totals", headers: door.bearer(["agent"]))).status == 403)
        }
    }

    @Test("a broker that is away is said, and nothing hangs")
    func away() async throws {
        try await door.withDoor { send in
            let answer = try await send(door.request(.GET, "/v1/intake/totals", headers: door.bearer(["manager"])))
            #expect(answer.status == 503 || answer.status == 504)
        }
    }
}
