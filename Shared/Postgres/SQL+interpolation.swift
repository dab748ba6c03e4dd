extension SQL: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) {
        self.init(unsafe: value)
    }

    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var sql = SQL(unsafe: "")

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) {
            sql.append(text: literal)
        }

        /// Binds the value.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value) {
            sql.append(value)
        }

        /// Binds the value, or NULL. Beside the other one, so that the compiler does not take an optional for a slip.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            sql.append(value)
        }

        /// Puts another statement's text and binds here.
        public mutating func appendInterpolation(fragment: SQL) {
            sql += fragment
        }

        /// Puts a name here, quoted.
        public mutating func appendInterpolation(identifier: String) {
            sql.append(text: SQL.quote(identifier))
        }

        /// Puts text here as it is. It must not come from outside.
        public mutating func appendInterpolation(unsafe text: String) {
            sql.append(text: text)
        }
    }

    static func quote(_ identifier: String) -> String {
        "\"" + identifier.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
