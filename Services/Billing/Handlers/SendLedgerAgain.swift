import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Sends posted entries again, as they were, to who asks.
struct SendLedgerAgain: DirectCommandHandler {
    /// Most numbers in one answer.
    static let most = 1_000

    func carryOut(_ command: ReplayLedger, on connection: PostgresConnection) async throws -> LedgerReplay {
        if let refusal = Refusal.invalid(Self.problems(command)) { throw refusal }
        let rows = try await connection.query(
            """
            SELECT book, series, sequence, entry_id, work_order_id, work_order_number, posted_at, occurred_at, lines,
                reverses, memo
            FROM ledger_entry
            WHERE book = \(command.book) AND series = \(command.series)
                AND sequence BETWEEN \(command.from) AND \(command.to)
            ORDER BY sequence
            """)
        let decoder = WireJSON.decoder()
        return LedgerReplay(
            book: command.book, series: command.series,
            entries: try rows.map { row in
                LedgerEntryPosted(
                    book: try row.get("book"), series: try row.get("series"), sequence: try row.get("sequence"),
                    entryId: try row.get("entry_id"), workOrderId: try row.get("work_order_id"),
                    workOrderNumber: try row.get("work_order_number"), postedAt: try row.get("posted_at"),
                    occurredAt: try row.get("occurred_at"),
                    lines: try row.get("lines", as: JSONB.self).decode([LedgerLine].self, decoder: decoder),
                    reverses: try row.get("reverses"), memo: try row.get("memo"))
            })
    }

    static func problems(_ command: ReplayLedger) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if command.from < 1 { problems.append(FieldProblem("/data/from", "out-of-range", "1 or more")) }
        // No overflow: `from` is 1 or more whenever the difference is taken.
        if command.from >= 1, command.to < command.from || command.to - command.from > most {
            problems.append(FieldProblem("/data/to", "out-of-range", "from … from + \(most)"))
        }
        return problems
    }
}
