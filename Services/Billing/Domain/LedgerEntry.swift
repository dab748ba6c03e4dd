import DomainContracts
import FoundationEssentials

/// A balanced entry on its way to a book. It is made of transfers, each of which debits one account and credits
/// another by the same amount, so that an entry that does not balance cannot be written down.
struct LedgerEntry: Sendable, Equatable {
    enum Kind: String, Codable, Sendable, CaseIterable {
        case stock, charge, labour, payment, deposit, refund, remittance, credit, reclassification
    }

    /// One amount that goes from one account to another; below zero it goes the other way.
    struct Transfer: Sendable, Equatable {
        let debit: String
        let credit: String
        let amount: Int

        init(debit: String, credit: String, _ amount: Int) {
            self.debit = amount < 0 ? credit : debit
            self.credit = amount < 0 ? debit : credit
            self.amount = abs(amount)
        }
    }

    let entryId: UUID
    let kind: Kind
    let workOrderId: UUID?
    let workOrderNumber: String?
    let postedAt: Date
    let lines: [LedgerLine]
    let memo: String
    /// The entry that this one corrects.
    let reverses: UUID?

    /// Nil when nothing moves.
    init?(
        _ entryId: UUID, _ kind: Kind, _ transfers: [Transfer], currency: String, workOrderId: UUID? = nil,
        workOrderNumber: String? = nil, postedAt: Date, memo: String, reverses: UUID? = nil
    ) {
        let moving = transfers.filter { $0.amount > 0 }
        guard !moving.isEmpty else { return nil }
        self.entryId = entryId
        self.kind = kind
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.postedAt = postedAt
        self.memo = memo
        self.reverses = reverses
        lines =
            Self.lines(.debit, moving.map { ($0.debit, $0.amount) }, currency)
            + Self.lines(.credit, moving.map { ($0.credit, $0.amount) }, currency)
    }

    /// One line an account, in the order in which accounts first appear.
    private static func lines(
        _ side: LedgerSide, _ amounts: [(account: String, amount: Int)], _ currency: String
    ) -> [LedgerLine] {
        var sums: [String: Int] = [:]
        var order: [String] = []
        for (account, amount) in amounts {
            if sums[account] == nil { order.append(account) }
            sums[account, default: 0] += amount
        }
        return order.map { LedgerLine(account: $0, side: side, money: Money(sums[$0] ?? 0, currency)) }
    }
}
