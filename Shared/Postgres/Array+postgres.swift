/// What an array can be made of. Needs nothing but the declaration on a type that is encodable and decodable itself.
public protocol PostgresArrayElement: Sendable {
    static var arrayType: PostgresType { get }
    static func encode(array: [Self], into parameter: inout PostgresParameter)
    static func decode(array value: PostgresValue) throws(PostgresError) -> [Self]
}

extension PostgresArrayElement where Self: PostgresEncodable & PostgresDecodable {
    public static var arrayType: PostgresType { postgresType.array }

    /// Dimensions, whether nulls occur (the server looks for itself), element type; size and lower bound; elements.
    public static func encode(array: [Self], into parameter: inout PostgresParameter) {
        parameter.append(Int32(array.isEmpty ? 0 : 1))
        parameter.append(Int32(1))
        parameter.append(postgresType.oid)
        guard !array.isEmpty else { return }
        parameter.append(Int32(array.count))
        parameter.append(Int32(1))
        for element in array {
            parameter.appendWithLength { element.encode(into: &$0) }
        }
    }

    public static func decode(array value: PostgresValue) throws(PostgresError) -> [Self] {
        let dimensions = try value.integer(Int32.self)
        let elementType = PostgresType(oid: try value.integer(UInt32.self, at: 8))
        guard dimensions > 0 else { return [] }
        guard dimensions == 1 else {
            throw .usage("an array of \(dimensions) dimensions cannot be read")
        }
        let count = Int(try value.integer(Int32.self, at: 12))
        var elements: [Self] = []
        elements.reserveCapacity(count)
        var offset = 20
        for _ in 0..<count {
            let length = Int(try value.integer(Int32.self, at: offset))
            offset += 4
            if length < 0 {
                elements.append(try Self.decodeNull())
            } else {
                elements.append(try Self.decode(try value.part(offset..<offset + length, as: elementType)))
                offset += length
            }
        }
        return elements
    }
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
    public static var postgresType: PostgresType { Element.arrayType }

    public func encode(into parameter: inout PostgresParameter) {
        Element.encode(array: self, into: &parameter)
    }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    public static func decode(_ value: PostgresValue) throws(PostgresError) -> [Element] {
        try Element.decode(array: value)
    }
}

/// `[UInt8]` is a `bytea`, not an array of numbers.
extension UInt8: PostgresArrayElement {
    public static var arrayType: PostgresType { .bytea }

    public static func encode(array: [UInt8], into parameter: inout PostgresParameter) {
        parameter.append(contentsOf: array)
    }

    public static func decode(array value: PostgresValue) throws(PostgresError) -> [UInt8] {
        guard value.type == .bytea else { throw value.mismatch([UInt8].self) }
        return [UInt8](value.bytes)
    }
}

/// `[[UInt8]]` is a `bytea[]`.
extension Array: PostgresArrayElement where Element == UInt8 {}
