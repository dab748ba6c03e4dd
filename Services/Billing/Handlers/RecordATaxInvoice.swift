import DomainContracts
import Foundation
import ServiceKit

/// Keeps the number of a tax invoice that was issued elsewhere. At most one stands at a time; another takes its place once a
/// red-letter one has taken it back.
struct RecordATaxInvoice: CommandHandler {
    let policy: BillingPolicy

    func keys(_ command: RecordTaxInvoice, _ keys: inout Keys) {
        keys.need(OrderAccount.self, command.workOrderId)
        keys.need(TaxInvoiceNumber.self, BillingID.taxInvoice(command.invoiceNumber))
    }

    func decide(_ command: RecordTaxInvoice, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let desk = BillingDesk(policy: policy)
        if let refusal = Refusal.invalid(desk.problems(command, now: turn.now)) { throw refusal }
        guard var account = turn.get(OrderAccount.self, command.workOrderId) else {
            throw .notFound("/data/workOrderId", "work order")
        }
        let key = BillingID.taxInvoice(command.invoiceNumber)
        let number = TaxInvoiceNumber(command)
        if let known = turn.get(TaxInvoiceNumber.self, key) {
            guard known.workOrderId == command.workOrderId else {
                throw .conflict("invoice-number-taken", "Another order has the tax invoice of this number")
            }
            guard known == number else {
                throw .conflict("invoice-differs", "Another tax invoice was recorded under this number")
            }
            return Acknowledgement(invoicesOf: account, &turn)
        }
        let before = account.tracks
        let issuedAt = command.issuedAt ?? turn.now
        if command.kind == .blue {
            try account.expectNone(for: command.amount.amount)
            account.take(
                OrderAccount.IssuedInvoice(
                    number: command.invoiceNumber, amount: number.amount, tax: number.tax, issuedAt: issuedAt))
        } else {
            try account.expect(command.corrects ?? "", of: command.amount.amount)
            account.take(
                OrderAccount.RedLetter(
                    number: command.invoiceNumber, amount: number.amount, tax: number.tax, issuedAt: issuedAt))
        }
        turn.set(number, key)
        desk.keep(account, was: before, &turn)
        return Acknowledgement(invoicesOf: account, &turn)
    }
}

extension TaxInvoiceNumber {
    fileprivate init(_ command: RecordTaxInvoice) {
        self.init(
            number: command.invoiceNumber, workOrderId: command.workOrderId, kind: command.kind,
            corrects: command.corrects, amount: command.amount.amount, tax: command.tax?.amount)
    }
}

extension OrderAccount {
    /// - Throws: unless an invoice of this amount is missing.
    fileprivate func expectNone(for amount: Int) throws(Refusal) {
        guard charge == .final else { throw .conflict("charge-not-final", "The order is not billed yet") }
        if invoiceStatus == .issued, let standing = taxInvoices?.last {
            throw .conflict(
                "invoice-recorded", "The order has a tax invoice",
                detail: "\(standing.number) has to be taken back first")
        }
        guard total > 0 else { throw .conflict("nothing-charged", "Nothing is charged for the order") }
        guard amount == total else { throw Self.differs(from: total) }
    }

    /// - Throws: unless the invoice of this number stands, and was made out for this amount.
    fileprivate func expect(_ number: String, of amount: Int) throws(Refusal) {
        guard let invoice = taxInvoices?.first(where: { $0.number == number }) else {
            throw .notFound("/data/corrects", "tax invoice")
        }
        guard invoice.redLetter == nil else {
            throw .conflict("invoice-taken-back", "The tax invoice was taken back already")
        }
        guard amount == invoice.amount else { throw Self.differs(from: invoice.amount) }
    }

    private static func differs(from amount: Int) -> Refusal {
        .conflict("amount-differs", "The amount is another", detail: "expected \(amount) minor units")
    }
}

extension BillingDesk {
    fileprivate func problems(_ command: RecordTaxInvoice, now: Date) -> [FieldProblem] {
        var problems = problems(command.amount)
        if command.invoiceNumber.wholeMatch(of: /[A-Za-z0-9-]{1,40}/) == nil {
            problems.append(
                FieldProblem("/data/invoiceNumber", "format", "is 1 to 40 letters, digits and hyphens"))
        }
        if !command.kind.isKnown {
            problems.append(FieldProblem("/data/kind", "unknown-value", "blue or red_letter"))
        } else if command.kind == .redLetter, command.corrects == nil {
            problems.append(FieldProblem("/data/corrects", "required", "names the invoice that it takes back"))
        } else if command.kind == .blue, command.corrects != nil {
            problems.append(FieldProblem("/data/corrects", "unexpected", "is a red-letter invoice's"))
        }
        if let tax = command.tax {
            if tax.currency != policy.currency {
                problems.append(
                    FieldProblem("/data/tax/currency", "currency-mismatch", "the books are kept in \(policy.currency)"))
            }
            if !(0..<max(1, command.amount.amount)).contains(tax.amount) {
                problems.append(FieldProblem("/data/tax/amount", "out-of-range", "from 0, below the amount"))
            }
        }
        if let issuedAt = command.issuedAt, issuedAt > now + 86_400 {
            problems.append(FieldProblem("/data/issuedAt", "out-of-range", "is not in the future"))
        }
        return problems
    }
}

extension Acknowledgement {
    /// How an order's tax invoices stand after a command.
    fileprivate init(invoicesOf account: OrderAccount, _ turn: inout Turn) {
        self.init(
            subject: OrderAccount.subject(account.workOrderId),
            version: turn.version(OrderAccount.self, account.workOrderId), status: account.invoiceStatus.rawValue)
    }
}
