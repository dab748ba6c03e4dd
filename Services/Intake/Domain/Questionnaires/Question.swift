import DomainContracts
import FoundationEssentials

/// One question, and what answers it.
struct Question: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case text(characters: ClosedRange<Int>)
        case choice([String])
        case choices([String], count: ClosedRange<Int>)
        case number(least: Double?, most: Double?)
        case integer(least: Int?, most: Int?)
        case flag
        case day
    }

    let name: String
    let kind: Kind
    let isRequired: Bool

    /// What is wrong with an answer; nil when nothing is.
    func problem(with answer: JSONValue, at pointer: String) -> FieldProblem? {
        func wrong(_ code: String, _ expected: String) -> FieldProblem {
            FieldProblem(pointer, code, "expected \(expected)")
        }
        switch (kind, answer) {
        case (.text(let characters), .string(let text)):
            return characters.contains(text.count)
                ? nil : wrong("length", "\(characters.lowerBound) to \(characters.upperBound) characters")
        case (.text, _): return wrong("type", "a text")
        case (.choice(let choices), .string(let text)) where choices.contains(text): return nil
        case (.choice(let choices), _): return wrong("unknown-value", "one of \(choices.joined(separator: ", "))")
        case (.choices(let choices, let count), .array(let items)):
            let known = items.filter { if case .string(let text) = $0 { choices.contains(text) } else { false } }
            guard known.count == items.count, Set(items).count == items.count else {
                return wrong("unknown-value", "each once of \(choices.joined(separator: ", "))")
            }
            return count.contains(items.count)
                ? nil : wrong("length", "\(count.lowerBound) to \(count.upperBound) of them")
        case (.choices, _): return wrong("type", "a list")
        case (.integer(let least, let most), .int(let number)):
            return number >= least ?? .min && number <= most ?? .max
                ? nil : wrong("out-of-range", "\(Self.range(least, most))")
        case (.integer, _): return wrong("type", "a whole number")
        case (.number(let least, let most), .int(let number)):
            return Self.holds(Double(number), least, most) ? nil : wrong("out-of-range", Self.range(least, most))
        case (.number(let least, let most), .number(let number)):
            return Self.holds(number, least, most) ? nil : wrong("out-of-range", Self.range(least, most))
        case (.number, _): return wrong("type", "a number")
        case (.flag, .bool): return nil
        case (.flag, _): return wrong("type", "true or false")
        case (.day, .string(let text)) where CalendarDay(text) != nil: return nil
        case (.day, _): return wrong("format", "a day such as 2026-11-21")
        }
    }

    private static func holds(_ number: Double, _ least: Double?, _ most: Double?) -> Bool {
        number >= least ?? -.infinity && number <= most ?? .infinity
    }

    private static func range<N>(_ least: N?, _ most: N?) -> String {
        [least.map { "at least \($0)" }, most.map { "at most \($0)" }].compactMap { $0 }.joined(separator: ", ")
    }
}

/// A report's answers beside what was asked.
struct AnswerSheet: Sendable, Equatable {
    /// Of the questionnaire that was in force; nil where nothing was asked.
    var questionnaireVersion: Int?
    /// Answers that are none, by pointer into the report.
    var problems: [FieldProblem] = []
    /// Pointers to what was asked for and is not answered.
    var missing: [String] = []

    static let pointer = "/data/answers"

    /// Nothing was asked.
    init() {}

    init(_ answers: JSONValue?, to questions: [Question], version: Int) {
        questionnaireVersion = version
        guard case .object(let given) = answers ?? .object([:]) else {
            problems = [FieldProblem(Self.pointer, "type", "expected an object of answers by name")]
            return
        }
        for question in questions {
            let pointer = "\(Self.pointer)/\(question.name)"
            if let answer = given[question.name], answer != .null {
                if let problem = question.problem(with: answer, at: pointer) { problems.append(problem) }
            } else if question.isRequired {
                missing.append(pointer)
            }
        }
    }
}
