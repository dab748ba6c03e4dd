/// One row of a result. Rows keep their whole result in memory.
public struct PostgresRow: Sendable {
    let result: ResultSet
    let index: Int32

    public var columnNames: [String] { result.columns.names }

    /// The column's value; throws a usage error if there is no such column, its type does not fit, or it is NULL and
    /// `type` is not optional. Of several columns with one name, the first counts.
    public func get<Value: PostgresDecodable>(_ column: String, as type: Value.Type = Value.self) throws(PostgresError)
        -> Value
    {
        guard let position = result.columns.position(of: column) else {
            throw .usage("the result has no column \(column)")
        }
        return try get(at: position, as: type)
    }

    /// The value of the column at `position`, from 0.
    public func get<Value: PostgresDecodable>(at position: Int, as type: Value.Type = Value.self) throws(PostgresError)
        -> Value
    {
        guard result.columns.names.indices.contains(position) else {
            throw .usage("the result has no column at \(position)")
        }
        do {
            if let value = result.value(row: index, column: position) {
                return try Value.decode(value)
            }
            return try Value.decodeNull()
        } catch {
            var named = error
            named.column = result.columns.names[position]
            named.message = "\(result.columns.names[position]): \(error.message)"
            throw named
        }
    }

    public func isNull(_ column: String) throws(PostgresError) -> Bool {
        guard let position = result.columns.position(of: column) else {
            throw .usage("the result has no column \(column)")
        }
        return result.value(row: index, column: position) == nil
    }
}
