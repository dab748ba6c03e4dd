import AMQP
import DomainContracts
import Foundation
import Testing

@testable import ServiceKit

@Suite("What somebody is told whose question failed") struct ProblemOfFailureTests {
    private struct Broken: Error, CustomStringConvertible { let description = "column “secret” of relation" }

    @Test("his own fault is told with its place; ours only as ours")
    func told() {
        let refusal = Refusal.invalid("/data/limit", "out-of-range", "from 1 to 100")
        #expect(Problem(answering: refusal) == refusal.problem)
        let undecodable = #expect(throws: DecodingError.self) {
            _ = try WireJSON.decoder().decode(ReplayLedger.self, from: Data(#"{"book": 1}"#.utf8))
        }
        #expect(undecodable.map { Problem(answering: $0).status } == 422)
        #expect(Problem(answering: CancellationError()).status == 503)
        let ours = Problem(answering: Broken())
        #expect(ours.status == 500 && !"\(ours)".contains("secret"))
    }

    @Test(
        "a text with a null character is refused with its place, in whichever way it is sent; one that looks like it is not"
    )
    func nullCharacters() throws {
        func refused(_ data: String, binary: Bool = false) -> [String] {
            let (type, body) =
                binary
                ? ("application/json", data)
                : (
                    "application/cloudevents+json",
                    #"{"specversion":"1.0","id":"1","source":"/x","type":"mendloop.x.y.v1","data":\#(data)}"#
                )
            let headers: [String: AMQPValue] = [
                "ce-id": .string("1"), "ce-source": .string("/x"), "ce-type": .string("mendloop.x.y.v1"),
                "ce-specversion": .string("1.0"),
            ]
            let message = IncomingMessage(
                routingKey: "x.y", properties: AMQPProperties(contentType: type, headers: binary ? headers : [:]),
                body: Array(body.utf8))
            do {
                try message.refuseNullCharacter()
                return []
            } catch {
                return (error as? Refusal)?.problem.errors.map(\.pointer) ?? ["\(error)"]
            }
        }
        for binary in [false, true] {
            #expect(refused(#"{"a":[{"b":"x\u0000y"}]}"#, binary: binary) == ["/data/a/0/b"])
            #expect(refused(#"{"a":{"x\u0000":1}}"#, binary: binary) == ["/data/a"])
            #expect(refused(#"{"a":"x\\u0000y","b":"\u0001"}"#, binary: binary) == [])
        }
    }
}
