import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Billing

@Suite("Ledger")
struct LedgerTests {
    @Test("each stock movement posts what docs/sagas.md says; moves between our places post nothing")
    func stock() throws {
        var counter = Counter()
        try counter.open()
        try counter.move(.received, 10, worth: 1_000)
        try counter.move(.issued, -2, worth: -200)
        try counter.move(.returned, 1, worth: 100)
        try counter.move(.adjusted, 1, worth: 100)
        try counter.move(.scrapped, -2, worth: -200)
        try counter.use(cost: 100)
        #expect(counter.entries.count == 4)
        #expect(counter.balance(Account.inventory) == 800)
        #expect(counter.balance(Account.goodsReceived) == -1_000)
        #expect(counter.balance(Account.stockDifferences) == 100)
        #expect(counter.balance(Account.costOfParts) == 100)
    }

    @Test("a part used under cover costs warranty; one whose order is unknown waits for it")
    func warranty() throws {
        var counter = Counter()
        #expect(
            try counter.move(.consumed, -1, worth: -100, order: Counter.order)
                == .notYet(waitingFor: "work-order/\(Counter.order.uuidString.lowercased())"))
        try counter.open(Counter.everything)
        try counter.move(.consumed, -1, worth: -100, order: Counter.order)
        #expect(counter.balance(Account.warrantyCost) == 100)
    }

    @Test("nothing that moves no money is posted, and an amount below zero goes the other way")
    func transfers() {
        func entry(_ amount: Int) -> LedgerEntry? {
            LedgerEntry(
                UUID(), .stock, [.init(debit: "a", credit: "b", amount)], currency: "CNY", postedAt: .distantPast,
                memo: "")
        }
        #expect(entry(0) == nil)
        #expect(entry(-5)?.lines.map(\.account) == ["b", "a"])
        #expect(entry(-5)?.lines.map(\.money.amount) == [5, 5])
    }

    @Test("the tax contained in a price is rounded half to even")
    func tax() {
        let book = PriceBook()
        #expect(book.tax(in: 10_600, .labour) == 600)
        #expect(book.tax(in: 11_300, .part) == 1_300)
        #expect(book.tax(in: 53, .labour) == 3)
        #expect(book.partPrice(averageCost: 1_000) == 1_500)
        #expect(book.partPrice(averageCost: 1_100) == 1_600)
        #expect(book.partPrice(averageCost: 1) == 100)
        #expect(book.partPrice(averageCost: nil) == 10_000)
    }

    @Test(
        "whatever happens, every entry balances and the receivable is what is owed",
        arguments: 1...12 as ClosedRange<UInt64>)
    func balanced(seed: UInt64) throws {
        var random = Lehmer(state: seed)
        var counter = Counter()
        let orders = (0..<6).map { _ in UUID() }
        let visits = Dictionary(uniqueKeysWithValues: orders.map { ($0, UUID()) })
        var estimates: [UUID] = []
        try counter.move(.received, 50, worth: 50_000)
        for order in orders {
            try counter.open(random.below(2) == 0 ? Counter.nothing : Counter.everything, order: order)
        }
        for _ in 0..<150 {
            counter.bench.now += 60
            let order = orders[random.below(orders.count)]
            let visit = try #require(visits[order])
            do {
                switch random.below(12) {
                case 0, 1:
                    if let id = try counter.find(
                        minutes: random.below(200), parts: [("PUMP", random.below(3))], misuse: random.below(4) == 0,
                        order: order)
                    {
                        estimates.append(id)
                    }
                case 2, 3: if let id = random.pick(estimates) { try counter.accept(id) }
                case 4: if let id = random.pick(estimates) { try counter.refuse(id) }
                case 5: try counter.use("PUMP", 1 + random.below(2), cost: random.below(2_000), order: order)
                case 6: try counter.end(minutes: random.below(240), order: order, visit: visit)
                case 7: try counter.confirm(order: order, visit: visit)
                case 8: try counter.pay(1 + random.below(30_000), order: order)
                case 9: try counter.collect(1 + random.below(9_000), order: order)
                case 10: try counter.remit(1 + random.below(9_000))
                default: if random.below(5) == 0 { try counter.close(.cancelled, order: order) }
                }
            } catch is Refusal {
                // A refusal changes nothing; the checks below hold it to that.
            }
            let accounts = orders.compactMap { counter.account($0) }
            let final = accounts.filter { $0.charge == .final }
            let owed = final.reduce(0) { $0 + max(0, $1.total - $1.paid) }
            let deposits = accounts.reduce(0) { $0 + ($1.charge == .final ? max(0, $1.paid - $1.total) : $1.paid) }
            #expect(counter.balance(Account.receivable) == owed)
            #expect(counter.balance(Account.customerDeposits) == -deposits)
            let inHand = counter.bench.state(CashInHand.self, Counter.engineer)?.inHand ?? 0
            #expect(counter.balance(Account.engineerCash(Counter.engineer)) == inHand)
            for account in final { #expect(account.total <= max(account.acceptedTotal ?? 0, 3_000)) }
        }
        for entry in counter.entries {
            let sides = entry.lines.reduce(0) { $0 + ($1.side == .debit ? $1.money.amount : -$1.money.amount) }
            #expect(sides == 0)
            #expect(entry.lines.allSatisfy { $0.money.amount > 0 })
        }
        #expect(Set(counter.entries.map(\.entryId)).count == counter.entries.count)
        #expect(counter.entries.map(\.sequence) == Array(1...counter.entries.count))
        #expect(Set(counter.finals.map(\.workOrderId)).count == counter.finals.count)
    }
}

/// A small generator with a fixed sequence per seed.
struct Lehmer {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state = (state &* 6_364_136_223_846_793_005) &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }
}
