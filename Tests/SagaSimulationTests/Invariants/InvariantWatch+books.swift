import DomainContracts
import Foundation

@testable import Billing
@testable import Feedback
@testable import Intake
@testable import Inventory
@testable import ServiceKit

/// The books, by the posted entries alone: debits above zero.
struct Ledger {
    var balances: [String: Int] = [:]
    var last: [String: Int] = [:]
}

extension InvariantWatch {
    /// Rows of append-only tables: each new, entries balanced and numbered without a gap.
    func checkFacts(_ commit: Commit) {
        for fact in commit.facts {
            switch fact {
            case let row as LedgerEntryRow: note(row)
            case let row as StockMovementRow: noteMovement(row)
            case let row as ReportRejection: noteRejection(row)
            case let row as OrderFact: mustBeNew(OrderFact.table, "\(row.workOrderId) \(row.sequence)")
            case let row as SatisfactionFact: mustBeNew(SatisfactionFact.table, "\(row.reportId)")
            case let row as ReworkFact: mustBeNew(ReworkFact.table, "\(row.reworkOrderId)")
            default: break
            }
        }
    }

    private func note(_ row: LedgerEntryRow) {
        mustBeNew(LedgerEntryRow.table, row.entryId.uuidString)
        let last = ledger.last[row.book] ?? 0
        if row.sequence != last + 1 { violate("\(row.book): entry \(row.sequence) follows \(last)") }
        ledger.last[row.book] = row.sequence
        if row.totalDebit != row.totalCredit || row.totalDebit <= 0 {
            violate("entry \(row.sequence) does not balance")
        }
        for line in row.lines {
            if line.money.amount <= 0 { violate("entry \(row.sequence) has a line of \(line.money.amount)") }
            let amount = line.side == .debit ? line.money.amount : -line.money.amount
            ledger.balances[line.account, default: 0] += amount
        }
    }

    func checkAccounts(_ commit: Commit) {
        for change in commit.changes {
            switch (change.before, change.after) {
            case (let before as Estimate, let after as Estimate):
                let isAnswered = ![.approval, .quote].contains(before.status)
                if isAnswered, before.status != after.status {
                    violate("estimate \(after.estimateId) was \(before.status) and is \(after.status)")
                }
            case (let before as OrderAccount, let after as OrderAccount):
                if before.bill != nil, after.bill != before.bill {
                    violate("\(after.workOrderNumber): the bill changed")
                }
                if before.charge == .final, after.charge != .final {
                    violate("\(after.workOrderNumber): a final charge is \(after.charge)")
                }
                if after.paid < 0 { violate("\(after.workOrderNumber): less than nothing was paid") }
            default: break
            }
        }
    }
}
