/// A value that can be bound to a statement. Types with a raw value need only declare the conformance:
///
///     enum WarrantyKind: String, PostgresEncodable, PostgresDecodable, PostgresArrayElement { … }
public protocol PostgresEncodable: Sendable {
    /// The type it is bound as. `text` is left to the server to infer, so a string also fits an enum or a date.
    static var postgresType: PostgresType { get }
    /// Writes the value in the type's binary format.
    func encode(into parameter: inout PostgresParameter)
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    public static var postgresType: PostgresType { RawValue.postgresType }

    public func encode(into parameter: inout PostgresParameter) {
        rawValue.encode(into: &parameter)
    }
}

/// The bytes of the parameters of one statement, as they go over the wire.
public struct PostgresParameter: Sendable {
    var bytes: [UInt8] = []
    /// Set by `appendNull` for the value being written.
    var isNull = false
    /// Why the statement cannot be sent.
    var problem: String?

    mutating func appendNull() {
        isNull = true
    }

    mutating func append<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(contentsOf more: some Sequence<UInt8>) {
        bytes.append(contentsOf: more)
    }

    mutating func append(text: String) {
        var text = text
        text.withUTF8 { utf8 in
            // PostgreSQL cannot store it, and libpq would cut the string there in silence.
            if utf8.contains(0) {
                problem = "a text parameter contains a NUL character"
            }
            bytes.append(contentsOf: utf8)
        }
    }

    /// Writes what `body` writes behind its length, as arrays want their elements; a null has the length -1.
    mutating func appendWithLength(_ body: (inout PostgresParameter) -> Void) {
        let start = bytes.count
        append(Int32(-1))
        body(&self)
        if isNull {
            isNull = false
            return
        }
        let length = Int32(bytes.count - start - 4)
        withUnsafeBytes(of: length.bigEndian) { length in
            for index in 0..<4 {
                bytes[start + index] = length[index]
            }
        }
    }
}
