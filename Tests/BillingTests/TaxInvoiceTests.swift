import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Billing

@Suite("Tax invoices")
struct TaxInvoiceTests {
    /// An order that is billed 170.00.
    private func billed() throws -> Counter {
        var counter = try SettlementTests.accepted()
        try counter.end()
        try counter.confirm()
        return counter
    }

    private func refusal(
        _ counter: inout Counter, _ number: String, amount: Int = 17_000, corrects: String? = nil,
        kind: TaxInvoiceKind? = nil, order: UUID = Counter.order, tax: Int? = nil, issuedAt: Date? = nil
    ) throws -> Problem? {
        let before = counter.account()
        let refusal = #expect(throws: Refusal.self) {
            try counter.invoice(
                number, amount: amount, corrects: corrects, kind: kind, order: order, tax: tax, issuedAt: issuedAt)
        }
        #expect(counter.account() == before)
        return refusal?.problem
    }

    @Test("one stands at a time: recorded once, taken back by a red-letter one, then another may be")
    func life() throws {
        var counter = try billed()
        #expect(counter.settlement?.invoice == InvoiceStatus.none)
        #expect(try counter.invoice("FP-1", tax: 962).status == "issued")
        #expect(counter.settlement?.invoice == .issued)
        let told = counter.bench.all(SettlementChanged.self).count
        // The same again, and what contradicts it.
        #expect(try counter.invoice("FP-1", tax: 962).status == "issued")
        #expect(counter.bench.all(SettlementChanged.self).count == told)
        #expect(try refusal(&counter, "FP-1", tax: 900)?.code == "invoice-differs")
        #expect(try refusal(&counter, "FP-2")?.code == "invoice-recorded")

        #expect(try refusal(&counter, "FP-9", corrects: "FP-3")?.errors.first?.pointer == "/data/corrects")
        #expect(try refusal(&counter, "FP-9", amount: 16_999, corrects: "FP-1")?.code == "amount-differs")
        #expect(try counter.invoice("FP-9", corrects: "FP-1").status == "red_lettered")
        #expect(try counter.invoice("FP-9", corrects: "FP-1").status == "red_lettered")
        #expect(counter.settlement?.invoice == .redLettered)
        #expect(try refusal(&counter, "FP-10", corrects: "FP-1")?.code == "invoice-taken-back")

        #expect(try counter.invoice("FP-2").status == "issued")
        let listed = try #require(counter.account()?.listedInvoices)
        #expect(listed.map(\.invoiceNumber) == ["FP-1", "FP-2"])
        #expect(listed.map(\.redLetterNumber) == ["FP-9", nil])
        #expect(listed[0].tax == Money(962, "CNY") && listed[0].amount == Money(17_000, "CNY"))
        // Nothing of it moves money.
        #expect(counter.balance(Account.receivable) == 17_000)
    }

    @Test("it is for what is charged, once that is sure, and its number is one order's")
    func conditions() throws {
        var counter = try SettlementTests.accepted()
        #expect(try refusal(&counter, "FP-1")?.code == "charge-not-final")
        #expect(try refusal(&counter, "FP-1", order: UUID())?.errors.first?.pointer == "/data/workOrderId")
        try counter.end()
        try counter.confirm()
        #expect(try refusal(&counter, "FP-1", amount: 17_001)?.code == "amount-differs")
        _ = try counter.invoice("FP-1")
        let other = UUID()
        try counter.open(Counter.everything, order: other)
        try counter.end(order: other, visit: UUID())
        try counter.close(.closed, order: other, remotely: true)
        #expect(counter.account(other)?.charge == .final)
        #expect(try refusal(&counter, "FP-1", order: other)?.code == "invoice-number-taken")
        #expect(try refusal(&counter, "FP-2", amount: 1, order: other)?.code == "nothing-charged")
    }

    @Test(
        "what is wrong with it is named",
        arguments: [
            ("", 17_000, nil, nil, nil, "/data/invoiceNumber"), ("发票1", 17_000, nil, nil, nil, "/data/invoiceNumber"),
            (String(repeating: "1", count: 41), 17_000, nil, nil, nil, "/data/invoiceNumber"),
            ("FP-1", 0, nil, nil, nil, "/data/amount/amount"),
            ("FP-1", 17_000, nil, TaxInvoiceKind.redLetter, nil, "/data/corrects"),
            ("FP-1", 17_000, "FP-0", TaxInvoiceKind.blue, nil, "/data/corrects"),
            ("FP-1", 17_000, nil, TaxInvoiceKind(rawValue: "green"), nil, "/data/kind"),
            ("FP-1", 17_000, nil, nil, 17_000, "/data/tax/amount"), ("FP-1", 17_000, nil, nil, -1, "/data/tax/amount"),
        ] as [(String, Int, String?, TaxInvoiceKind?, Int?, String)])
    func wrong(number: String, amount: Int, corrects: String?, kind: TaxInvoiceKind?, tax: Int?, pointer: String) throws
    {
        var counter = try billed()
        let problem = try refusal(&counter, number, amount: amount, corrects: corrects, kind: kind, tax: tax)
        #expect(problem?.errors.map(\.pointer) == [pointer])
    }

    @Test("it was not issued in the future")
    func future() throws {
        var counter = try billed()
        let problem = try refusal(&counter, "FP-1", issuedAt: counter.bench.now + 2 * 86_400)
        #expect(problem?.errors.map(\.pointer) == ["/data/issuedAt"])
        _ = try counter.invoice("FP-1", issuedAt: counter.bench.now - 5 * 86_400)
        #expect(counter.account()?.listedInvoices?.first?.issuedAt == counter.bench.now - 5 * 86_400)
    }
}
