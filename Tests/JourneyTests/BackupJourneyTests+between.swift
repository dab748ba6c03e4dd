import Foundation
import LocalStack
import ServiceTesting
import Testing

@testable import MendloopCLI

/// What happened before a backup and was not heard, and what happened after it and has to be said again.
extension BackupJourneyTests {
    /// As if so many days had passed since all that was told and handled.
    private func passDays(_ days: Int) async throws {
        for schema in BackupSite.schemas {
            try await installation.stack.sql(
                """
                UPDATE \(schema).event_log SET told_at = told_at - interval '\(days) days';
                UPDATE \(schema).inbox SET handled_at = handled_at - interval '\(days) days'
                """)
        }
    }

    /// Waits until a service has forgotten what it handled longer ago than inboxes keep.
    private func forgets(_ schema: String) async throws {
        try await eventually(within: .seconds(60), "\(schema) forgets") {
            try await installation.stack.sql(
                "SELECT count(*) FROM \(schema).inbox WHERE NOT kept AND handled_at < now() - interval '30 days'"
            ).hasPrefix("0")
        }
    }

    @Test(
        "a service that was down for weeks hears all that it missed, and nobody anything twice that his inbox has forgotten"
    )
    func downForWeeks() async throws {
        _ = try await installation.services.startDoor()
        func known(to schema: String, _ count: Int) async throws {
            try await eventually("\(schema) has heard of \(count)") {
                try await installation.stack.sql(
                    "SELECT count(*) FROM \(schema).inbox WHERE wire_type LIKE '%.contact-changed.%'")
                    == "\(count)\n"
            }
        }
        try await register("C-0000")
        for schema in ["feedback", "console"] { try await known(to: schema, 1) }
        try await passDays(40)
        try await register("C-0001")
        for schema in ["feedback", "console"] { try await forgets(schema) }
        for schema in ["feedback", "console"] { try await known(to: schema, 1) }
        try await passDays(1)
        try await installation.services.stop(.feedback)
        try await register("C-0002")
        try await waits(for: 1)
        try await known(to: "console", 2)
        // Feedback, which is down, forgets nothing; console what both have heard, and what feedback lacks.
        try await passDays(35)
        try await register("C-0003")
        try await waits(for: 2)
        try await forgets("console")
        try await known(to: "console", 1)

        let made = try await tool.run("backup", "--to", backups.path)
        let backup = made.output.trimmingCharacters(in: .newlines)
        try await installation.services.stop()
        for schema in BackupSite.schemas { try await installation.stack.sql("DROP SCHEMA \(schema) CASCADE") }
        let restored = try await tool.run("restore", backup, "--yes")
        #expect(restored.output.contains("intake tells again 2 events that were under way"), "\(restored.output)")
        #expect(restored.output.contains("2 events that waited in the broker are set aside"), "\(restored.output)")
        // Console has handled both, and does not a second time.
        try await known(to: "console", 2)

        try await installation.services.start()
        _ = try await installation.services.startDoor()
        try await eventually("feedback knows all four") {
            try await installation.stack.sql("SELECT count(*) FROM feedback.contact") == "4\n"
        }
        try await installation.drains()
        try await installation.stop()
        try FileManager.default.removeItem(at: backups)
    }

    /// Waits until intake has forgotten a customer.
    private func isErased(_ number: String) async throws {
        try await eventually("\(number) is erased") {
            try await installation.stack.sql(
                """
                SELECT count(*) FROM intake.customer AS c JOIN intake.erasure AS e ON e.customer_id = c.id
                WHERE e.is_done AND c.state->>'customerNumber' = '\(number)' AND c.state->>'name' IS NULL
                """) == "1\n"
        }
    }

    @Test(
        "who was erased after the backup is erased again, whether the database was lost or not; a month is said to be open again"
    )
    func erasesAgain() async throws {
        let file = try await keepFile()
        for number in ["C-0001", "C-0002"] { try await register(number) }
        let made = try await tool.run("backup", "--to", backups.path)
        let backup = made.output.trimmingCharacters(in: .newlines)
        let id = try await installation.stack.sql(
            "SELECT id FROM intake.customer WHERE state->>'customerNumber' = 'C-0001'"
        ).trimmingCharacters(in: .newlines)
        #expect(try await tool.run("erase", id, "--reason", "asked by letter", "--yes").status == 0)
        try await isErased("C-0001")
        try await receive(1)
        try await installation.stack.sql("UPDATE billing.book SET closed_until = '2026-10-31T16:00:00Z'")

        // The database that is replaced knows whom.
        let back = try await tool.run("restore", backup, "--yes")
        #expect(
            back.output.contains("1 customers who were erased after the backup are whole again: \(id)"),
            "\(back.output)")
        try await installation.services.start()
        try await isErased("C-0001")
        // Its book was closed before anything was in it; a later backup has the book, and the month open.
        try await receive(1)
        let later = try await tool.run("backup", "--to", backups.path).output.trimmingCharacters(in: .newlines)
        try await installation.stack.sql("UPDATE billing.book SET closed_until = '2026-10-31T16:00:00Z'")
        let opened = try await tool.run("restore", later, "--yes")
        #expect(
            opened.output.contains("book main has no closed month (it was until 2026-10-31T16:00:00.000Z)"),
            "\(opened.output)")
        #expect(!opened.output.contains("whole again"))

        // The second backup took no room for the file that the first one has.
        let places = try FileManager.default.subpathsOfDirectory(atPath: backups.path).filter {
            $0.hasSuffix("/" + file.lastPathComponent)
        }
        let inodes = try places.map {
            try FileManager.default.attributesOfItem(atPath: backups.path + "/" + $0)[.systemFileNumber] as? Int
        }
        #expect(inodes.count == 2 && Set(inodes).count == 1, "\(places)")

        // One that is lost does not; the list beside the backups does.
        try await installation.services.start()
        let other = try await installation.stack.sql(
            "SELECT id FROM intake.customer WHERE state->>'customerNumber' = 'C-0002'"
        ).trimmingCharacters(in: .newlines)
        #expect(try await tool.run("erase", other, "--reason", "asked by letter", "--yes").status == 0)
        #expect(try await tool.run("backup", "erased", "--to", backups.path).output.hasPrefix("2 erased customers"))
        try await installation.services.stop()
        for schema in BackupSite.schemas { try await installation.stack.sql("DROP SCHEMA \(schema) CASCADE") }
        let lost = try await tool.run("restore", backup, "--yes")
        #expect(lost.output.contains("2 customers who were erased after the backup are whole again"), "\(lost.output)")
        try await installation.services.start()
        for number in ["C-0001", "C-0002"] { try await isErased(number) }
        try await installation.stop()
        try FileManager.default.removeItem(at: backups)
    }
}
