import Foundation
import Postgres
import Testing

extension DatabaseTests {
    @Suite(.timeLimit(.minutes(2)))
    struct StatementTests {
        @Test("execute counts the rows it changed")
        func affected() async throws {
            try await PostgresPool.withFresh { pool in
                try await pool.execute("CREATE TABLE item (id bigint)")
                #expect(try await pool.execute("INSERT INTO item SELECT generate_series(1, 10)") == 10)
                #expect(try await pool.execute("DELETE FROM item WHERE id > \(7)") == 3)
                #expect(try await pool.execute("UPDATE item SET id = id WHERE false") == 0)
            }
        }

        @Test("a batch of 200 documents of 5 KB goes in as arrays, in one statement")
        func batch() async throws {
            try await PostgresPool.withFresh { pool in
                try await pool.execute("CREATE TABLE outbox (id uuid, body jsonb, number bigint, note text)")
                let ids = (0..<200).map { _ in UUID() }
                let bodies = try ids.map {
                    try JSONB(encoding: ["id": $0.uuidString, "text": String(repeating: "x", count: 5_000)])
                }
                let notes: [String?] = ids.indices.map { $0.isMultiple(of: 2) ? "even" : nil }
                for _ in 0..<3 {
                    let count = try await pool.execute(
                        """
                        INSERT INTO outbox (id, body, number, note)
                        SELECT * FROM unnest(\(ids), \(bodies), \(Array(ids.indices)), \(notes))
                        """)
                    #expect(count == 200)
                }
                let row = try await pool.query(
                    """
                    SELECT count(*) AS all, count(DISTINCT id) AS ids, count(note) AS notes,
                        bool_and(body ->> 'id' = upper(id::text)) AS match FROM outbox
                    """)[0]
                #expect(try row.get("all", as: Int.self) == 600)
                #expect(try row.get("ids", as: Int.self) == 200)
                #expect(try row.get("notes", as: Int.self) == 300)
                #expect(try row.get("match", as: Bool.self))
            }
        }

        @Test("a statement seen twice is prepared once, and the oldest make room")
        func preparedStatements() async throws {
            try await PostgresPool.withFresh(size: 1, { $0.preparedStatementLimit = 3 }) { pool in
                for round in 0..<5 {
                    for number in 0..<6 {
                        for _ in 0..<2 {
                            let row = try await pool.query("SELECT \(round) + \(unsafe: String(number)) AS sum")[0]
                            #expect(try row.get("sum", as: Int.self) == round + number)
                        }
                    }
                }
                let held = try await pool.query(
                    "SELECT count(*) AS count FROM pg_prepared_statements WHERE statement LIKE '%AS sum%'")[0]
                #expect((1...3).contains(try held.get("count", as: Int.self)))
            }
        }

        @Test("a prepared statement survives a change of its table")
        func stalePlan() async throws {
            try await PostgresPool.withFresh(size: 1) { pool in
                try await pool.execute("CREATE TABLE item (id bigint)")
                try await pool.execute("INSERT INTO item VALUES (1)")
                for _ in 0..<4 { _ = try await pool.query("SELECT * FROM item") }
                try await pool.execute("ALTER TABLE item ADD COLUMN name text DEFAULT 'new'")
                for _ in 0..<4 {
                    #expect(try await pool.query("SELECT * FROM item")[0].get("name", as: String.self) == "new")
                }
            }
        }

        @Test("a pipeline returns every statement's rows in order")
        func pipeline() async throws {
            try await PostgresPool.withFresh { pool in
                try await pool.withConnection { connection in
                    for _ in 0..<3 {
                        let results = try await connection.pipeline(
                            (0..<100).map { "SELECT \($0) AS number FROM generate_series(1, \($0 % 3))" })
                        #expect(results.count == 100)
                        for (index, rows) in results.enumerated() {
                            #expect(
                                try rows.map { try $0.get("number", as: Int.self) }
                                    == Array(repeating: index, count: index % 3))
                        }
                    }
                }
            }
        }

        @Test("the first error of a pipeline is thrown, nothing of it remains, and the session goes on")
        func brokenPipeline() async throws {
            try await PostgresPool.withFresh { pool in
                try await pool.execute("CREATE TABLE item (id bigint PRIMARY KEY)")
                try await pool.withConnection { connection in
                    for _ in 0..<3 {
                        let error = await #expect(throws: PostgresError.self) {
                            try await connection.pipeline([
                                "INSERT INTO item VALUES (\(1))", "SELECT 1 / \(0)", "INSERT INTO item VALUES (\(1))",
                            ])
                        }
                        #expect(error?.sqlState == SQLState(rawValue: "22012"))
                        let left = try await connection.query("SELECT * FROM item")
                        #expect(left.isEmpty)
                    }
                }
            }
        }

        @Test("a pipeline larger than any buffer does not get stuck")
        func largePipeline() async throws {
            try await PostgresPool.withFresh { pool in
                try await pool.withConnection { connection in
                    let large = String(repeating: "修", count: 100_000)
                    let results = try await connection.pipeline(Array(repeating: "SELECT \(large) AS text", count: 60))
                    #expect(results.count == 60)
                    #expect(try results.allSatisfy { try $0[0].get("text", as: String.self) == large })
                }
            }
        }

        @Test("a script runs several statements, and none if one fails")
        func script() async throws {
            try await PostgresPool.withFresh { pool in
                try await pool.withConnection { connection in
                    try await connection.script(
                        "CREATE TABLE a (id int); INSERT INTO a VALUES (1), (2); SELECT * FROM a;")
                    let error = await #expect(throws: PostgresError.self) {
                        try await connection.script(
                            "INSERT INTO a VALUES (3); SELECT * FROM absent; INSERT INTO a VALUES (4)")
                    }
                    #expect(error?.sqlState == SQLState(rawValue: "42P01"))
                    #expect(try await connection.query("SELECT count(*) AS n FROM a")[0].get("n", as: Int.self) == 2)
                }
            }
        }

        @Test("COPY takes rows with nulls, tabs and backslashes, more than a buffer of them")
        func copy() async throws {
            try await PostgresPool.withFresh { pool in
                try await pool.execute("CREATE TABLE item (id bigint, name text)")
                try await pool.withConnection { connection in
                    let odd: [[String?]] = [["1", "a\tb\\c\nd\re"], ["2", nil], ["3", "\\N"], ["4", ""]]
                    let many = (5..<50_000).map { [String($0), "name of \($0)"] as [String?] }
                    #expect(try await connection.copyIn("COPY item FROM STDIN", rows: odd + many) == 49_999)
                    let rows = try await connection.query("SELECT name FROM item WHERE id < 5 ORDER BY id")
                    #expect(try rows.map { try $0.get("name", as: String?.self) } == odd.map { $0[1] })
                }
            }
        }

        @Test("a COPY that fails leaves nothing behind and the session usable")
        func brokenCopy() async throws {
            try await PostgresPool.withFresh { pool in
                try await pool.execute("CREATE TABLE item (id bigint)")
                try await pool.withConnection { connection in
                    let error = await #expect(throws: PostgresError.self) {
                        try await connection.copyIn("COPY item FROM STDIN", rows: [["1"], ["two"]])
                    }
                    #expect(error?.sqlState == SQLState(rawValue: "22P02"))
                    await #expect(throws: PostgresError.self) {
                        try await connection.copyIn("COPY absent FROM STDIN", rows: [["1"]])
                    }
                    await #expect(throws: PostgresError.self) {
                        try await connection.copyIn("SELECT 1", rows: [["1"]])
                    }
                    let left = try await connection.query("SELECT * FROM item")
                    #expect(left.isEmpty)
                }
            }
        }

        @Test("notifications reach a listener, from others and in order")
        func notifications() async throws {
            try await PostgresPool.withFresh { pool in
                let listener = PostgresConnection(pool.configuration)
                try await listener.connect()
                try await listener.listen("Odd \"channel\"")
                async let first = listener.nextNotification()
                for number in 1...3 {
                    _ = try await pool.query("SELECT pg_notify(\("Odd \"channel\""), \(String(number)))")
                }
                #expect(try await first?.payload == "1")
                #expect(try await listener.nextNotification()?.payload == "2")
                #expect(try await listener.nextNotification()?.channel == "Odd \"channel\"")
                #expect(try await listener.nextNotification(until: .now) == nil)
                await listener.close()
            }
        }

        @Test("a listener hears what came in while its session was busy with a statement")
        func notificationDuringStatement() async throws {
            try await PostgresPool.withFresh { pool in
                let listener = PostgresConnection(pool.configuration)
                try await listener.connect()
                try await listener.listen("news")
                async let heard = listener.nextNotification()
                _ = try await listener.query("SELECT pg_notify('news', 'own')")
                #expect(try await heard?.payload == "own")
                await listener.close()
            }
        }

        @Test("calls from several tasks on one session wait for each other")
        func oneAtATime() async throws {
            try await PostgresPool.withFresh { pool in
                try await pool.withConnection { connection in
                    try await withThrowingTaskGroup(of: Bool.self) { group in
                        for number in 0..<50 {
                            group.addTask {
                                try await connection.query("SELECT \(number) AS number")[0].get("number", as: Int.self)
                                    == number
                            }
                        }
                        for try await isRight in group { #expect(isRight) }
                    }
                }
            }
        }

        @Test("a session gets its settings and its name on connecting, over TCP and over a socket file")
        func settings() async throws {
            let server = try PrivateServer.shared()
            for url in [server.url, server.socketURL, "host=localhost port=\(server.port) user=tester dbname=postgres"]
            {
                var configuration = PostgresConfiguration(
                    url: url, applicationName: "settings test", statementTimeout: .milliseconds(12_345),
                    lockTimeout: .seconds(6), idleInTransactionTimeout: .seconds(7), searchPath: "one, two")
                configuration.poolSize = 1
                let pool = PostgresPool(configuration)
                for (name, value) in [
                    ("statement_timeout", "12345ms"), ("lock_timeout", "6s"), ("TimeZone", "UTC"),
                    ("idle_in_transaction_session_timeout", "7s"), ("client_connection_check_interval", "5s"),
                    ("search_path", "one, two"), ("application_name", "settings test"), ("client_encoding", "UTF8"),
                ] {
                    let row = try await pool.query("SELECT current_setting(\(name)) AS value")[0]
                    #expect(try row.get("value", as: String.self) == value, "\(name) over \(url)")
                }
                await pool.close()
            }
        }
    }
}
