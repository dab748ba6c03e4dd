internal import CLibPQ

/// The result of one statement, owned; its rows and values point into it.
// Sendable: libpq never changes a PGresult once it has handed it out, and reading one has no side effects.
final class ResultSet: @unchecked Sendable {
    private let result: OpaquePointer
    let columns: ResultColumns

    /// Takes over `result`. `columns` from an earlier run of the same prepared statement saves reading them again.
    init(_ result: OpaquePointer, columns: ResultColumns?) {
        self.result = result
        if let columns, columns.count == Int(PQnfields(result)) {
            self.columns = columns
        } else {
            self.columns = ResultColumns(result)
        }
    }

    deinit {
        PQclear(result)
    }

    var rows: [PostgresRow] {
        (0..<Int(PQntuples(result))).map { PostgresRow(result: self, index: Int32($0)) }
    }

    /// How many rows the statement changed, or returned.
    var affectedRows: Int {
        Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// The command that ran, as "COMMIT" or "INSERT 0 1".
    var commandTag: String {
        String(cString: PQcmdStatus(result))
    }

    func value(row: Int32, column: Int) -> PostgresValue? {
        guard PQgetisnull(result, row, Int32(column)) == 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, Int32(column)), count: Int(PQgetlength(result, row, Int32(column))))
        return PostgresValue(type: columns.types[column], bytes: bytes, owner: self)
    }
}

/// The names and types of a result's columns; shared by all results of a prepared statement.
final class ResultColumns: Sendable {
    let names: [String]
    let types: [PostgresType]
    private let positions: [String: Int]

    init(_ result: OpaquePointer) {
        let columns = 0..<PQnfields(result)
        names = columns.map { String(cString: PQfname(result, $0)) }
        types = columns.map { PostgresType(oid: PQftype(result, $0)) }
        positions = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    var count: Int { names.count }

    func position(of name: String) -> Int? {
        positions[name]
    }
}
