import DomainContracts
import Foundation
import Testing

@testable import Simulation

@Suite("Finance's own books")
struct FinanceBookTests {
    static let series = FinanceBook.Series(book: "main", series: 1)

    @Test("entries add up by account, in whatever order they come and however often")
    func addsUp() {
        var book = FinanceBook()
        for sequence in [3, 1, 2, 2, 1] { book.take(entry(sequence, 100 * sequence)) }
        #expect(book.balances(Self.series) == ["bank": 600, "receivable": -600])
        #expect(book.count(Self.series) == 3)
        #expect(book.repetitions == 2)
        #expect(book.findings.isEmpty)
        #expect(book.missing(Self.series, from: 1, through: 3).isEmpty)
    }

    @Test("a number that never came is a gap")
    func gap() {
        var book = FinanceBook()
        for sequence in [1, 2, 5] { book.take(entry(sequence, 100)) }
        #expect(book.missing(Self.series, from: 1, through: 6) == [3, 4, 6])
    }

    @Test("an entry whose sides differ is found, and so is one without lines")
    func unbalanced() {
        var book = FinanceBook()
        var odd = entry(1, 100)
        odd.lines[0].money.amount += 1
        book.take(odd)
        var empty = entry(2, 100)
        empty.lines = []
        book.take(empty)
        #expect(
            book.findings == [.unbalanced(sequence: 1, difference: 1), .unbalanced(sequence: 2, difference: 0)])
    }

    @Test("two entries with one number are found, and one that came again with other content")
    func conflicts() {
        var book = FinanceBook()
        book.take(entry(1, 100))
        var other = entry(1, 100)
        other.entryId = UUID()
        book.take(other)
        book.take(entry(2, 100))
        var changed = entry(2, 100)
        changed.lines[0].account = "cash"
        book.take(changed)
        #expect(book.findings == [.numberTwice(sequence: 1), .changed(sequence: 2)])
    }
}

/// A payment by bank; its id follows from its number.
func entry(_ sequence: Int, _ amount: Int) -> LedgerEntryPosted {
    let id = UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, UInt8(sequence >> 8), UInt8(sequence & 0xff)))
    return LedgerEntryPosted(
        book: "main", series: 1, sequence: sequence, entryId: id, postedAt: Date(timeIntervalSince1970: 0),
        lines: [
            LedgerLine(account: "bank", side: .debit, money: Money(amount, "CNY")),
            LedgerLine(account: "receivable", side: .credit, money: Money(amount, "CNY")),
        ],
        memo: "payment")
}
