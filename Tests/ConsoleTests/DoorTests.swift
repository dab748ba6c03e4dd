import AMQP
import Crypto
import DomainContracts
import FlyingFox
import FlyingSocks
import Foundation
import Logging
import Postgres
import ServiceKit
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
            let deleted = try await send(door.request(.DELETE, path))
            #expect(deleted.status == 405 && deleted.headers["allow"] == "GET")
            #expect(deleted.headers["x-request-id"].flatMap { UUID(uuidString: $0) } != nil)
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
