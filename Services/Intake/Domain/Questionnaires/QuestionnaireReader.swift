import DomainContracts
import FoundationEssentials

/// Reads the questions of a JSON Schema, collecting what is wrong with it. Of JSON Schema 2020-12 it knows what a form can show;
/// a keyword that it does not know is refused, since it would not be kept.
struct QuestionnaireReader {
    private var problems: [FieldProblem] = []

    static let mostQuestions = 60
    static let mostChoices = 100
    static let mostCharacters = 4_000
    static let languages = ["zh-Hans", "en"]

    private static let schemaKeywords: Set = [
        "$schema", "type", "properties", "required", "title", "description", "x-order",
    ]
    private static let questionKeywords: Set = [
        "type", "enum", "minimum", "maximum", "minLength", "maxLength", "format", "items", "minItems", "maxItems",
        "uniqueItems", "x-label", "x-help",
    ]

    /// The questions, by name.
    ///
    /// - Throws: all that is wrong, with pointers below `pointer`.
    static func questions(
        _ schema: JSONValue, at pointer: String = "/data/schema"
    ) throws(DocumentProblems) -> [Question] {
        var reader = QuestionnaireReader()
        let questions = reader.read(schema, at: pointer)
        guard reader.problems.isEmpty else { throw DocumentProblems(list: reader.problems) }
        return questions
    }

    private mutating func read(_ schema: JSONValue, at pointer: String) -> [Question] {
        guard let members = object(schema, at: pointer, knowing: Self.schemaKeywords) else { return [] }
        if members["type"] != .string("object") { complain("\(pointer)/type", "unknown-value", "expected \"object\"") }
        guard case .object(let properties)? = members["properties"], !properties.isEmpty else {
            complain("\(pointer)/properties", "required", "expected at least one question")
            return []
        }
        if properties.count > Self.mostQuestions {
            complain("\(pointer)/properties", "length", "expected at most \(Self.mostQuestions) questions")
        }
        var required: Set<String> = []
        for (index, name) in list(members["required"], at: "\(pointer)/required").enumerated() {
            if properties[name] == nil {
                complain("\(pointer)/required/\(index)", "unknown-value", "expected a name of properties")
            }
            required.insert(name)
        }
        return properties.sorted { $0.key < $1.key }.compactMap { name, property in
            question(name, property, isRequired: required.contains(name), at: "\(pointer)/properties/\(name)")
        }
    }

    private mutating func question(
        _ name: String, _ property: JSONValue, isRequired: Bool, at pointer: String
    ) -> Question? {
        if name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]{0,39}/) == nil {
            complain(pointer, "format", "expected a name of up to 40 letters, digits and _, a letter first")
        }
        guard let members = object(property, at: pointer, knowing: Self.questionKeywords) else { return nil }
        label(members["x-label"], at: "\(pointer)/x-label", isRequired: true)
        label(members["x-help"], at: "\(pointer)/x-help", isRequired: false)
        guard let kind = kind(members, at: pointer) else { return nil }
        return Question(name: name, kind: kind, isRequired: isRequired)
    }

    private mutating func kind(_ members: [String: JSONValue], at pointer: String) -> Question.Kind? {
        switch members["type"] {
        case .string("string"): return text(members, at: pointer)
        case .string("boolean"): return .flag
        case .string("integer"):
            return .integer(
                least: whole(members["minimum"], at: "\(pointer)/minimum"),
                most: whole(members["maximum"], at: "\(pointer)/maximum"))
        case .string("number"):
            return .number(
                least: number(members["minimum"], at: "\(pointer)/minimum"),
                most: number(members["maximum"], at: "\(pointer)/maximum"))
        case .string("array"):
            guard let items = object(members["items"] ?? .null, at: "\(pointer)/items", knowing: ["type", "enum"]),
                let choices = choices(items["enum"], at: "\(pointer)/items/enum")
            else { return nil }
            let least = whole(members["minItems"], at: "\(pointer)/minItems") ?? 0
            let most = whole(members["maxItems"], at: "\(pointer)/maxItems") ?? choices.count
            return range(least, most, at: "\(pointer)/maxItems").map { .choices(choices, count: $0) }
        default:
            complain("\(pointer)/type", "unknown-value", "expected string, integer, number, boolean or array")
            return nil
        }
    }

    private mutating func text(_ members: [String: JSONValue], at pointer: String) -> Question.Kind? {
        if members["enum"] != nil { return choices(members["enum"], at: "\(pointer)/enum").map { .choice($0) } }
        if let format = members["format"] {
            if format == .string("date") { return .day }
            complain("\(pointer)/format", "unknown-value", "expected \"date\"")
        }
        let least = whole(members["minLength"], at: "\(pointer)/minLength") ?? 0
        let most = whole(members["maxLength"], at: "\(pointer)/maxLength") ?? Self.mostCharacters
        if most > Self.mostCharacters {
            complain("\(pointer)/maxLength", "out-of-range", "expected at most \(Self.mostCharacters)")
        }
        return range(least, most, at: "\(pointer)/maxLength").map { .text(characters: $0) }
    }
}

extension QuestionnaireReader {
    private mutating func complain(_ pointer: String, _ code: String, _ detail: String) {
        problems.append(FieldProblem(pointer, code, detail))
    }

    private mutating func object(
        _ value: JSONValue, at pointer: String, knowing keywords: Set<String>
    ) -> [String: JSONValue]? {
        guard case .object(let members) = value else {
            complain(pointer, "type", "expected an object")
            return nil
        }
        for keyword in members.keys.sorted() where !keywords.contains(keyword) {
            complain(
                "\(pointer)/\(keyword)", "unknown-keyword",
                "expected one of \(keywords.sorted().joined(separator: ", "))")
        }
        return members
    }

    private mutating func list(_ value: JSONValue?, at pointer: String) -> [String] {
        guard let value else { return [] }
        guard case .array(let items) = value else {
            complain(pointer, "type", "expected a list of names")
            return []
        }
        return items.enumerated().compactMap { index, item in
            if case .string(let text) = item { return text }
            complain("\(pointer)/\(index)", "type", "expected a text")
            return nil
        }
    }

    private mutating func choices(_ value: JSONValue?, at pointer: String) -> [String]? {
        guard value != nil else {
            complain(pointer, "required", "expected the choices")
            return nil
        }
        let choices = list(value, at: pointer)
        if choices.isEmpty || choices.count > Self.mostChoices || Set(choices).count < choices.count
            || choices.contains(where: { $0.isEmpty || $0.count > 200 })
        {
            complain(pointer, "length", "expected 1 to \(Self.mostChoices) different texts of 1 to 200 characters")
        }
        return choices
    }

    /// What people read, in each language that we write.
    private mutating func label(_ value: JSONValue?, at pointer: String, isRequired: Bool) {
        guard let value else {
            if isRequired { complain(pointer, "required", "expected the question in zh-Hans and en") }
            return
        }
        guard case .object(let texts) = value else { return complain(pointer, "type", "expected texts by language") }
        for language in Self.languages {
            guard case .string(let text)? = texts[language], (1...500).contains(text.count) else {
                complain("\(pointer)/\(language)", "required", "expected 1 to 500 characters")
                continue
            }
        }
    }

    private mutating func whole(_ value: JSONValue?, at pointer: String) -> Int? {
        guard let value else { return nil }
        if case .int(let number) = value { return number }
        complain(pointer, "type", "expected a whole number")
        return nil
    }

    private mutating func number(_ value: JSONValue?, at pointer: String) -> Double? {
        switch value {
        case nil: return nil
        case .int(let number): return Double(number)
        case .number(let number): return number
        default:
            complain(pointer, "type", "expected a number")
            return nil
        }
    }

    private mutating func range(_ least: Int, _ most: Int, at pointer: String) -> ClosedRange<Int>? {
        guard least >= 0, least <= most else {
            complain(pointer, "out-of-range", "expected at least \(max(0, least))")
            return nil
        }
        return least...most
    }
}
