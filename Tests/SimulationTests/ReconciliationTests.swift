import DomainContracts
import Foundation
import Testing

@testable import Simulation

@Suite("Reconciliation")
struct ReconciliationTests {
    /// A difference between the two sides, planted into facts that agree.
    struct Planted: Sendable, CustomTestStringConvertible {
        /// The lines that must fail for it, and no others.
        let codes: Set<String>
        let testDescription: String
        let plant: @Sendable (inout ReconciliationFacts) -> Void

        init(
            _ codes: Set<String>, _ description: String,
            _ plant: @escaping @Sendable (inout ReconciliationFacts) -> Void
        ) {
            self.codes = codes
            testDescription = description
            self.plant = plant
        }
    }

    @Test("facts that agree hold in every line")
    func holds() {
        let reconciliation = Reconciliation(Self.facts)
        #expect(reconciliation.holds)
        #expect(Set(reconciliation.lines.map(\.code)).count == reconciliation.lines.count)
    }

    @Test("every difference fails its own line and no other", arguments: planted)
    func fails(_ planted: Planted) {
        var facts = Self.facts
        planted.plant(&facts)
        let failed = Reconciliation(facts).lines.filter { !$0.holds }.map(\.code)
        #expect(Set(failed) == planted.codes)
    }

    @Test("there is a planted difference for every line")
    func isCovered() {
        #expect(
            Set(Reconciliation(Self.facts).lines.map(\.code))
                == Self.planted.reduce(into: []) { $0.formUnion($1.codes) })
    }

    static let planted: [Planted] = [
        Planted(["reports"], "a report that nobody has") { $0.published += 1 },
        Planted(["reports"], "a rejection that nobody was told of") { $0.rejected -= 1 },
        Planted(["reports"], "an acceptance that nobody was told of") { $0.accepted -= 1 },
        Planted(["reports"], "a request without a status") { $0.after.intake.requestsByStatus["incomplete"] = 0 },
        Planted(["requests"], "a request with two work orders") {
            $0.after.intake.workOrders += 1
            $0.after.intake.workOrdersByStatus["closed", default: 0] += 1
        },
        Planted(["final"], "a work order on hold") {
            $0.after.intake.workOrdersByStatus["closed", default: 0] -= 1
            $0.after.intake.workOrdersByStatus["on_hold"] = 1
        },
        Planted(["stock"], "a piece that nobody has") { $0.after.inventory.onHand -= 1 },
        Planted(["stock"], "a piece that came from nowhere") { $0.after.inventory.consumed += 1 },
        Planted(["stock-value"], "stock worth more than was paid for it") {
            $0.after.inventory.onHandValue.amount += 1
        },
        Planted(["reservations"], "a piece reserved for nobody") { $0.after.inventory.reserved = 1 },
        Planted(["cash"], "cash that was handed over and not taken") { $0.remitted += 100 },
        Planted(["cash"], "cash that stays with an engineer and is not in the books") { $0.remitted -= 100 },
        Planted(["cash"], "cash in the books that nobody took") {
            $0.after.billing.cashInHand["someone"] = Money(100, "CNY")
        },
        Planted(["ledger-balance", "ledger-copy"], "a ledger that is off balance") {
            $0.after.ledger.books[0].accounts[0].debit.amount += 1
        },
        Planted(["ledger-numbers", "ledger-copy"], "a number that was left out") {
            $0.after.ledger.books[0].lastSequence += 1
        },
        Planted(["ledger-copy"], "an entry that finance never got") {
            $0.book = FinanceBook()
            $0.book.take(entry(6, 100))
        },
        Planted(["ledger-copy"], "an account that finance has otherwise") {
            $0.after.ledger.books[0].accounts[0].account = "cash"
        },
        Planted(["ledger-copy"], "an unbalanced entry") {
            var odd = entry(8, 100)
            odd.lines[0].money.amount = 101
            $0.book.take(odd)
            $0.after.ledger.books[0].entries = 8
            $0.after.ledger.books[0].lastSequence = 8
            $0.after.ledger.books[0].accounts[0].debit.amount += 101
            $0.after.ledger.books[0].accounts[1].credit.amount += 101
        },
        Planted(["effects"], "a report that was taken twice") { $0.after.intake.doubledRequests = 1 },
        Planted(["effects"], "a redelivered report answered as new") { $0.doubledAnswers = 1 },
        Planted(["effects"], "stock that moved twice") { $0.after.inventory.doubledMovements = 1 },
        Planted(["effects"], "an order charged twice") { $0.after.billing.doubledCharges = 1 },
        Planted(["effects"], "an engineer booked twice") { $0.after.dispatch.doubleBookings = 1 },
        Planted(["dead"], "a dead letter") { $0.dead["billing"] = 1 },
        Planted(["parked"], "a parked message") { $0.parked["intake"] = 1 },
        Planted(["queues"], "a message nobody took") { $0.queues["dispatch.events"] = 1 },
    ]

    /// Ten reports on top of five earlier ones: eight orders, an incomplete one, one rejected; a rework order.
    static var facts: ReconciliationFacts {
        var book = FinanceBook()
        for sequence in 6...7 { book.take(entry(sequence, 100)) }
        return ReconciliationFacts(
            published: 10, accepted: 9, rejected: 1, doubledAnswers: 0, before: totals(5, cash: 300),
            after: totals(14, incomplete: 1, rejected: 1, rework: 1, entries: 7, cash: 500), book: book, collected: 900,
            remitted: 700, dead: ["intake": 0], parked: ["intake": 0], queues: ["intake.commands": 0])
    }

    static func totals(
        _ requests: Int, incomplete: Int = 0, rejected: Int = 0, rework: Int = 0, entries: Int = 5, cash: Int
    ) -> Totals {
        let orders = requests - incomplete + rework
        let none = Money.zero("CNY")
        return Totals(
            intake: IntakeTotals(
                requests: requests, requestsByStatus: ["converted": requests - incomplete, "incomplete": incomplete],
                rejected: rejected, workOrders: orders,
                workOrdersByStatus: ["closed": orders - 2, "cancelled": 1, "merged": 1],
                reworkOrders: rework, doubledRequests: 0),
            dispatch: DispatchTotals(doubleBookings: 0, travelMinutes: 0, engineers: 24),
            fieldService: FieldServiceTotals(
                reports: 0, workMinutes: 0, travelMinutes: 0, arrivedOnTime: 0, arrived: 0),
            inventory: InventoryTotals(
                received: 100, adjusted: -2, onHand: 60, consumed: 37, scrapped: 1, reserved: 0,
                receivedValue: Money(10_000, "CNY"), adjustedValue: Money(-200, "CNY"),
                onHandValue: Money(6_000, "CNY"),
                consumedValue: Money(3_700, "CNY"), scrappedValue: Money(100, "CNY"), doubledMovements: 0),
            billing: BillingTotals(
                charged: none, paid: none, cost: none, cashInHand: ["engineer": Money(cash, "CNY")], doubledCharges: 0),
            ledger: LedgerTotals(books: [
                BookTotals(
                    book: "main", series: 1, entries: entries, firstSequence: 1, lastSequence: entries,
                    accounts: [
                        AccountTotals(account: "bank", debit: Money(entries * 100, "CNY"), credit: none),
                        AccountTotals(account: "receivable", debit: none, credit: Money(entries * 100, "CNY")),
                    ])
            ]),
            feedback: FeedbackTotals(),
            kpis: KPIAnswer(
                opened: 0, closed: 0, firstTimeFixed: 0, firstTimeFixBase: 0, resolvedRemotely: 0, reworked: 0,
                repeatVisits: 0, visited: 0, followedUp: 0, surveysSent: 0, surveysAnswered: 0, satisfied: 0,
                satisfactionAnswers: 0, promoters: 0, detractors: 0, recommendationAnswers: 0))
    }
}
