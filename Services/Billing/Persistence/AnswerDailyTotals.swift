import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// A book's control totals, by days of the deployment's clock.
struct AnswerDailyTotals: QueryHandler {
    /// Most days of one answer.
    static let mostDays = 366

    let policy: BillingPolicy

    func answer(_ query: DailyTotalsQuery, on connection: PostgresConnection) async throws -> DailyTotals {
        let (from, until) = try Self.days(query)
        let offset = policy.utcOffsetMinutes
        let midnight = TimeInterval(-offset * 60)
        let rows = try await connection.query(
            """
            WITH posted AS (
                SELECT series, sequence, lines,
                    to_char(posted_at AT TIME ZONE 'UTC' + make_interval(mins => \(offset)::int), 'YYYY-MM-DD') AS day
                FROM ledger_entry
                WHERE book = \(query.book) AND posted_at >= \(from + midnight) AND posted_at < \(until + midnight + 86_400)
            )
            SELECT days.day, days.series, days.entries, days.first_sequence, days.last_sequence,
                sides.account, sides.debit, sides.credit
            FROM (
                SELECT day, series, count(*)::bigint AS entries, min(sequence) AS first_sequence,
                    max(sequence) AS last_sequence
                FROM posted GROUP BY day, series
            ) days JOIN (
                SELECT p.day, p.series, l.line->>'account' AS account,
                    coalesce(sum((l.line->'money'->>'amount')::bigint)
                        FILTER (WHERE l.line->>'side' = 'debit'), 0)::bigint AS debit,
                    coalesce(sum((l.line->'money'->>'amount')::bigint)
                        FILTER (WHERE l.line->>'side' = 'credit'), 0)::bigint AS credit
                FROM posted p CROSS JOIN LATERAL jsonb_array_elements(p.lines) AS l(line)
                GROUP BY p.day, p.series, l.line->>'account'
            ) sides USING (day, series)
            ORDER BY days.day, days.series, sides.account COLLATE "C"
            """)
        var totals = DailyTotals(utcOffsetMinutes: offset)
        for row in rows {
            let day = try row.get("day", as: String.self)
            let series = try row.get("series", as: Int.self)
            if totals.days.last?.day != day || totals.days.last?.series != series {
                totals.days.append(
                    DayTotals(
                        day: day, series: series, entries: try row.get("entries"),
                        firstSequence: try row.get("first_sequence"), lastSequence: try row.get("last_sequence")))
            }
            totals.days[totals.days.count - 1].accounts.append(
                AccountTotals(
                    account: try row.get("account"), debit: Money(try row.get("debit"), policy.currency),
                    credit: Money(try row.get("credit"), policy.currency)))
        }
        return totals
    }

    /// The days' midnights, as if the clock were UTC's.
    private static func days(_ query: DailyTotalsQuery) throws(Refusal) -> (from: Date, until: Date) {
        let expected = "expected an existing day such as 2026-12-01"
        guard let from = RFC3339.parse(query.fromDay + "T00:00:00Z") else {
            throw .invalid("/data/fromDay", "not-a-date", expected)
        }
        guard let until = RFC3339.parse(query.untilDay + "T00:00:00Z") else {
            throw .invalid("/data/untilDay", "not-a-date", expected)
        }
        guard until >= from, until.timeIntervalSince(from) < TimeInterval(mostDays) * 86_400 else {
            throw .invalid("/data/untilDay", "out-of-range", "fromDay … fromDay + \(mostDays - 1) days")
        }
        return (from, until)
    }
}
