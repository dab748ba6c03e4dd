import DomainContracts
import Foundation
import ServiceKit

/// A posted entry as its table holds it.
struct LedgerEntryRow: FactRow, Equatable {
    static let table = "ledger_entry"
    static let columns = [
        "entry_id", "book", "series", "sequence", "kind", "work_order_id", "work_order_number", "posted_at",
        "occurred_at", "lines",
        "reverses", "memo", "currency", "total_debit", "total_credit",
    ]

    let entryId: UUID
    let book: String
    let series: Int
    let sequence: Int
    let kind: LedgerEntry.Kind
    let workOrderId: UUID?
    let workOrderNumber: String?
    let postedAt: Date
    let occurredAt: Date?
    let lines: [LedgerLine]
    let reverses: UUID?
    let memo: String
    let currency: String
    let totalDebit: Int
    let totalCredit: Int

    init(_ posted: LedgerEntryPosted, _ kind: LedgerEntry.Kind, currency: String) {
        entryId = posted.entryId
        book = posted.book
        series = posted.series
        sequence = posted.sequence
        self.kind = kind
        workOrderId = posted.workOrderId
        workOrderNumber = posted.workOrderNumber
        postedAt = posted.postedAt
        occurredAt = posted.occurredAt
        lines = posted.lines
        reverses = posted.reverses
        memo = posted.memo
        self.currency = currency
        totalDebit = posted.lines.filter { $0.side == .debit }.reduce(0) { $0 + $1.money.amount }
        totalCredit = posted.lines.filter { $0.side == .credit }.reduce(0) { $0 + $1.money.amount }
    }
}
