import ArgumentParser
import Foundation
import LocalStack

/// Puts a dump in the place of all schemas there are, and does what follows from it, in one transaction: afterwards the database
/// is as it was, or restored.
struct DatabaseRestoration: Sendable {
    let access: DatabaseAccess

    /// What became of it.
    struct Outcome: Sendable, Equatable {
        /// What ``Reopening`` tells, by its words.
        var told: [String: String]
    }

    /// - Parameters:
    ///   - manifest: what the restored tables are held against.
    ///   - reopening: what is done once they are there.
    func restore(_ dump: URL, _ manifest: BackupManifest, _ reopening: Reopening) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mendloop-restore-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let before = folder.appending(path: "before.sql")
        let after = folder.appending(path: "after.sql")
        try Data(Self.clearing.utf8).write(to: before)
        let ending = [Self.holding(manifest.database.rows), reopening.sql, "COMMIT;"]
        try Data(ending.joined(separator: "\n").utf8).write(to: after)
        let (place, environment) = try access.parted()
        // Whatever fails ends the text before its COMMIT, and nothing has happened.
        let pipe = """
            { cat "$1" && "$2" --file=- "$3" && cat "$4"; } | \
            "$5" --no-psqlrc --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 --dbname="$6"
            """
        let output = try await Command(
            arguments: [
                "/bin/sh", "-c", pipe, "sh", before.path, try DatabaseProgram.path("pg_restore"), dump.path, after.path,
                try DatabaseProgram.path("psql"), place,
            ], environment: environment
        ).run()
        let told = output.split(separator: "\n").compactMap { line -> (String, String)? in
            let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            return parts.count == 3 && parts[0] == Reopening.mark ? (parts[1], parts[2]) : nil
        }
        guard told.contains(where: { $0.0 == "restored" }) else {
            throw ValidationError("the database is as it was: \(output.suffix(2_000))")
        }
        return Outcome(told: Dictionary(told, uniquingKeysWith: { $1 }))
    }

    private static let clearing = """
        BEGIN;
        SET client_min_messages = warning;
        \(BackupSite.schemas.map { "DROP SCHEMA IF EXISTS \($0) CASCADE;" }.joined(separator: "\n"))

        """

    /// Every table has the rows that were written.
    private static func holding(_ rows: [String: Int]) -> String {
        let checks = rows.sorted { $0.key < $1.key }.map { table, count in
            let name = table.split(separator: ".").map { "\"\($0)\"" }.joined(separator: ".")
            return """
                    IF (SELECT count(*) FROM \(name)) <> \(count) THEN
                        RAISE EXCEPTION '\(table) does not have the % rows that were written', \(count);
                    END IF;
                """
        }
        return """
            DO $check$ BEGIN
            \(checks.joined(separator: "\n"))
            END $check$;
            SELECT '\(Reopening.mark)|restored|\(rows.values.reduce(0, +))';
            """
    }
}
