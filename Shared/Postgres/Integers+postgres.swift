extension Int: PostgresScalar {
    public static var postgresType: PostgresType { .int8 }
}

extension Int64: PostgresScalar {
    public static var postgresType: PostgresType { .int8 }
}

extension Int32: PostgresScalar {
    public static var postgresType: PostgresType { .int4 }
}

extension Int16: PostgresScalar {
    public static var postgresType: PostgresType { .int2 }
}

extension PostgresEncodable where Self: FixedWidthInteger {
    public func encode(into parameter: inout PostgresParameter) {
        parameter.append(self)
    }
}

extension PostgresDecodable where Self: FixedWidthInteger {
    /// Any integer column whose value fits, and whole numerics (`sum` of a bigint is one).
    public static func decode(_ value: PostgresValue) throws(PostgresError) -> Self {
        let decoded: Self? =
            switch value.type {
            case .int8, .xid8: Self(exactly: try value.integer(Int64.self))
            case .int4: Self(exactly: try value.integer(Int32.self))
            case .int2: Self(exactly: try value.integer(Int16.self))
            case .objectID, .xid: Self(exactly: try value.integer(UInt32.self))
            case .numeric: Self(try NumericWire.wholeText(value))
            default: throw value.mismatch(Self.self)
            }
        guard let decoded else { throw .usage("the column's value does not fit \(Self.self)") }
        return decoded
    }
}
