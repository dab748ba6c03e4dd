/// A value that can be read from a column. Types with a raw value need only declare the conformance.
public protocol PostgresDecodable: Sendable {
    /// Reads the value; throws a usage error when the column's type or value does not fit.
    static func decode(_ value: PostgresValue) throws(PostgresError) -> Self
    /// What NULL means; an error for all but optionals.
    static func decodeNull() throws(PostgresError) -> Self
}

extension PostgresDecodable {
    public static func decodeNull() throws(PostgresError) -> Self {
        throw .usage("NULL is no \(Self.self)")
    }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    public static func decode(_ value: PostgresValue) throws(PostgresError) -> Self {
        let raw = try RawValue.decode(value)
        guard let decoded = Self(rawValue: raw) else {
            throw .usage("the column holds a value that is no \(Self.self)")
        }
        return decoded
    }
}

/// One value that is not NULL, in its type's binary format, inside the result that owns its bytes.
public struct PostgresValue {
    public let type: PostgresType
    let bytes: UnsafeRawBufferPointer
    let owner: ResultSet

    /// Big-endian, as everything on the wire.
    func integer<Value: FixedWidthInteger>(_: Value.Type, at offset: Int = 0) throws(PostgresError) -> Value {
        guard offset + MemoryLayout<Value>.size <= bytes.count else {
            throw .usage("a value of type \(type.oid) is too short")
        }
        return Value(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    func part(_ range: Range<Int>, as type: PostgresType) throws(PostgresError) -> PostgresValue {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else {
            throw .usage("a value of type \(self.type.oid) is too short")
        }
        return PostgresValue(type: type, bytes: UnsafeRawBufferPointer(rebasing: bytes[range]), owner: owner)
    }

    var text: String {
        String(decoding: bytes, as: UTF8.self)
    }

    func mismatch<Value>(_: Value.Type) -> PostgresError {
        .usage("a column of type \(type.oid) cannot be read as \(Value.self)")
    }
}
