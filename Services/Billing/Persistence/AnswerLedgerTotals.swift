import DomainContracts
import Postgres
import ServiceKit

/// The trial balance, by book and series.
struct AnswerLedgerTotals: QueryHandler {
    let policy: BillingPolicy

    func answer(_ query: LedgerTotalsQuery, on connection: PostgresConnection) async throws -> LedgerTotals {
        // Books have names: an empty one asks for all.
        let book = query.book ?? ""
        let rows = try await connection.query(
            """
            SELECT books.book, books.series, books.entries, books.first_sequence, books.last_sequence,
                sides.account, sides.debit, sides.credit
            FROM (
                SELECT book, series, count(*)::bigint AS entries, min(sequence) AS first_sequence,
                    max(sequence) AS last_sequence
                FROM ledger_entry WHERE \(book) = '' OR book = \(book) GROUP BY book, series
            ) books JOIN (
                SELECT e.book, e.series, l.line->>'account' AS account,
                    coalesce(sum((l.line->'money'->>'amount')::bigint)
                        FILTER (WHERE l.line->>'side' = 'debit'), 0)::bigint AS debit,
                    coalesce(sum((l.line->'money'->>'amount')::bigint)
                        FILTER (WHERE l.line->>'side' = 'credit'), 0)::bigint AS credit
                FROM ledger_entry e CROSS JOIN LATERAL jsonb_array_elements(e.lines) AS l(line)
                WHERE \(book) = '' OR e.book = \(book)
                GROUP BY e.book, e.series, l.line->>'account'
            ) sides USING (book, series)
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
                        firstSequence: try row.get("first_sequence"), lastSequence: try row.get("last_sequence")))
            }
            totals[totals.count - 1].accounts.append(
                AccountTotals(
                    account: try row.get("account"), debit: Money(try row.get("debit"), policy.currency),
                    credit: Money(try row.get("credit"), policy.currency)))
        }
        return LedgerTotals(books: totals)
    }
}
