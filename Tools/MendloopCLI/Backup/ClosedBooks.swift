import DomainContracts
import Foundation
import Postgres

/// Until when billing's books are closed, by their names; nil: no month is. A restore to before a closing opens the month again.
struct ClosedBooks: Sendable, Equatable {
    var until: [String: Date?] = [:]

    /// What a database says; nothing where billing has none there, or an earlier release's that closed no months.
    static func read(_ access: DatabaseAccess) async throws -> ClosedBooks {
        try await access.look { connection in
            let table = try await connection.query("SELECT to_regclass('billing.book')::text AS name").first
            guard let table, try table.get("name", as: String?.self) != nil else { return ClosedBooks() }
            let rows = try await connection.query(
                "SELECT name, (to_jsonb(book)->>'closed_until')::timestamptz AS until FROM billing.book AS book")
            return ClosedBooks(
                until: Dictionary(
                    try rows.map { (try $0.get("name", as: String.self), try $0.get("until", as: Date?.self)) },
                    uniquingKeysWith: { $1 }))
        }
    }

    /// What finance has to know of a restore, a line for each book.
    ///
    /// - Parameter before: of the database that was replaced, as far as it was there still.
    func words(before: ClosedBooks) -> [String] {
        until.sorted { $0.key < $1.key }.map { book, until in
            let now = until.map { "is closed until \(RFC3339.format($0))" } ?? "has no closed month"
            let then = before.until[book].flatMap { $0 }
            let known =
                then.flatMap { $0 > until ?? .distantPast ? " (it was until \(RFC3339.format($0)))" : nil } ?? ""
            return
                "book \(book) \(now)\(known): months closed since the backup are open again, and finance closes them "
                + "before it sends anything again, docs/finance.md"
        }
    }
}
