import FoundationEssentials

extension Decimal: PostgresScalar {
    public static var postgresType: PostgresType { .numeric }

    public func encode(into parameter: inout PostgresParameter) {
        NumericWire.append(description, to: &parameter)
    }

    public static func decode(_ value: PostgresValue) throws(PostgresError) -> Decimal {
        switch value.type {
        case .numeric:
            guard let number = Decimal(string: try NumericWire.text(value)) else { throw value.mismatch(Self.self) }
            return number
        case .int2, .int4, .int8:
            return Decimal(try Int64.decode(value))
        default:
            throw value.mismatch(Self.self)
        }
    }
}

/// The binary format of `numeric`: digits to the base 10,000, the weight of the first, sign, and digits after the
/// point.
enum NumericWire {
    private static let negative: UInt16 = 0x4000
    private static let notANumber: UInt16 = 0xC000

    /// `decimal` is plain decimal notation or "NaN".
    static func append(_ decimal: String, to parameter: inout PostgresParameter) {
        guard decimal != "NaN" else {
            [0, 0, notANumber, 0].forEach { parameter.append($0) }
            return
        }
        let parts = decimal.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts.first.map(String.init) ?? ""
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        let digits =
            groups(of: String(repeating: "0", count: -whole.count & 3) + whole)
            + groups(of: fraction + String(repeating: "0", count: -fraction.count & 3))
        parameter.append(Int16(digits.count))
        parameter.append(Int16((whole.count + 3) / 4 - 1))
        parameter.append(decimal.hasPrefix("-") ? negative : 0)
        parameter.append(Int16(fraction.count))
        digits.forEach { parameter.append($0) }
    }

    private static func groups(of digits: String) -> [Int16] {
        let values = digits.utf8.map { Int16($0) - 48 }
        return stride(from: 0, to: values.count, by: 4).map { start in
            values[start..<start + 4].reduce(0) { $0 * 10 + $1 }
        }
    }

    static func text(_ value: PostgresValue) throws(PostgresError) -> String {
        let count = Int(try value.integer(Int16.self))
        let weight = Int(try value.integer(Int16.self, at: 2))
        let sign = try value.integer(UInt16.self, at: 4)
        let scale = Int(try value.integer(Int16.self, at: 6))
        guard sign == 0 || sign == negative else {
            return sign == notANumber ? "NaN" : sign == 0xD000 ? "inf" : "-inf"
        }
        func group(_ index: Int) throws(PostgresError) -> String {
            guard index >= 0, index < count else { return "0000" }
            let digits = String(try value.integer(Int16.self, at: 8 + 2 * index))
            return String(repeating: "0", count: 4 - digits.count) + digits
        }
        var whole = ""
        for index in 0..<max(0, weight + 1) {
            whole += try group(index)
        }
        var fraction = ""
        for place in 0..<(scale + 3) / 4 {
            fraction += try group(weight + 1 + place)
        }
        let trimmed = whole.drop { $0 == "0" }
        return (sign == negative ? "-" : "") + (trimmed.isEmpty ? "0" : trimmed)
            + (scale > 0 ? "." + fraction.prefix(scale) : "")
    }

    /// The text of a numeric without a fraction, whatever its scale; other text if it has one.
    static func wholeText(_ value: PostgresValue) throws(PostgresError) -> String {
        let text = try text(value)
        guard let point = text.firstIndex(of: ".") else { return text }
        return text[text.index(after: point)...].allSatisfy { $0 == "0" } ? String(text[..<point]) : text
    }
}
