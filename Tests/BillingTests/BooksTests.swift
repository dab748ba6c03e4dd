import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Billing

@Suite("What stands where in the books")
struct BooksTests {
    @Test("an order that was reinstated owes what it costs, though a deposit went back before")
    func refundedOnce() throws {
        var counter = try SettlementTests.accepted()
        try counter.pay(5_000)
        try counter.close(.cancelled)
        #expect(counter.settlement?.payment == .refunded)
        counter.bench.now += 3_600
        try counter.end()
        try counter.confirm()
        #expect(counter.settlement?.payment == .unpaid && counter.settlement?.balance.amount == 17_000)
        try counter.pay(17_000)
        #expect(counter.settlement?.payment == .paid)
    }

    @Test("money that the bank dates before the bill was a deposit on that day, and pays for the bill today")
    func paidBeforeTheBill() throws {
        var counter = try SettlementTests.accepted()
        try counter.end()
        counter.bench.now += 10 * 86_400
        try counter.confirm()
        let bill = counter.bench.now
        counter.bench.now += 86_400
        let earlier = bill - 5 * 86_400
        try counter.pay(20_000, at: earlier)
        #expect(counter.settlement?.payment == .paid && counter.balance(Account.receivable) == 0)
        #expect(counter.balance(Account.customerDeposits) == -3_000)
        let entries = counter.entries.suffix(2)
        #expect(entries.map(\.postedAt) == [earlier, counter.bench.now])
        #expect(
            entries.map { $0.lines.map(\.account) } == [
                ["clearing-wechat", Account.customerDeposits], [Account.customerDeposits, Account.receivable],
            ])
        // At no moment was the receivable below nothing.
        let dated = counter.entries.sorted { $0.postedAt < $1.postedAt }.flatMap(\.lines)
        let steps = dated.filter { $0.account == Account.receivable }
            .map { $0.side == .debit ? $0.money.amount : -$0.money.amount }
        #expect(steps.indices.allSatisfy { steps[...$0].reduce(0, +) >= 0 })
        var later = try SettlementTests.accepted()
        try later.end()
        try later.confirm()
        later.bench.now += 86_400
        try later.pay(17_000, at: later.bench.now - 3_600)
        #expect(later.entries.last?.lines.map(\.account) == ["clearing-wechat", Account.receivable])
    }

    @Test("stock is posted when it moved, in a closed month at the beginning of the next, and never ahead of now")
    func movedAt() throws {
        var counter = Counter()
        let now = counter.bench.now
        try counter.move(.received, 1, worth: 100, at: now - 3_600)
        try counter.move(.received, 1, worth: 100, at: now + 60)
        counter.bench.closedUntil = now - 60
        try counter.move(.received, 1, worth: 100, at: now - 3_600)
        #expect(counter.entries.map(\.postedAt) == [now - 3_600, now, now - 60])
        #expect(counter.entries.map(\.occurredAt) == [nil, nil, now - 3_600])
    }

    @Test("the cost of a part stands on the side of what it was charged for, whatever was known when it was used")
    func costOfParts() throws {
        var counter = Counter()
        try counter.open(Counter.everything, kind: .warranty)
        try counter.move(.received, 10, worth: 1_000)
        let usage = try counter.use()
        #expect(counter.balance(Account.warrantyCost) == 100)
        try counter.accept(try #require(try counter.find(parts: [("PUMP", 1)], misuse: true)))
        try counter.end(usages: [usage])
        try counter.confirm()
        #expect(counter.balance(Account.costOfParts) == 100 && counter.balance(Account.warrantyCost) == 0)
        #expect(counter.balance("revenue-parts") < 0)
        // Covered in spite of it after all, it is cost of warranty again.
        try counter.dispute(UUID(), .upheld, cover: Counter.everything, despiteMisuse: Counter.everything)
        #expect(counter.balance(Account.costOfParts) == 0 && counter.balance(Account.costOfLabour) == 0)
        #expect(counter.balance(Account.warrantyCost) == 9_100)
        // The other way round: used as misuse, which the next finding takes back.
        var other = Counter()
        try other.open(Counter.everything, kind: .warranty)
        try other.accept(try #require(try other.find(parts: [("PUMP", 1)], misuse: true)))
        let second = try other.use()
        #expect(other.balance(Account.costOfParts) == 100)
        try other.find(parts: [("PUMP", 1)])
        try other.end(usages: [second])
        try other.confirm()
        #expect(other.balance(Account.costOfParts) == 0 && other.balance(Account.warrantyCost) == 9_100)
    }

    @Test(
        "money of another currency is none of these books': a contract's price is refused, an engineer's rate not used")
    func otherCurrency() throws {
        var counter = try SettlementTests.accepted()
        let contract = RegisterContract(
            contractId: UUID(), contractNumber: "C-1", contractType: .maintenance, customerNumber: "K-1",
            responseLevel: .fourHour, cover: Counter.everything, startsOn: counter.bench.now,
            endsOn: counter.bench.now + 86_400, price: Money(1_000, "EUR"))
        let refusal = #expect(throws: Refusal.self) {
            try counter.bench.send(contract, to: WriteContract(policy: counter.policy))
        }
        #expect(refusal?.problem.errors.map(\.pointer) == ["/data/price/currency"])
        #expect(refusal?.problem.errors.map(\.code) == ["currency-mismatch"])
        let rows = try counter.bench.send(
            ImportContracts(dryRun: false, rows: [ContractRow(line: 2, contract: contract)]),
            to: ImportContractRows(policy: counter.policy))
        #expect(rows.verdicts.map(\.outcome) == [.invalid])
        #expect(rows.verdicts.first?.errors.map(\.pointer) == ["/price/currency"])
        try counter.bench.receive(
            EngineerRegistered(
                engineerId: Counter.engineer, employeeNumber: "E1", name: "李", grade: "senior", branch: "B", team: "T",
                hourlyRate: Money(100, "EUR")), by: LearnEngineerRate())
        try counter.end()
        try counter.confirm()
        // An hour and a half of an engineer whose rate is not known.
        #expect(counter.finals.map(\.cost.amount) == [9_000])
    }
}
