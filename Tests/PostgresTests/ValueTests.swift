import Foundation
import Postgres
import Testing

private enum Phase: String, PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    case open, done
}

private struct Part: Codable, Equatable {
    var name: String
    var count: Int
}

/// Sends the value, has the server cast it to `type`, keep it in a table and give it back.
private func roundTrip<Value: PostgresEncodable & PostgresDecodable & Equatable>(
    _ values: [Value], as type: String, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    try await PostgresPool.withFresh(size: 1) { pool in
        try await pool.execute("CREATE TABLE kept (place bigint PRIMARY KEY, value \(unsafe: type))")
        for (index, value) in values.enumerated() {
            // Often enough for the statement to be prepared, and to come back prepared.
            for _ in 0..<3 {
                let changed = try await pool.execute(
                    "INSERT INTO kept VALUES (\(index), \(value)) ON CONFLICT (place) DO UPDATE SET value = \(value)"
                )
                #expect(changed == 1)
            }
            let rows = try await pool.query("SELECT value FROM kept WHERE place = \(index)")
            let read = try #require(rows.first).get("value", as: Value.self)
            #expect(read == value, sourceLocation: sourceLocation)
        }
        let isNull = try await pool.query("SELECT \(nil as Value?)::\(unsafe: type) AS value")
        #expect(try isNull[0].get("value", as: Value?.self) == nil, sourceLocation: sourceLocation)
        #expect(try isNull[0].isNull("value"), sourceLocation: sourceLocation)
        #expect(throws: PostgresError.self, sourceLocation: sourceLocation) {
            try isNull[0].get("value", as: Value.self)
        }
    }
}

extension DatabaseTests {
    @Suite(.timeLimit(.minutes(2)))
    struct ValueTests {
        @Test("truth values come back as they went")
        func booleans() async throws {
            try await roundTrip([true, false], as: "boolean")
            try await roundTrip([[true, false, true], []], as: "boolean[]")
        }

        @Test("integers of every width come back, at their limits too")
        func integers() async throws {
            try await roundTrip([0, -1, Int.max, Int.min], as: "bigint")
            try await roundTrip([Int64.max, Int64.min], as: "bigint")
            try await roundTrip([Int32.max, Int32.min], as: "integer")
            try await roundTrip([Int16.max, Int16.min], as: "smallint")
            try await roundTrip([[1, 2, 3], [], [Int.min]], as: "bigint[]")
            try await roundTrip([[Int32.max, 0]], as: "integer[]")
            try await roundTrip([[Int16.max, 0]], as: "smallint[]")
            try await roundTrip([[1, nil, 3] as [Int64?], [nil]], as: "bigint[]")
        }

        @Test("an integer that does not fit is an error, not a wrapped number")
        func overflow() async throws {
            try await PostgresPool.withFresh { pool in
                let row = try await pool.query(
                    "SELECT 40000::bigint AS large, 12.00::numeric AS whole, 1.5::numeric AS part")[0]
                #expect(throws: PostgresError.self) { try row.get("large", as: Int16.self) }
                #expect(try row.get("large", as: Int32.self) == 40_000)
                #expect(try row.get("whole", as: Int.self) == 12)
                #expect(throws: PostgresError.self) { try row.get("part", as: Int.self) }
            }
        }

        @Test("floating point numbers come back to the last bit")
        func doubles() async throws {
            try await roundTrip([0.1, -1e300, .infinity, .leastNonzeroMagnitude], as: "double precision")
            try await roundTrip([[0.1, 2.5]], as: "double precision[]")
        }

        @Test("text comes back whatever it holds")
        func text() async throws {
            try await roundTrip(["", "O'Brien; DROP TABLE kept; --", "修环 🛠️", "a\tb\nc\\d\"e"], as: "text")
            try await roundTrip([["", "NULL", "{a,b}", "修"], []], as: "text[]")
            try await roundTrip([["a", nil, "null"] as [String?]], as: "text[]")
            try await roundTrip(["short"], as: "varchar(10)")
        }

        @Test("text with a NUL character is refused before it is sent")
        func nul() async throws {
            try await PostgresPool.withFresh { pool in
                let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT \("a\0b")") }
                #expect(error?.kind == .usage)
            }
        }

        @Test("ids come back")
        func ids() async throws {
            try await roundTrip([UUID(), UUID()], as: "uuid")
            try await roundTrip([[UUID(), UUID()], []], as: "uuid[]")
            try await roundTrip([[UUID(), nil] as [UUID?]], as: "uuid[]")
        }

        @Test("times come back to the microsecond")
        func dates() async throws {
            let times = [0, 1_750_000_000.123456, -62_000_000_000.5, 4_102_444_800.000001].map {
                Date(timeIntervalSince1970: $0)
            }
            try await PostgresPool.withFresh { pool in
                for time in times {
                    let row = try await pool.query(
                        "SELECT \(time) AS time, (extract(epoch FROM \(time)) * 1000000)::bigint AS microseconds")[0]
                    let read = try row.get("time", as: Date.self)
                    #expect(abs(read.timeIntervalSince(time)) < 0.000_001)
                    #expect(
                        try row.get("microseconds", as: Int64.self)
                            == Int64((time.timeIntervalSince1970 * 1_000_000).rounded()))
                    // What has been read comes back exactly.
                    #expect(try await pool.query("SELECT \(read) AS time")[0].get("time", as: Date.self) == read)
                }
                let zone = try await pool.query("SELECT '2026-01-02 03:04:05+08'::timestamptz::text AS text")[0]
                #expect(try zone.get("text", as: String.self) == "2026-01-01 19:04:05+00")
            }
            try await roundTrip(
                [Date.distantPast, .distantFuture].map { _ in Date(timeIntervalSince1970: 1) }, as: "timestamptz")
            try await roundTrip(
                [[Date(timeIntervalSince1970: 1), Date(timeIntervalSince1970: 2)]], as: "timestamptz[]")
        }

        @Test(
            "decimals come back with their value",
            arguments: [
                "0", "1", "-1", "0.0001", "12345.6789", "-10000", "99999999999999999999.99", "0.00000123", "100000000",
            ])
        func decimals(text: String) async throws {
            let decimal = try #require(Decimal(string: text))
            try await roundTrip([decimal], as: "numeric")
            try await roundTrip([[decimal, 5]], as: "numeric[]")
            try await PostgresPool.withFresh { pool in
                let row = try await pool.query(
                    "SELECT \(decimal) = \(unsafe: text)::numeric AS same, \(unsafe: text)::numeric AS value")[0]
                #expect(try row.get("same", as: Bool.self))
                #expect(try row.get("value", as: String.self) == text)
            }
        }

        @Test("bytes come back, and arrays of them")
        func bytes() async throws {
            try await roundTrip([[UInt8](0...255), []], as: "bytea")
            try await roundTrip([[[1, 2], [], [0]] as [[UInt8]]], as: "bytea[]")
        }

        @Test("JSON comes back with its value, alone and in arrays")
        func json() async throws {
            let part = Part(name: "泵 \"A\"", count: 3)
            let document = try JSONB(encoding: part)
            try await PostgresPool.withFresh { pool in
                for _ in 0..<3 {
                    let row = try await pool.query(
                        "SELECT \(document) AS one, \([document, document]) AS many, \(document) ->> 'name' AS name")[0]
                    #expect(try row.get("one", as: JSONB.self).decode(Part.self) == part)
                    #expect(try row.get("many", as: [JSONB].self).map { try $0.decode(Part.self) } == [part, part])
                    #expect(try row.get("name", as: String.self) == part.name)
                }
            }
        }

        @Test("types with a raw value are bound and read by it")
        func rawValues() async throws {
            try await roundTrip([Phase.open, .done], as: "text")
            try await roundTrip([[Phase.open, .done]], as: "text[]")
            try await PostgresPool.withFresh { pool in
                let row = try await pool.query("SELECT 'lost' AS phase")[0]
                #expect(throws: PostgresError.self) { try row.get("phase", as: Phase.self) }
            }
        }

        @Test("a text parameter fits wherever its text does: enum, date, uuid")
        func inferredText() async throws {
            try await PostgresPool.withFresh(size: 1) { pool in
                try await pool.execute("CREATE TYPE mood AS ENUM ('calm', 'cross')")
                let row = try await pool.query(
                    "SELECT \("calm")::mood AS mood, \("2026-03-01")::date AS day, \("{1,2}")::int[] AS list")[0]
                #expect(try row.get("mood", as: String.self) == "calm")
                #expect(try row.get("day", as: Date.self) == Date(timeIntervalSince1970: 1_772_323_200))
                #expect(try row.get("list", as: [Int].self) == [1, 2])
            }
        }

        @Test("reading a column as something else names the column")
        func mismatch() async throws {
            try await PostgresPool.withFresh { pool in
                let row = try await pool.query("SELECT 1 AS number, 'x' AS word")[0]
                let error = #expect(throws: PostgresError.self) { try row.get("number", as: UUID.self) }
                #expect(error?.kind == .usage)
                #expect(error?.column == "number")
                #expect(throws: PostgresError.self) { try row.get("word", as: Int.self) }
                #expect(throws: PostgresError.self) { try row.get("word", as: [String].self) }
                #expect(throws: PostgresError.self) { try row.get("absent", as: Int.self) }
            }
        }
    }
}
