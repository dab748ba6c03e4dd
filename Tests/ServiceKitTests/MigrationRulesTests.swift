import Foundation
import Testing

@testable import ServiceKit

@Suite("What a migration may do")
struct MigrationRulesTests {
    private func migration(_ sql: String, file: String = "V0002_step.sql") throws -> Migration {
        try Migration(file: file, sql: Array(sql.utf8))
    }

    @Test("a file's name gives series, version and name")
    func names() throws {
        let kit = try migration("", file: "K0007_inbox_by_subject.sql")
        #expect(kit.series == .kit && kit.version == 7 && kit.name == "inbox_by_subject")
        #expect(kit.label == "K0007_inbox_by_subject")
        #expect(try migration("", file: "V0012_x").label == "V0012_x")
        for wrong in ["V1_x.sql", "X0001_x.sql", "V0001.sql", "V0001_.sql", "V0000_x.sql", "V00a1_x.sql", ""] {
            #expect(throws: MigrationError.badFileName(wrong)) { try migration("", file: wrong) }
        }
    }

    @Test("the checksum is SHA-256 of the bytes")
    func checksum() throws {
        #expect(
            try migration("abc").checksum == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("the kit's come first, each series counts from one, and a gap or a double is named")
    func order() throws {
        let files = ["V0002_b.sql", "K0001_k.sql", "V0001_a.sql"]
        let all = try files.map { try migration("", file: $0) }
        #expect(try MigrationRules.ordered(all).map(\.label) == ["K0001_k", "V0001_a", "V0002_b"])
        #expect(throws: MigrationError.brokenSequence(expected: "V0001", found: "V0002_b")) {
            try MigrationRules.ordered([migration("", file: "V0002_b.sql")])
        }
        #expect(throws: MigrationError.brokenSequence(expected: "V0002", found: "V0001_a")) {
            try MigrationRules.ordered([migration("", file: "V0001_a.sql"), migration("", file: "V0001_a.sql")])
        }
    }

    @Test(
        "taking something away is refused",
        arguments: [
            "DROP TABLE visit;", "drop table if exists visit", "TRUNCATE visit;", "DELETE FROM visit;",
            "ALTER TABLE visit DROP COLUMN status;", "ALTER TABLE visit DROP status;",
            "ALTER TABLE visit RENAME COLUMN a TO b;", "ALTER TABLE visit RENAME TO visits;",
            "ALTER TABLE visit ADD COLUMN x int, DROP COLUMN IF EXISTS y;",
            "ALTER TABLE visit ALTER COLUMN a TYPE bigint;", "ALTER TABLE visit ALTER a SET DATA TYPE bigint;",
            "DROP SCHEMA intake CASCADE;", "SELECT 1; /* so */ DROP -- quietly\n TABLE visit;",
            "DO $$ BEGIN IF true THEN DROP TABLE visit; END IF; END $$;", "ALTER TYPE kind RENAME VALUE 'a' TO 'b'",
            "SELECT ';'; DROP VIEW story;", "SELECT E'\\''; DROP VIEW story;",
        ])
    func destructive(sql: String) throws {
        let step = try migration(sql)
        #expect {
            try MigrationRules.check(step)
        } throws: { error in
            guard case MigrationError.destructive(let name, let statement) = error else { return false }
            return name == "V0002_step" && !statement.isEmpty
        }
    }

    @Test(
        "adding is allowed, and so are words of danger in literals, comments, names and function bodies",
        arguments: [
            "CREATE TABLE visit (id uuid PRIMARY KEY, type text NOT NULL);", "ALTER TABLE visit ADD COLUMN type text;",
            "ALTER TABLE visit ALTER COLUMN a SET DEFAULT 1, ADD COLUMN type text;",
            "ALTER TABLE visit DROP CONSTRAINT visit_check;", "ALTER TABLE visit ALTER COLUMN a DROP NOT NULL;",
            "-- DROP TABLE visit;\nSELECT 1;", "/* DROP /* TABLE */ visit; */ SELECT 1;",
            "INSERT INTO note (text) VALUES ('; DROP TABLE visit;');", "CREATE TABLE \"; DROP TABLE visit;\" (a int);",
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN DELETE FROM visit; RETURN NULL; END $f$;",
            "DELETE FROM visit WHERE false;", "DROP INDEX visit_by_status;", "",
        ])
    func additive(sql: String) throws {
        #expect(try MigrationRules.check(migration(sql)) == sql)
    }

    @Test("a file that gives its reason may take away; an empty reason is none")
    func contractStep() throws {
        let drop = "\nDROP TABLE visit;"
        #expect(throws: Never.self) {
            try MigrationRules.check(migration("-- contract-step: no binary since 1.4 reads it" + drop))
        }
        #expect(throws: MigrationError.self) { try MigrationRules.check(migration("-- contract-step:  " + drop)) }
        #expect(throws: MigrationError.self) {
            try MigrationRules.check(migration("SELECT '-- contract-step: x';" + drop))
        }
    }

    @Test(
        "a computed column on a table that was there before is refused",
        arguments: [
            "ALTER TABLE visit ADD COLUMN day text GENERATED ALWAYS AS (state->>'day') STORED;",
            "alter table only visit add day int not null generated always as (1) stored;",
            "CREATE TABLE other (id int); ALTER TABLE visit ADD COLUMN a int, ADD COLUMN b bigserial;",
            "ALTER TABLE IF EXISTS visit ADD COLUMN IF NOT EXISTS key uuid DEFAULT gen_random_uuid();",
        ])
    func rewriting(sql: String) throws {
        let step = try migration(sql)
        #expect {
            try MigrationRules.check(step)
        } throws: { error in
            guard case MigrationError.rewriting(let name, let statement) = error else { return false }
            return name == "V0002_step" && !statement.isEmpty
        }
        #expect(throws: Never.self) {
            try MigrationRules.check(migration("-- rewrites-table: one row a service\n" + sql))
        }
        #expect(throws: MigrationError.self) { try MigrationRules.check(migration("-- rewrites-table:\n" + sql)) }
    }

    @Test(
        "a new table may have computed columns, and an old one others",
        arguments: [
            "CREATE TABLE visit (id int, day text GENERATED ALWAYS AS ('') STORED);",
            "CREATE TABLE IF NOT EXISTS visit (id int); ALTER TABLE visit ADD COLUMN a bigserial;",
            "ALTER TABLE visit ADD COLUMN kept boolean NOT NULL DEFAULT false;",
            "ALTER TABLE visit ALTER COLUMN id SET DEFAULT gen_random_uuid();",
            "CREATE INDEX visit_by_day ON visit ((state->>'day'));",
        ])
    func noRewriting(sql: String) throws {
        #expect(try MigrationRules.check(migration(sql)) == sql)
    }

    @Test("what did so before it was refused is listed, and nothing else is")
    func landedRewrites() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var rewriting: Set<String> = []
        for folder in ["Services", "Shared"] {
            let files = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path())
                .filter { $0.hasSuffix(".sql") && $0.contains("/Migrations/") }
            #expect(!files.isEmpty)
            for path in files {
                let url = root.appending(path: folder).appending(path: path)
                let file = try Migration(file: url.lastPathComponent, sql: Array(Data(contentsOf: url)))
                let statements = SQLScript(String(decoding: file.sql, as: UTF8.self)).statements
                let made = MigrationRules.tablesMade(by: statements)
                if statements.contains(where: { MigrationRules.rewrites($0.words, except: made) }) {
                    rewriting.insert(file.checksum)
                }
            }
        }
        #expect(rewriting == MigrationRules.landedRewrites)
    }

    @Test(
        "a migration neither begins nor ends a transaction",
        arguments: ["BEGIN;", "SELECT 1; COMMIT;", "start transaction;"])
    func transactionControl(sql: String) throws {
        let step = try migration(sql)
        #expect {
            try MigrationRules.check(step)
        } throws: { error in
            if case MigrationError.transactionControl = error { true } else { false }
        }
    }

    @Test("bytes that are not UTF-8 are refused by name")
    func notText() throws {
        let step = try Migration(file: "V0002_step.sql", sql: [0xff, 0xfe])
        #expect(throws: MigrationError.notText(migration: "V0002_step")) { try MigrationRules.check(step) }
    }
}
