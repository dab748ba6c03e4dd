extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    public static var postgresType: PostgresType { Wrapped.postgresType }

    public func encode(into parameter: inout PostgresParameter) {
        switch self {
        case .some(let value): value.encode(into: &parameter)
        case .none: parameter.appendNull()
        }
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    public static func decode(_ value: PostgresValue) throws(PostgresError) -> Wrapped? {
        try Wrapped.decode(value)
    }

    public static func decodeNull() throws(PostgresError) -> Wrapped? {
        nil
    }
}

extension Optional: PostgresArrayElement
where Wrapped: PostgresArrayElement & PostgresEncodable & PostgresDecodable {}
