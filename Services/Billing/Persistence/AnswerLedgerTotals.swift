import DomainContracts
import Postgres
import ServiceKit

/// The trial balance, by book and series; the series in which a book goes on is among them before its first entry.
struct AnswerLedgerTotals: QueryHandler {
    let policy: BillingPolicy

    func answer(_ query: LedgerTotalsQuery, on connection: PostgresConnection) async throws -> LedgerTotals {
        // Books have names: an empty one asks for all.
        let book = query.book ?? ""
        let rows = try await connection.query(
            """
            SELECT books.book, books.series, books.entries, books.first_sequence, books.last_sequence,
                book.closed_until, sides.account, sides.debit, sides.credit
            FROM (
                SELECT book, series, count(sequence)::bigint AS entries,
                    coalesce(min(sequence), 0) AS first_sequence, coalesce(max(sequence), 0) AS last_sequence
                FROM (
                    SELECT book, series, sequence FROM ledger_entry
                    UNION ALL SELECT name, series, NULL FROM book
                ) AS known
                WHERE \(book) = '' OR book = \(book) GROUP BY book, series
            ) books LEFT JOIN (
                SELECT e.book, e.series, l.line->>'account' AS account,
                    coalesce(sum((l.line->'money'->>'amount')::bigint)
                        FILTER (WHERE l.line->>'side' = 'debit'), 0)::bigint AS debit,
                    coalesce(sum((l.line->'money'->>'amount')::bigint)
                        FILTER (WHERE l.line->>'side' = 'credit'), 0)::bigint AS credit
                FROM ledger_entry e CROSS JOIN LATERAL jsonb_array_elements(e.lines) AS l(line)
                WHERE \(book) = '' OR e.book = \(book)
                GROUP BY e.book, e.series, l.line->>'account'
            ) sides USING (book, series)
            LEFT JOIN book ON book.name = books.book
            ORDER BY books.book, books.series, sides.account
            """)
        var totals: [BookTotals] = []
        for row in rows {
            let name = try row.get("book", as: String.self)
            let series = try row.get("series", as: Int.self)
            if totals.last?.book != name || totals.last?.series != series {
                totals.append(
                    BookTotals(
                        book: name, series: series, entries: try row.get("entries"),
                        firstSequence: try row.get("first_sequence"), lastSequence: try row.get("last_sequence"),
                        closedUntil: try row.get("closed_until")))
            }
            guard let account = try row.get("account", as: String?.self) else { continue }
            totals[totals.count - 1].accounts.append(
                AccountTotals(
                    account: account, debit: Money(try row.get("debit"), policy.currency),
                    credit: Money(try row.get("credit"), policy.currency)))
        }
        return LedgerTotals(books: totals)
    }
}
