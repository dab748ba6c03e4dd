import DomainContracts
import FoundationEssentials

extension OrderAccount {
    /// A tax invoice that was issued elsewhere for this order's charge, and the red-letter one that took it back.
    struct IssuedInvoice: Codable, Sendable, Equatable {
        let number: String
        let amount: Int
        let tax: Int?
        let issuedAt: Date
        var redLetter: RedLetter?
    }

    struct RedLetter: Codable, Sendable, Equatable {
        let number: String
        let amount: Int
        let tax: Int?
        let issuedAt: Date
    }

    /// Where the track of tax invoices stands: the newest one decides.
    var invoiceStatus: InvoiceStatus {
        guard let newest = taxInvoices?.last else { return .none }
        return newest.redLetter == nil ? .issued : .redLettered
    }

    mutating func take(_ invoice: IssuedInvoice) { taxInvoices = (taxInvoices ?? []) + [invoice] }

    /// Takes the newest invoice back.
    mutating func take(_ redLetter: RedLetter) {
        guard let newest = taxInvoices?.indices.last else { return }
        taxInvoices?[newest].redLetter = redLetter
    }

    /// All of them, the oldest first; nil as none.
    var listedInvoices: [TaxInvoice]? {
        taxInvoices?.map { invoice in
            TaxInvoice(
                invoiceNumber: invoice.number, amount: Money(invoice.amount, currency),
                tax: invoice.tax.map { Money($0, currency) }, issuedAt: invoice.issuedAt,
                redLetterNumber: invoice.redLetter?.number, redLetteredAt: invoice.redLetter?.issuedAt)
        }
    }
}

/// Which order a tax invoice's number was recorded for, and as what; found by an id derived from that number.
struct TaxInvoiceNumber: Codable, Sendable, Equatable {
    let number: String
    let workOrderId: UUID
    let kind: TaxInvoiceKind
    let corrects: String?
    let amount: Int
    let tax: Int?
}
