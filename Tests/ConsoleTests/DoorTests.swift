import AMQP
import Crypto
import DomainContracts
import FlyingFox
import FlyingSocks
import Foundation
import Logging
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
