import FoundationEssentials

/// A type that can stand in a column, in a parameter and in arrays of both.
public typealias PostgresScalar = PostgresEncodable & PostgresDecodable & PostgresArrayElement

extension Bool: PostgresScalar {
    public static var postgresType: PostgresType { .bool }

    public func encode(into parameter: inout PostgresParameter) {
        parameter.append(UInt8(self ? 1 : 0))
    }

    public static func decode(_ value: PostgresValue) throws(PostgresError) -> Bool {
        guard value.type == .bool else { throw value.mismatch(Self.self) }
        return try value.integer(UInt8.self) != 0
    }
}

extension Double: PostgresScalar {
    public static var postgresType: PostgresType { .float8 }

    public func encode(into parameter: inout PostgresParameter) {
        parameter.append(bitPattern)
    }

    public static func decode(_ value: PostgresValue) throws(PostgresError) -> Double {
        switch value.type {
        case .float8: return Double(bitPattern: try value.integer(UInt64.self))
        case .float4: return Double(Float(bitPattern: try value.integer(UInt32.self)))
        case .numeric:
            guard let number = Double(try NumericWire.text(value)) else { throw value.mismatch(Self.self) }
            return number
        case .int2, .int4, .int8: return Double(try Int64.decode(value))
        default: throw value.mismatch(Self.self)
        }
    }
}

extension UUID: PostgresScalar {
    public static var postgresType: PostgresType { .uuid }

    public func encode(into parameter: inout PostgresParameter) {
        withUnsafeBytes(of: uuid) { parameter.append(contentsOf: $0) }
    }

    public static func decode(_ value: PostgresValue) throws(PostgresError) -> UUID {
        guard value.type == .uuid, value.bytes.count == 16 else { throw value.mismatch(Self.self) }
        return UUID(uuid: value.bytes.loadUnaligned(as: uuid_t.self))
    }
}

extension String: PostgresScalar {
    public static var postgresType: PostgresType { .text }

    public func encode(into parameter: inout PostgresParameter) {
        parameter.append(text: self)
    }

    /// Text and what is text on the wire (names, enums, json), and the usual spelling of ids and numbers.
    public static func decode(_ value: PostgresValue) throws(PostgresError) -> String {
        switch value.type {
        case .jsonb: String(decoding: try JSONB.decode(value).bytes, as: UTF8.self)
        case .uuid: try UUID.decode(value).uuidString.lowercased()
        case .int2, .int4, .int8, .objectID, .xid, .xid8: String(try Int64.decode(value))
        case .numeric: try NumericWire.text(value)
        case .bool, .bytea, .float4, .float8, .date, .timestamp, .timestamptz: throw value.mismatch(Self.self)
        default: value.text
        }
    }
}
