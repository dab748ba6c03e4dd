import DomainContracts
import Foundation
import Testing

@testable import JSONLogic

/// One line of a table of cases: an expression, its data, what it comes to.
struct LogicCase: Sendable, CustomTestStringConvertible {
    var logic: JSONValue
    var data: JSONValue
    var result: JSONValue

    init(_ logic: JSONValue, _ data: JSONValue, _ result: JSONValue) {
        (self.logic, self.data, self.result) = (logic, data, result)
    }

    init(_ line: String) {
        self.init(JSONValue.array([.null, .null, .null]), .null, .null)
        if case .array(let parts) = parse(line), parts.count == 3 { self.init(parts[0], parts[1], parts[2]) }
    }

    var testDescription: String { "\(logic) of \(data)" }
}

func parse(_ text: String) -> JSONValue {
    (try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))) ?? .string("not JSON: \(text)")
}

struct LogicTests {
    /// The language-independent cases that jsonlogic.com publishes, where they are at hand.
    static let published: [LogicCase] = {
        let folder = ProcessInfo.processInfo.environment["MENDLOOP_DATA"] ?? "../shared/data"
        guard let data = FileManager.default.contents(atPath: "\(folder)/jsonlogic/tests.json"),
            let cases = try? JSONDecoder().decode([JSONValue].self, from: data)
        else { return [] }
        return cases.compactMap {
            if case .array(let parts) = $0, parts.count == 3 { LogicCase(parts[0], parts[1], parts[2]) } else { nil }
        }
    }()

    @Test("a published case", .enabled(if: !published.isEmpty), arguments: published)
    func publishedCase(_ example: LogicCase) throws {
        #expect(try Logic(example.logic).value(example.data) == example.result)
    }

    @Test(
        "an operator does what the reference implementation does",
        arguments: [
            #"[{"==": [1, "1"]}, null, true]"#, #"[{"===": [1, "1"]}, null, false]"#,
            #"[{"==": [null, 0]}, null, false]"#, #"[{"==": [[1], 1]}, null, true]"#,
            #"[{"==": [[1], [1]]}, null, false]"#, #"[{"==": ["", 0]}, null, true]"#,
            #"[{"!=": [1, 2]}, null, true]"#, #"[{"!==": [1, "1"]}, null, true]"#,
            #"[{"===": [1, 1.0]}, null, true]"#, #"[{"==": [true, "1"]}, null, true]"#,
            #"[{">": [2, 1]}, null, true]"#, #"[{">=": ["10", 9]}, null, true]"#,
            #"[{"<": ["10", "9"]}, null, true]"#, #"[{"<": ["b", 1]}, null, false]"#,
            #"[{"<": [1, 2, 3]}, null, true]"#, #"[{"<": [1, 1, 3]}, null, false]"#,
            #"[{"<=": [1, 1, 3]}, null, true]"#, #"[{">": [1]}, null, false]"#,
            #"[{"!": [[]]}, null, true]"#, #"[{"!": "a"}, null, false]"#, #"[{"!!": ["0"]}, null, true]"#,
            #"[{"or": [0, "", "x"]}, null, "x"]"#, #"[{"and": [1, [], 3]}, null, []]"#,
            #"[{"and": [1, 2]}, null, 2]"#, #"[{"?:": [true, 1, 2]}, null, 1]"#,
            #"[{"max": [1, 3, 2]}, null, 3]"#, #"[{"min": [1, "0.5", 2]}, null, 0.5]"#,
            #"[{"+": [1, "2 apples", 3]}, null, 6]"#, #"[{"-": [5]}, null, -5]"#, #"[{"-": [5, "2"]}, null, 3]"#,
            #"[{"*": [2, "3", 4]}, null, 24]"#, #"[{"/": [1, 4]}, null, 0.25]"#, #"[{"%": [101, 2]}, null, 1]"#,
            #"[{"+": "1e2"}, null, 100]"#, #"[{"-": [" 0x10 ", 0]}, null, 16]"#,
            #"[{"in": ["ring", "Springfield"]}, null, true]"#, #"[{"in": [1, ["1", 2]]}, null, false]"#,
            #"[{"in": ["a", null]}, null, false]"#, #"[{"in": ["水", "漏水"]}, null, true]"#,
            #"[{"cat": ["I love ", 3, " pies", null]}, null, "I love 3 pies"]"#,
            #"[{"substr": ["jsonlogic", 4]}, null, "logic"]"#, #"[{"substr": ["jsonlogic", -5]}, null, "logic"]"#,
            #"[{"substr": ["jsonlogic", 1, 3]}, null, "son"]"#, #"[{"substr": ["jsonlogic", 4, -2]}, null, "log"]"#,
            #"[{"substr": ["jsonlogic", 40]}, null, ""]"#,
            #"[{"map": [{"var": "n"}, {"*": [{"var": ""}, 2]}]}, {"n": [1, 2]}, [2, 4]]"#,
            #"[{"filter": [{"var": "n"}, {"%": [{"var": ""}, 2]}]}, {"n": [1, 2, 3]}, [1, 3]]"#,
            #"[{"reduce": [{"var": "n"}, {"+": [{"var": "current"}, {"var": "accumulator"}]}, 10]}, {"n": [1, 2]}, 13]"#,
            #"[{"all": [[], true]}, null, false]"#, #"[{"none": [[], true]}, null, true]"#,
            #"[{"some": [{"var": "n"}, {">": [{"var": "a"}, 1]}]}, {"n": [{"a": 1}, {"a": 2}]}, true]"#,
            #"[{"var": "a.b.1"}, {"a": {"b": [5, 6]}}, 6]"#, #"[{"var": ["a.z", "else"]}, {"a": {}}, "else"]"#,
            #"[{"var": 1}, ["x", "y"], "y"]"#, #"[{"var": ""}, 7, 7]"#, #"[{"var": "a"}, {"a": null}, null]"#,
            #"[{"missing_some": [1, ["a", "b"]]}, {"a": 1}, []]"#,
            #"[{"missing_some": [2, ["a", "b", "c"]]}, {"a": 1}, ["b", "c"]]"#,
            #"[{"merge": [1, [2, [3]]]}, null, [1, 2, [3]]]"#, #"[{"log": "apple"}, null, "apple"]"#,
            #"[{"a": 1, "b": 2}, null, {"a": 1, "b": 2}]"#, #"["plain", null, "plain"]"#,
            #"[[1, {"var": "x"}], {"x": 2}, [1, 2]]"#,
        ])
    func operators(_ line: String) throws {
        let example = LogicCase(line)
        #expect(try Logic(example.logic).value(example.data) == example.result)
    }

    @Test("a malformed expression is refused with a pointer to each fault")
    func pointers() throws {
        let logic = parse(
            #"{"and": [{"==": [{"var": "job.priorty"}, 1]}, {"a/b": 1}, {"var": {"cat": ["x", "y"]}}, {"missing": ["z"]}]}"#
        )
        let problems = #expect(throws: LogicProblems.self) {
            try Logic(logic, at: "/data/hard/0/must", vocabulary: Words())
        }
        #expect(
            problems?.list.map(\.pointer) == [
                "/data/hard/0/must/and/0/==/0/var", "/data/hard/0/must/and/1/a~1b", "/data/hard/0/must/and/2/var",
                "/data/hard/0/must/and/3/missing",
            ])
        #expect(problems?.list.map(\.code) == ["path", "operator", "path", "path"])
    }

    private struct Words: LogicVocabulary {
        func knows(_ path: String) -> Bool { path == "job.priority" }
        func values(of path: String) -> [String]? { path == "job.priority" ? ["p1", "p2"] : nil }
    }

    @Test("a comparison that could never hold is refused, whichever way it is written")
    func neverHolds() throws {
        let logic = parse(
            #"""
            {"or": [{"==": [{"var": "job.priority"}, "P1"]}, {"!=": ["p3", {"var": "job.priority"}]},
                    {"in": [{"var": "job.priority"}, ["p1", "high"]]}, {"==": [{"var": "job.priority"}, "p2"]}]}
            """#)
        let problems = #expect(throws: LogicProblems.self) { try Logic(logic, vocabulary: Words()) }
        #expect(problems?.list.map(\.pointer) == ["/or/0/==/1", "/or/1/!=/0", "/or/2/in/1"])
        #expect(problems?.list.first?.detail == "job.priority is one of p1, p2")
    }

    @Test("what stands deeper than anybody writes is refused")
    func depth() {
        var logic = JSONValue.bool(true)
        for _ in 0..<100 { logic = .object(["!": .array([logic])]) }
        #expect(throws: LogicProblems.self) { try Logic(logic) }
    }

    @Test("what an expression reads are the paths of the data, not those of a list's elements")
    func reads() throws {
        let logic = try Logic(
            parse(
                #"{"if": [{"missing": ["a", "b.c"]}, {"some": [{"var": "list"}, {"var": "inner"}]}, {"var": ["d", 1]}]}"#
            ))
        #expect(logic.reads == ["a", "b.c", "list", "d"])
    }

    @Test("a number is one only when it is finite")
    func numbers() throws {
        #expect(try Logic(parse(#"{"*": [1.5, 4]}"#)).number(.null) == 6)
        #expect(try Logic(parse(#"{"/": [1, 0]}"#)).number(.null) == nil)
        #expect(try Logic(parse(#"{"cat": ["x"]}"#)).number(.null) == nil)
    }
}
