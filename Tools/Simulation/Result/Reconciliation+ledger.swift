import DomainContracts

extension Reconciliation {
    /// Billing's ledger by itself, and against the books that finance made of its events.
    static func ledger(_ facts: ReconciliationFacts) -> [Line] {
        var balance: [String] = []
        var numbers: [String] = []
        var copy = facts.book.findings.map(\.description).sorted()
        var entries = 0
        for total in facts.after.ledger.books {
            let name = "\(total.book)/\(total.series)"
            let series = FinanceBook.Series(book: total.book, series: total.series)
            let earlier = facts.before.ledger.books.first { $0.book == total.book && $0.series == total.series }
            entries += total.entries
            let sides = total.accounts.reduce((debit: 0, credit: 0)) {
                ($0.debit + $1.debit.amount, $0.credit + $1.credit.amount)
            }
            if sides.debit != sides.credit {
                balance.append("\(name): \(yuan(sides.debit)) ≠ \(yuan(sides.credit))")
            }
            if total.entries > 0, total.firstSequence != 1 || total.lastSequence != total.entries {
                numbers.append("\(name): \(total.entries) entries from \(total.firstSequence) to \(total.lastSequence)")
            }
            let missing = facts.book.missing(
                series, from: (earlier?.lastSequence ?? 0) + 1, through: total.lastSequence)
            if let first = missing.first { copy.append("\(name): \(missing.count) never came, the first \(first)") }
            let own = facts.book.balances(series)
            for (account, billed) in balances(total).sorted(by: { $0.key < $1.key }) {
                let theirs = billed - (earlier.map(balances)?[account] ?? 0)
                if own[account, default: 0] != theirs {
                    copy.append("\(name) \(account): \(yuan(own[account, default: 0])) ≠ \(yuan(theirs))")
                }
            }
        }
        return [
            Line(
                code: "ledger-balance", holds: balance.isEmpty, title: "the ledger is balanced 借贷平衡",
                detail: balance.isEmpty ? "\(entries) entries" : balance.joined(separator: "; ")),
            Line(
                code: "ledger-numbers", holds: numbers.isEmpty, title: "its numbers have no gap 凭证连号",
                detail: numbers.isEmpty ? "1 to \(entries)" : numbers.joined(separator: "; ")),
            Line(
                code: "ledger-copy", holds: copy.isEmpty, title: "finance's own books equal it 财务账一致",
                detail: copy.isEmpty ? "every account" : copy.prefix(8).joined(separator: "; ")),
        ]
    }

    private static func balances(_ totals: BookTotals) -> [String: Int] {
        Dictionary(totals.accounts.map { ($0.account, $0.debit.amount - $0.credit.amount) }, uniquingKeysWith: +)
    }
}
