import DomainContracts

/// What JavaScript makes of a value when it wants another type.
extension JSONValue {
    /// JsonLogic's own: an empty list is false, and so are 0, "" and null.
    var isTruthy: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        case .int(let value): value != 0
        case .number(let value): value != 0 && !value.isNaN
        case .string(let value): !value.isEmpty
        case .array(let values): !values.isEmpty
        case .object: true
        }
    }

    /// `Number(x)`: not a number where it is none.
    var number: Double {
        switch self {
        case .null: 0
        case .bool(let value): value ? 1 : 0
        case .int(let value): Double(value)
        case .number(let value): value
        case .string(let value): Self.wholeNumber(value)
        case .array: Self.wholeNumber(text)
        case .object: .nan
        }
    }

    /// `parseFloat(x)`: the number that a text begins with.
    var parsed: Double {
        switch self {
        case .int(let value): Double(value)
        case .number(let value): value
        default: Self.leadingNumber(text)
        }
    }

    /// `String(x)`.
    var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .number(let value):
            if value.isNaN {
                "NaN"
            } else if value.isInfinite {
                value < 0 ? "-Infinity" : "Infinity"
            } else {
                "\(value)"
            }
        case .string(let value): value
        case .array(let values): Self.joined(values, by: ",")
        case .object: "[object Object]"
        }
    }

    /// `list.join(separator)`: nothing where null is.
    static func joined(_ values: [JSONValue], by separator: String) -> String {
        values.map { $0 == .null ? "" : $0.text }.joined(separator: separator)
    }

    /// A number as it would be written: whole ones without a fraction.
    static func of(_ number: Double) -> JSONValue {
        Int(exactly: number).map { .int($0) } ?? .number(number)
    }

    /// `a === b`: lists and objects are themselves alone.
    static func isSame(_ a: JSONValue, _ b: JSONValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.string(let a), .string(let b)): a == b
        case (.int, .int), (.int, .number), (.number, .int), (.number, .number): a.number == b.number
        default: false
        }
    }

    /// `a == b`.
    static func isEqual(_ a: JSONValue, _ b: JSONValue) -> Bool {
        switch (a, b) {
        case (.null, _), (_, .null): a == b
        case (.array, .array), (.array, .object), (.object, .array), (.object, .object): false
        case (.array, .string), (.string, .array), (.object, .string), (.string, .object): a.text == b.text
        case (.bool, .bool), (.string, .string): a == b
        default: a.number == b.number
        }
    }

    /// `a < b` or `a <= b`: texts by their code units, everything else as numbers.
    static func isOrdered(_ a: JSONValue, _ b: JSONValue, orEqual: Bool) -> Bool {
        if let a = a.comparedText, let b = b.comparedText {
            return orEqual ? !b.utf16.lexicographicallyPrecedes(a.utf16) : a.utf16.lexicographicallyPrecedes(b.utf16)
        }
        return orEqual ? a.number <= b.number : a.number < b.number
    }

    private var comparedText: String? {
        switch self {
        case .string, .array, .object: text
        default: nil
        }
    }

    private static func wholeNumber(_ text: String) -> Double {
        let trimmed = trim(text)
        if trimmed.isEmpty { return 0 }
        if trimmed.hasPrefix("0x") || trimmed.hasPrefix("0X") {
            return UInt64(trimmed.dropFirst(2), radix: 16).map { Double($0) } ?? .nan
        }
        guard numberPrefix(trimmed).count == trimmed.utf8.count else { return .nan }
        return leadingNumber(text)
    }

    private static func leadingNumber(_ text: String) -> Double {
        let trimmed = trim(text)
        for (sign, name) in [(1.0, "Infinity"), (1.0, "+Infinity"), (-1.0, "-Infinity")] where trimmed.hasPrefix(name) {
            return sign * .infinity
        }
        return Double(String(decoding: numberPrefix(trimmed), as: UTF8.self)) ?? .nan
    }

    private static func trim(_ text: String) -> Substring {
        var text = Substring(text)
        while text.first?.isWhitespace ?? false { text.removeFirst() }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return text
    }

    /// The longest beginning that is a decimal number; empty when there is none.
    private static func numberPrefix(_ text: Substring) -> [UInt8] {
        let bytes = Array(text.utf8)
        var end = 0
        func digits() -> Int {
            let began = end
            while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
            return end - began
        }
        if end < bytes.count, bytes[end] == 0x2b || bytes[end] == 0x2d { end += 1 }
        var count = digits()
        if end < bytes.count, bytes[end] == 0x2e {
            end += 1
            count += digits()
        }
        guard count > 0 else { return [] }
        let mantissa = end
        if end < bytes.count, bytes[end] | 0x20 == 0x65 {
            end += 1
            if end < bytes.count, bytes[end] == 0x2b || bytes[end] == 0x2d { end += 1 }
            if digits() == 0 { end = mantissa }
        }
        return Array(bytes[..<end])
    }
}
