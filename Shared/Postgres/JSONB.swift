import FoundationEssentials

/// JSON text in UTF-8, bound and read as `jsonb`. The server does not keep its spelling, only its value.
public struct JSONB: Sendable, Hashable {
    public var bytes: [UInt8]

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    public init(encoding value: some Encodable, encoder: JSONEncoder = JSONEncoder()) throws {
        self.bytes = [UInt8](try encoder.encode(value))
    }

    public func decode<Value: Decodable>(_ type: Value.Type = Value.self, decoder: JSONDecoder = JSONDecoder()) throws
        -> Value
    {
        try decoder.decode(type, from: Data(bytes))
    }
}

extension JSONB: PostgresScalar {
    public static var postgresType: PostgresType { .jsonb }

    /// The binary format is the text behind a version byte.
    public func encode(into parameter: inout PostgresParameter) {
        parameter.append(UInt8(1))
        parameter.append(contentsOf: bytes)
    }

    public static func decode(_ value: PostgresValue) throws(PostgresError) -> JSONB {
        switch value.type {
        case .jsonb: JSONB([UInt8](value.bytes.dropFirst()))
        case .json, .text: JSONB([UInt8](value.bytes))
        default: throw value.mismatch(Self.self)
        }
    }
}
