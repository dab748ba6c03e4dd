import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Closes a month of a book, and all before it. It holds the lock by which entries get their numbers: each entry is numbered before,
/// and may belong to the month, or after, and does not.
struct CloseAPeriod: SearchingCommandHandler {
    let policy: BillingPolicy

    func carryOut(_ command: ClosePeriod, _ session: inout WorkSession) async throws -> Acknowledgement {
        guard command.book == BillingPolicy.book else { throw Refusal.notFound("/data/book", "book") }
        guard let month = AccountingMonth(command.month, utcOffsetMinutes: policy.utcOffsetMinutes) else {
            throw Refusal.invalid("/data/month", "format", "is a month such as 2026-11")
        }
        guard month.end <= session.now else {
            throw Refusal.conflict(
                "month-not-over", "The month is not over", detail: "it ends at \(RFC3339.format(month.end))")
        }
        let rows = try await session.connection.query(
            """
            INSERT INTO book (name) VALUES (\(command.book)) ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name
            RETURNING series, next_sequence, closed_until
            """)
        guard let book = rows.first else { throw Refusal.notFound("/data/book", "book") }
        let closedUntil: Date? = try book.get("closed_until")
        let done = Acknowledgement(subject: "book/\(command.book)", version: month.ordinal, status: "closed")
        if let closedUntil, closedUntil >= month.end { return done }
        try await session.connection.execute(
            "UPDATE book SET closed_until = \(month.end) WHERE name = \(command.book)")
        let event = PeriodClosed(
            book: command.book, month: month.text, closedUntil: month.end, series: try book.get("series"),
            lastSequence: try book.get("next_sequence", as: Int.self) - 1, closedAt: session.now)
        try session.decide(story: nil) { turn in
            turn.emit(event, subject: "book/\(event.book)", sequence: month.ordinal)
        }
        return done
    }
}
