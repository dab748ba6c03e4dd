import Foundation
import Postgres
import Testing

extension DatabaseTests {
    @Suite
    struct SQLTests {
        @Test("what is interpolated becomes a numbered parameter")
        func numbered() {
            let sql: SQL = "SELECT * FROM visit WHERE id = \(UUID()) AND status = \("open") LIMIT \(3)"
            #expect(sql.text == "SELECT * FROM visit WHERE id = $1 AND status = $2 LIMIT $3")
        }

        @Test("joined statements are numbered through")
        func joined() {
            let one: SQL = "SELECT \(1), \(2)"
            let two: SQL = " UNION SELECT \(3), \(4)"
            #expect((one + two).text == "SELECT $1, $2 UNION SELECT $3, $4")
            let values = (1...3).map { SQL("(\($0), \("x"))") }.joined()
            #expect(("VALUES " + values).text == "VALUES ($1, $2), ($3, $4), ($5, $6)")
            #expect(SQL("WHERE \(fragment: "a = \(1)") AND b = \(2)").text == "WHERE a = $1 AND b = $2")
        }

        @Test("names are quoted, and only what is called unsafe is taken as it is")
        func names() {
            let sql: SQL =
                "SELECT \(identifier: "we\"ird") FROM \(unsafe: "visit v") WHERE x = \("'; DROP TABLE visit; --")"
            #expect(sql.text == "SELECT \"we\"\"ird\" FROM visit v WHERE x = $1")
        }

        @Test("values of joined statements reach the server in their places")
        func values() async throws {
            try await PostgresPool.withFresh { pool in
                let parts = [("a", 1), ("b", 2), ("c", 3)].map { SQL("(\($0.0), \($0.1))") }
                let rows = try await pool.query(
                    "SELECT name, number FROM (VALUES " + parts.joined()
                        + ") AS given (name, number) WHERE number > \(1)"
                        + " ORDER BY number")
                #expect(try rows.map { try $0.get("name", as: String.self) } == ["b", "c"])
                #expect(try rows.map { try $0.get("number", as: Int.self) } == [2, 3])
            }
        }

        @Test("a hostile value is only a value")
        func injection() async throws {
            try await PostgresPool.withFresh { pool in
                try await pool.execute("CREATE TABLE victim (name text)")
                let hostile = "x'); DROP TABLE victim; --"
                try await pool.execute("INSERT INTO victim VALUES (\(hostile))")
                #expect(try await pool.query("SELECT name FROM victim")[0].get("name", as: String.self) == hostile)
            }
        }
    }
}
