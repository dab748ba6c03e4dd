import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

struct QuestionnaireTests {
    var intake = IntakeBench()

    private static func json(_ text: String) throws -> JSONValue {
        try WireJSON.decoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    private static func question(_ members: String) -> String {
        #"{"type": "object", "properties": {"q": {"x-label": {"zh-Hans": "问", "en": "Ask"}, \#(members)}}}"#
    }

    private static let schema = #"""
        {"type": "object", "required": ["age", "where"], "properties": {
            "age": {"type": "integer", "minimum": 0, "maximum": 60, "x-label": {"zh-Hans": "几年", "en": "Age"}},
            "where": {"type": "string", "enum": ["indoors", "outdoors"], "x-label": {"zh-Hans": "哪里", "en": "Where"}},
            "since": {"type": "string", "format": "date", "x-label": {"zh-Hans": "何时", "en": "Since"}}}}
        """#

    @discardableResult
    private mutating func publish(
        _ schema: String?, for type: ServiceType = .repair, expecting version: Int? = nil
    ) throws -> Acknowledgement {
        try intake.bench.send(
            PublishQuestionnaire(serviceType: type, schema: try schema.map(Self.json), expectedVersion: version),
            to: PublishAQuestionnaire())
    }

    @Test("what is required and not answered makes a request incomplete, and an agent's answers complete it")
    mutating func required() throws {
        #expect(try publish(Self.schema).version == 1)
        var report = ReportRepair.full
        report.answers = try Self.json(#"{"age": 3, "mood": "bad"}"#)
        let request = try intake.report(report).requestId
        let told = try #require(intake.bench.last(RequestIncomplete.self))
        #expect(told.missing == ["/data/answers/where"])
        let completed = try intake.bench.send(
            CompleteRequest(requestId: request, answers: try Self.json(#"{"where": "outdoors"}"#)),
            to: CompleteIncompleteRequest(links: IntakeBench.links))
        #expect(completed.workOrderId != nil)
        let kept = try #require(intake.bench.state(ServiceRequest.self, request))
        #expect(kept.report.answers == (try Self.json(#"{"age": 3, "mood": "bad", "where": "outdoors"}"#)))
        #expect(kept.questionnaireVersion == 1)
    }

    @Test("an answer that is none is refused with its pointer; what is not asked of this service type is not looked at")
    mutating func invalid() throws {
        try publish(Self.schema)
        var report = ReportRepair.full
        report.answers = try Self.json(#"{"age": 61, "where": "above", "since": "yesterday"}"#)
        let problem = try refusal { try intake.report(report) }
        #expect(
            problem.errors.map { "\($0.pointer) \($0.code)" } == [
                "/data/answers/age out-of-range", "/data/answers/since format", "/data/answers/where unknown-value",
            ])
        report.serviceType = .inspection
        #expect(try intake.opened(report).brief.serviceType == .inspection)
        report.serviceType = .repair
        report.answers = .string("x")
        #expect(try refusal { try intake.report(report, id: "r-2") }.errors.map(\.pointer) == ["/data/answers"])
    }

    @Test("versions follow one another; the same again is none; nothing asked is a version too")
    mutating func versions() throws {
        try publish(Self.schema)
        #expect(try publish(Self.schema, expecting: 1).version == 1)
        #expect(try refusal { try publish(nil, expecting: 0) }.code == "questionnaire-changed")
        #expect(try publish(nil, expecting: 1).status == "not_asked")
        #expect(intake.bench.all(QuestionnaireChanged.self).map(\.questionnaireVersion) == [1, 2])
        #expect(try intake.opened().status == .pendingDispatch)
    }

    @Test(
        "what is wrong with a schema is named",
        arguments: [
            (#"{"type": "array"}"#, ["/data/schema/type", "/data/schema/properties"]),
            (question(#""type": "string", "pattern": "(a+)+""#), ["/data/schema/properties/q/pattern"]),
            (question(#""type": "object""#), ["/data/schema/properties/q/type"]),
            (question(#""type": "string", "enum": []"#), ["/data/schema/properties/q/enum"]),
            (question(#""type": "string", "minLength": 9, "maxLength": 3"#), ["/data/schema/properties/q/maxLength"]),
            (question(#""type": "array", "items": {"type": "string"}"#), ["/data/schema/properties/q/items/enum"]),
            (
                #"{"type": "object", "properties": {"1st": {"type": "boolean"}}, "required": ["x"]}"#,
                ["/data/schema/required/0", "/data/schema/properties/1st", "/data/schema/properties/1st/x-label"]
            ),
        ])
    mutating func schemaProblems(schema: String, pointers: [String]) throws {
        #expect(try refusal { try publish(schema) }.errors.map(\.pointer) == pointers)
    }

    @Test(
        "what answers a question, and what does not",
        arguments: [
            (#""type": "string", "maxLength": 3"#, ["\"漏油了\"", "\"\""], ["\"漏油很多\"", "3"]),
            (#""type": "number", "minimum": 0.5"#, ["0.5", "7"], ["0.4", "true"]),
            (#""type": "boolean""#, ["false"], ["\"no\"", "0"]),
            (
                #""type": "array", "minItems": 1, "items": {"type": "string", "enum": ["a", "b"]}"#,
                [#"["b", "a"]"#], ["[]", #"["c"]"#, #"["a", "a"]"#, "\"a\""]
            ),
        ])
    func answers(members: String, good: [String], bad: [String]) throws {
        let question = try #require(try QuestionnaireReader.questions(try Self.json(Self.question(members))).first)
        for answer in good { #expect(question.problem(with: try Self.json(answer), at: "/q") == nil) }
        for answer in bad { #expect(question.problem(with: try Self.json(answer), at: "/q") != nil) }
    }
}
