import Logging

/// A flat JSON object on one line, written by hand: a log line must cost little and cannot fail.
struct JSONLine {
    private var text = "{"
    private static let reserved: Set<String> = [
        "time", "level", "service", "instance", "logger", "message", "error", "source", "omitted",
    ]

    mutating func add(_ key: String, _ value: String) {
        member(key)
        Self.write(value, to: &text)
    }

    /// Adds metadata in the order of its keys. Personal keys are left out at every depth and named in `omitted`; a key
    /// that the line itself uses gets a trailing underscore.
    mutating func add(metadata: Logger.Metadata) {
        var omitted: [String] = []
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            if PersonalData.isPersonal(key) {
                omitted.append(key)
                continue
            }
            member(Self.reserved.contains(key) ? key + "_" : key)
            write(value, omitted: &omitted)
        }
        if !omitted.isEmpty {
            member("omitted")
            write(.array(omitted.map { .string($0) }), omitted: &omitted)
        }
    }

    /// The object with its line break.
    func finished() -> String { text + "}\n" }

    private mutating func member(_ key: String) {
        if text.utf8.count > 1 { text += "," }
        Self.write(key, to: &text)
        text += ":"
    }

    private mutating func write(_ value: Logger.Metadata.Value, omitted: inout [String]) {
        switch value {
        case .string(let string): Self.write(string, to: &text)
        case .stringConvertible(let value): Self.write(value.description, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                write(value, omitted: &omitted)
            }
            text += "]"
        case .dictionary(let members):
            text += "{"
            var isFirst = true
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                if PersonalData.isPersonal(key) {
                    omitted.append(key)
                    continue
                }
                if !isFirst { text += "," }
                isFirst = false
                Self.write(key, to: &text)
                text += ":"
                write(value, omitted: &omitted)
            }
            text += "}"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            // The line separators of Unicode are escaped too: some readers of lines split at them.
            case "\u{0}"..."\u{1f}", "\u{7f}", "\u{85}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
