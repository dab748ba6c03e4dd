import Foundation
import Postgres
import Testing

private struct Refusal: Error, Equatable {
    let reason: String
}

extension DatabaseTests {
    @Suite(.timeLimit(.minutes(2)))
    struct TransactionTests {
        private func withTable<Value: Sendable>(_ body: (PostgresPool) async throws -> Value) async throws -> Value {
            try await PostgresPool.withFresh { pool in
                try await pool.withConnection {
                    try await $0.script(
                        """
                        CREATE TABLE item (id bigint PRIMARY KEY,
                            amount bigint CONSTRAINT amount_is_positive CHECK (amount > 0),
                            during int4range, CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&),
                            parent bigint CONSTRAINT has_parent REFERENCES item (id))
                        """)
                }
                return try await body(pool)
            }
        }

        private func count(_ pool: PostgresPool) async throws -> Int {
            try await pool.query("SELECT count(*) AS n FROM item")[0].get("n")
        }

        @Test("what the body did is there after it returned, and not before for others")
        func commit() async throws {
            try await withTable { pool in
                let seenOutside = try await pool.transaction { connection in
                    try await connection.execute("INSERT INTO item (id) VALUES (\(1))")
                    return try await pool.query("SELECT * FROM item").count
                }
                #expect(seenOutside == 0)
                let items = try await count(pool)
                #expect(items == 1)
            }
        }

        @Test("a domain error rolls back and comes out as it was thrown")
        func rollback() async throws {
            try await withTable { pool in
                await #expect(throws: Refusal(reason: "too late")) {
                    try await pool.transaction { connection in
                        try await connection.execute("INSERT INTO item (id) VALUES (\(1))")
                        throw Refusal(reason: "too late")
                    }
                }
                let items = try await count(pool)
                #expect(items == 0)
                #expect(pool.statistics.open == 1)
            }
        }

        @Test("a body that swallows a failed statement does not look committed")
        func swallowed() async throws {
            try await withTable { pool in
                let failure = await #expect(throws: TransactionFailure.self) {
                    try await pool.transaction { connection in
                        try await connection.execute("INSERT INTO item (id) VALUES (\(1))")
                        _ = try? await connection.query("SELECT 1 / \(0)")
                    }
                }
                guard case .commit(let error) = failure else {
                    Issue.record("not a failure of COMMIT: \(String(describing: failure))")
                    return
                }
                #expect(error.sqlState == SQLState(rawValue: "25P02"))
                let items = try await count(pool)
                #expect(items == 0)
            }
        }

        @Test("an error that only COMMIT finds is told apart from the body's")
        func deferredConstraint() async throws {
            try await withTable { pool in
                try await pool.execute("ALTER TABLE item ALTER CONSTRAINT has_parent DEFERRABLE INITIALLY DEFERRED")
                let failure = await #expect(throws: TransactionFailure.self) {
                    try await pool.transaction { connection in
                        try await connection.execute("INSERT INTO item (id, parent) VALUES (1, 99)")
                    }
                }
                guard case .commit(let error) = failure else {
                    Issue.record("not a failure of COMMIT: \(String(describing: failure))")
                    return
                }
                #expect(error.isForeignKeyViolation)
                let items = try await count(pool)
                #expect(items == 0)
            }
        }

        @Test("broken constraints come with their kind and name")
        func constraints() async throws {
            try await withTable { pool in
                try await pool.execute("INSERT INTO item (id, during) VALUES (1, '[1,5)')")
                func failure(_ sql: SQL) async -> PostgresError? {
                    await #expect(throws: PostgresError.self) { try await pool.execute(sql) }
                }
                let unique = await failure("INSERT INTO item (id) VALUES (1)")
                #expect(unique?.isUniqueViolation == true)
                #expect(unique?.constraint == "item_pkey")
                #expect(unique?.table == "item")
                #expect(unique?.detail?.contains("(id)=(1)") == true)
                #expect(unique?.description.contains("(id)=(1)") == false)
                let check = await failure("INSERT INTO item (id, amount) VALUES (2, 0)")
                #expect(check?.isCheckViolation == true)
                #expect(check?.constraint == "amount_is_positive")
                let exclusion = await failure("INSERT INTO item (id, during) VALUES (2, '[4,6)')")
                #expect(exclusion?.isExclusionViolation == true)
                #expect(exclusion?.constraint == "no_overlap")
                let null = await failure("INSERT INTO item (id) VALUES (NULL)")
                #expect(null?.isNotNullViolation == true)
                #expect(null?.column == "id")
                for error in [unique, check, exclusion, null] {
                    #expect(error?.kind == .server)
                    #expect(error?.isTransientDependencyFault == false)
                    #expect(error?.isRetryableConflict == false)
                }
            }
        }

        @Test("a session left in a transaction is rolled back before anybody else gets it")
        func leftOpen() async throws {
            try await withTable { pool in
                let process = try await pool.withConnection { connection in
                    try await connection.execute("BEGIN")
                    try await connection.execute("INSERT INTO item (id) VALUES (1)")
                    return try await connection.query("SELECT pg_backend_pid() AS pid")[0].get("pid", as: Int.self)
                }
                await #expect(throws: PostgresError.self) {
                    try await pool.withConnection { connection in
                        try await connection.execute("BEGIN")
                        _ = try await connection.query("SELECT 1 / \(0)")
                    }
                }
                let row = try await pool.query(
                    "SELECT pg_backend_pid() AS pid, pg_current_xact_id_if_assigned() IS NULL AS is_fresh")[0]
                #expect(try row.get("pid", as: Int.self) == process)
                #expect(try row.get("is_fresh", as: Bool.self))
                let items = try await count(pool)
                #expect(items == 0)
            }
        }

        @Test("two transactions that wait for each other: one is told to try again")
        func deadlock() async throws {
            try await withTable { pool in
                try await pool.execute("INSERT INTO item (id, amount) VALUES (1, 1), (2, 1)")
                let (firstHolds, first) = AsyncStream.makeStream(of: Void.self)
                let (secondHolds, second) = AsyncStream.makeStream(of: Void.self)
                func touch(
                    _ mine: Int, then other: Int, tell: AsyncStream<Void>.Continuation, await others: AsyncStream<Void>
                ) async -> PostgresError? {
                    do {
                        try await pool.transaction { connection in
                            try await connection.execute("UPDATE item SET amount = 2 WHERE id = \(mine)")
                            tell.finish()
                            for await _ in others {}
                            try await connection.execute("UPDATE item SET amount = 3 WHERE id = \(other)")
                        }
                        return nil
                    } catch {
                        return PostgresError(causeOf: error)
                    }
                }
                async let one = touch(1, then: 2, tell: first, await: secondHolds)
                async let two = touch(2, then: 1, tell: second, await: firstHolds)
                let errors = await [one, two].compactMap { $0 }
                #expect(errors.map(\.sqlState) == [.deadlockDetected])
                #expect(errors.allSatisfy { $0.isRetryableConflict && !$0.isTransientDependencyFault })
            }
        }
    }
}
