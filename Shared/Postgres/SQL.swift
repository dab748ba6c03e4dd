/// A statement and the values bound to it. What is interpolated is bound, never spliced into the text:
///
///     let visit: SQL = "SELECT status FROM visit WHERE id = ANY(\(ids))"
///
/// Two doors put text into the statement: `\(identifier:)` quotes a name, `\(unsafe:)` takes it as it is.
public struct SQL: Sendable {
    struct Bind: Sendable {
        var type: PostgresType
        var start: Int
        /// -1 for NULL.
        var length: Int
    }

    /// The text around the binds: one piece more than there are binds.
    private(set) var pieces: [String]
    private(set) var binds: [Bind]
    private(set) var parameter: PostgresParameter

    init(pieces: [String], binds: [Bind], parameter: PostgresParameter) {
        self.pieces = pieces
        self.binds = binds
        self.parameter = parameter
    }

    /// A statement from text that must not come from outside.
    public init(unsafe text: String) {
        self.init(pieces: [text], binds: [], parameter: PostgresParameter())
    }

    /// The statement with `$1`, `$2` … for its binds; holds no values, so it may be logged.
    public var text: String {
        var text = pieces[0]
        for index in binds.indices {
            text += "$"
            text += String(index + 1)
            text += pieces[index + 1]
        }
        return text
    }

    public static func + (left: SQL, right: SQL) -> SQL {
        var joined = left
        joined += right
        return joined
    }

    public static func += (left: inout SQL, right: SQL) {
        let shift = left.parameter.bytes.count
        left.pieces[left.pieces.count - 1] += right.pieces[0]
        left.pieces += right.pieces.dropFirst()
        left.binds += right.binds.map { Bind(type: $0.type, start: $0.start + shift, length: $0.length) }
        left.parameter.bytes += right.parameter.bytes
        left.parameter.problem = left.parameter.problem ?? right.parameter.problem
    }

    mutating func append(text: String) {
        pieces[pieces.count - 1] += text
    }

    mutating func append<Value: PostgresEncodable>(_ value: Value) {
        let start = parameter.bytes.count
        value.encode(into: &parameter)
        binds.append(
            Bind(
                type: Value.postgresType, start: start,
                length: parameter.isNull ? -1 : parameter.bytes.count - start))
        parameter.isNull = false
        // libpq wants text to end in a zero, and an address even for what is empty.
        parameter.bytes.append(0)
        pieces.append("")
    }
}

extension Sequence<SQL> {
    /// The statements one after another, with `separator` between them.
    public func joined(separator: SQL = ", ") -> SQL {
        var joined = SQL(unsafe: "")
        for (index, part) in enumerated() {
            if index > 0 { joined += separator }
            joined += part
        }
        return joined
    }
}
