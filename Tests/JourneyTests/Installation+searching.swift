import Foundation
import LocalStack

/// Looks for words wherever a database can hold some.
extension Installation {
    /// Where one of the words stands: `schema.table.column: word`, each once.
    ///
    /// - Parameter except: columns that are not looked at, `schema.table.column`.
    func places(of words: [String], except: Set<String> = []) async throws -> Set<String> {
        let columns = try await stack.sql(
            """
            SELECT c.table_schema, c.table_name, c.column_name, c.data_type
            FROM information_schema.columns AS c JOIN information_schema.tables AS t USING (table_schema, table_name)
            WHERE c.table_schema NOT IN ('pg_catalog', 'information_schema') AND t.table_type = 'BASE TABLE'
                AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY')
            ORDER BY 1, 2, 3
            """)
        let list = words.map { "'\($0.replacingOccurrences(of: "'", with: "''"))'" }.joined(separator: ", ")
        let looks = columns.split(separator: "\n").compactMap { line -> String? in
            let parts = line.split(separator: "|").map(String.init)
            guard parts.count == 4 else { return nil }
            let (name, column) = ("\(parts[0]).\(parts[1])", "\"\(parts[2])\"")
            guard !except.contains("\(name).\(parts[2])") else { return nil }
            let isFound =
                parts[3] == "bytea"
                ? "position(convert_to(word, 'UTF8') IN \(column)) > 0" : "position(word IN \(column)::text) > 0"
            return """
                SELECT DISTINCT '\(name).\(parts[2]): ' || word FROM \(name), unnest(ARRAY[\(list)]) AS word
                WHERE \(isFound)
                """
        }
        let found = try await stack.sql(looks.joined(separator: " UNION ALL "))
        return Set(found.split(separator: "\n").map(String.init))
    }
}
