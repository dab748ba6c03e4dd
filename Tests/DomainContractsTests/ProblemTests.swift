import DomainContracts
import Foundation
import Testing

@Suite("Problems tell the sender which member is at fault")
struct ProblemTests {
    @Test(
        "the pointer leads to the member",
        arguments: [
            (#"{"specversion":"1.0","id":"1","source":"/s","type":"t","data":{}}"#, "/data/channel", "required"),
            (#"{"specversion":"1.0","id":"1","source":"/s","type":"t"}"#, "/data", "required"),
            (
                #"{"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"channel":null}}"#, "/data/channel",
                "required"
            ),
            (#"{"specversion":"1.0","source":"/s","type":"t","data":{"channel":"web"}}"#, "/id", "required"),
            (#"{"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"channel":7}}"#, "/data/channel", "type"),
            (
                #"{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"soon","data":{"channel":"web"}}"#,
                "/time", "invalid"
            ),
            (
                #"{"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"channel":"web","customer":{"phone":1}}}"#,
                "/data/customer/phone", "type"
            ),
            (
                #"{"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"channel":"web","preferredWindows":[{"#
                    + #""start":"2026-11-22T01:00:00Z","end":"later"}]}}"#, "/data/preferredWindows/0/end", "invalid"
            ),
        ])
    func pointers(_ json: String, _ pointer: String, _ code: String) throws {
        let error = #expect(throws: DecodingError.self) {
            try WireJSON.decoder().decode(CloudEvent<ReportRepair>.self, from: Data(json.utf8))
        }
        let problem = WireJSON.problem(from: try #require(error))
        #expect(problem.code == "invalid-message")
        #expect(problem.status == 422)
        #expect(problem.type == "urn:mendloop:problem:invalid-message")
        #expect(problem.errors.map(\.pointer) == [pointer])
        #expect(problem.errors.map(\.code) == [code])
    }

    @Test("a body that is no JSON object is undecodable as a whole", arguments: ["", "{", "7", "[1]", "\u{1}"])
    func undecodable(_ body: String) throws {
        let error = #expect(throws: DecodingError.self) {
            try WireJSON.decoder().decode(CloudEvent<ReportRepair>.self, from: Data(body.utf8))
        }
        let problem = WireJSON.problem(from: try #require(error))
        #expect(problem.code == "undecodable")
        #expect(problem.status == 400)
        #expect(problem.errors.isEmpty)
    }
}
