/// As much YAML as the document needs, rendered as it is put together: block mappings and lists, texts quoted as in JSON,
/// and JSON itself as it stands, which is YAML too.
struct YAML {
    typealias Member = (key: String, value: YAML)

    private let lines: [String]
    /// Stands below its key, not beside it.
    private let isBlock: Bool

    /// The document's lines, the last one ended.
    var rendered: String { lines.joined(separator: "\n") + "\n" }

    private init(_ lines: [String], isBlock: Bool = false) {
        self.lines = lines
        self.isBlock = isBlock
    }

    static func text(_ text: String) -> YAML { YAML([quoted(text)]) }
    static func flag(_ flag: Bool) -> YAML { YAML(["\(flag)"]) }
    static func json(_ json: String) -> YAML { YAML([json]) }
    static func texts(_ texts: [String]) -> YAML { list(texts.map(text)) }
    static func ref(_ pointer: String) -> YAML { map([("$ref", text(pointer))]) }

    static func list(_ items: [YAML]) -> YAML {
        if items.isEmpty { return YAML(["[]"]) }
        let lines = items.flatMap { item in
            item.lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
        }
        return YAML(lines, isBlock: true)
    }

    static func map(_ members: [Member]) -> YAML {
        if members.isEmpty { return YAML(["{}"]) }
        let lines = members.flatMap { key, value in
            value.isBlock
                ? ["\(name(key)):"] + value.lines.map { "  " + $0 } : ["\(name(key)): \(value.lines.joined())"]
        }
        return YAML(lines, isBlock: true)
    }

    private static func name(_ key: String) -> String {
        key.wholeMatch(of: /[A-Za-z$][A-Za-z0-9_.$-]*/) != nil ? key : quoted(key)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
