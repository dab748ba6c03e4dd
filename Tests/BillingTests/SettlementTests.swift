import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Billing

@Suite("Settlement")
struct SettlementTests {
    /// An order with an accepted quote of 170.00: an hour of work and the way.
    static func accepted() throws -> Counter {
        var counter = Counter()
        try counter.open()
        let id = try counter.find()
        try counter.accept(try #require(id))
        return counter
    }

    @Test("confirmed, ended, used and settled: the charge is final, billed and owed")
    func final() throws {
        var counter = try Self.accepted()
        try counter.end()
        #expect(counter.finals.isEmpty)
        try counter.confirm()
        let charge = try #require(counter.finals.first)
        #expect(charge.total.amount == 17_000)
        #expect(charge.tax.amount == 962)
        // An hour and a half of an engineer whose rate is not known.
        #expect(charge.cost.amount == 9_000)
        #expect(charge.billNumber?.hasPrefix("BL-") == true)
        #expect(counter.balance(Account.receivable) == 17_000)
        #expect(counter.balance(Account.taxPayable) == -962)
        #expect(counter.balance(Account.costOfLabour) == 9_000)
        #expect(counter.settlement?.charge == .final)
        #expect(counter.settlement?.payment == .unpaid)
    }

    @Test("everybody who worked is paid for, by the customer as far as he agreed, and at his own rate by us")
    func crew() throws {
        var counter = try Self.accepted()
        let helper = UUID()
        try counter.bench.receive(
            EngineerRegistered(
                engineerId: helper, employeeNumber: "E2", name: "王", grade: "junior", branch: "B", team: "T",
                hourlyRate: Money(4_000, "CNY")), by: LearnEngineerRate())
        try counter.end(helpers: [helper])
        try counter.confirm()
        let charge = try #require(counter.finals.first)
        let labour = try #require(charge.lines.first { $0.kind == .labour })
        #expect(labour.quantity == 120 && labour.listAmount.amount == 24_000)
        #expect(charge.total.amount == 17_000)
        // An hour and a half of both.
        #expect(charge.cost.amount == 9_000 + 6_000)
        #expect(counter.balance(Account.costOfLabour) == 15_000)
    }

    @Test("the charge waits for every listed use, its cost, and every part request, in any order")
    func waits() throws {
        var counter = try Self.accepted()
        let usage = UUID()
        let request = UUID()
        try counter.confirm()
        try counter.end(usages: [usage], requests: [request])
        try counter.use(usage: usage, movesStock: false)
        #expect(counter.finals.isEmpty)
        try counter.move(.consumed, -1, worth: -100, causeId: usage, order: Counter.order)
        #expect(counter.finals.isEmpty)
        let state = PartRequestState(
            partRequestId: request, workOrderId: Counter.order, visitId: Counter.visit, engineerId: Counter.engineer,
            status: .settled, complete: true, settled: true)
        try counter.bench.receive(
            PartsReleased(request: state, occurredAt: counter.bench.now),
            by: NoteReleasedParts(policy: counter.policy), story: Counter.order)
        #expect(counter.finals.count == 1)
        // Older news of the same request, and the confirmation again, change nothing.
        var older = state
        older.settled = false
        try counter.bench.receive(
            PartsIssued(request: older, locationCode: "van/x", occurredAt: counter.bench.now),
            by: NoteIssuedParts(policy: counter.policy), story: Counter.order)
        try counter.confirm()
        #expect(counter.finals.count == 1)
    }

    @Test("more than the accepted total is never charged")
    func capped() throws {
        var counter = try Self.accepted()
        let usage = try counter.use("SEAL", 1)
        try counter.end(minutes: 180, usages: [usage])
        try counter.confirm()
        #expect(counter.finals[0].total.amount == 17_000)
        #expect(counter.finals[0].lines.contains { $0.coveredBy == "accepted-quote" })
    }

    @Test("without the customer's word only the inspection is charged; under cover nothing is")
    func inspection() throws {
        var counter = Counter()
        try counter.open()
        let id = try #require(try counter.find())
        try counter.refuse(id)
        try counter.end(.quoteRefused)
        try counter.confirm()
        #expect(counter.finals[0].total.amount == 3_000)
        var covered = Counter()
        try covered.open(Counter.everything, kind: .warranty)
        try covered.end()
        try covered.confirm()
        #expect(covered.finals[0].total.amount == 0)
        #expect(covered.finals[0].billNumber == nil)
        #expect(covered.settlement?.payment == .paid)
        #expect(covered.balance(Account.warrantyCost) == 9_000)
    }

    @Test("a deposit is a liability until the charge is final, and what is too much stays one")
    func deposit() throws {
        var counter = try Self.accepted()
        try counter.pay(20_000)
        #expect(counter.settlement?.payment == .deposit)
        #expect(counter.balance(Account.customerDeposits) == -20_000)
        try counter.end()
        try counter.confirm()
        #expect(counter.balance(Account.receivable) == 0)
        #expect(counter.balance(Account.customerDeposits) == -3_000)
        #expect(counter.settlement?.payment == .paid)
        #expect(counter.settlement?.balance.amount == -3_000)
    }

    @Test(
        "a cancelled or merged order is void, and its deposit goes back",
        arguments: [
            WorkOrderStatus.cancelled, .merged,
        ])
    func void(status: WorkOrderStatus) throws {
        var counter = try Self.accepted()
        try counter.pay(5_000)
        try counter.close(status)
        #expect(counter.settlement?.charge == .void)
        #expect(counter.settlement?.payment == .refunded)
        #expect(counter.balance(Account.customerDeposits) == 0)
        #expect(counter.balance(Account.refundsPayable) == -5_000)
        try counter.confirm()
        #expect(counter.finals.isEmpty)
        // Money that comes too late goes straight back as well.
        try counter.pay(100)
        #expect(counter.balance(Account.refundsPayable) == -5_100)
    }

    @Test("an order confirmed after it was cancelled was reinstated, and is charged")
    func reinstated() throws {
        var counter = try Self.accepted()
        try counter.close(.cancelled)
        counter.bench.now += 3_600
        try counter.end()
        try counter.confirm()
        #expect(counter.finals.count == 1)
    }

    @Test("an order that was reinstated and helped remotely is final when it closes, in whatever order that is heard")
    func reinstatedRemotely() throws {
        for sequences in [[5, 9], [9, 5]] {
            var counter = Counter()
            try counter.open()
            for sequence in sequences {
                try counter.close(
                    sequence == 9 ? .closed : .cancelled, remotely: sequence == 9, sequence: sequence)
            }
            #expect(counter.account()?.charge == .final)
        }
    }

    @Test("a cancellation that comes late voids no order that closed since")
    func lateCancellation() throws {
        var counter = try Self.accepted()
        try counter.close(.closed, sequence: 9)
        try counter.close(.cancelled, sequence: 5)
        try counter.end()
        try counter.confirm()
        #expect(counter.finals.count == 1)
    }

    @Test("an order helped remotely is final when it closes; one with a visit waits for its confirmation")
    func closed() throws {
        var remote = Counter()
        try remote.open()
        try remote.close(.closed, visits: 0, remotely: true)
        #expect(remote.finals.map(\.total.amount) == [0])
        var visited = try Self.accepted()
        try visited.close(.closed)
        #expect(visited.finals.isEmpty)
        try visited.end()
        try visited.confirm()
        #expect(visited.finals.map(\.total.amount) == [17_000])
    }

    @Test("a payment told twice counts once; another one under its id is refused")
    func twice() throws {
        var counter = try Self.accepted()
        let payment = UUID()
        try counter.pay(1_000, payment: payment)
        try counter.pay(1_000, payment: payment)
        #expect(counter.account()?.paid == 1_000)
        #expect(counter.entries.count == 1)
        #expect(throws: Refusal.conflict("payment-differs", "Another movement of money was booked under this id")) {
            try counter.pay(2_000, payment: payment)
        }
    }

    @Test("cash is in the engineer's hands until he remits it, and never more than he has")
    func cash() throws {
        var counter = try Self.accepted()
        try counter.end()
        try counter.confirm()
        try counter.collect(10_000)
        let account = Account.engineerCash(Counter.engineer)
        #expect(counter.balance(account) == 10_000)
        #expect(counter.settlement?.payment == .partial)
        #expect(throws: Refusal.self) { try counter.remit(10_001) }
        let remittance = UUID()
        try counter.remit(10_000, remittance: remittance)
        try counter.remit(10_000, remittance: remittance)
        #expect(counter.balance(account) == 0)
        #expect(counter.balance(Account.bank) == 10_000)
        try counter.collect(7_000, .wechat)
        #expect(counter.settlement?.payment == .paid)
        #expect(counter.bench.state(CashInHand.self, Counter.engineer)?.inHand == 0)
    }

    @Test(
        "what several clauses free is free, each thing by its own; misuse is charged in spite of all",
        arguments: [false, true])
    func severalClauses(misuse: Bool) throws {
        var counter = Counter()
        func clause(_ number: String?, _ cover: Cover, _ decided: [EntitlementMatter]) -> EntitlementClause {
            EntitlementClause(
                kind: number == nil ? .warranty : .contract, contractNumber: number, cover: cover,
                responseLevel: .standard, reason: CodedReason(code: "test"), decided: decided)
        }
        let labour = Cover(labour: true, parts: false, travel: false)
        try counter.open(
            Cover(labour: true, parts: true, travel: false), kind: .contract,
            clauses: [
                clause("K", labour, [.responseLevel, .labour]),
                clause(nil, Cover(labour: false, parts: true, travel: false), [.parts]), clause("L", labour, []),
            ])
        try counter.move(.received, 10, worth: 1_000)
        let estimate = try #require(try counter.find(parts: [("PUMP", 1)], misuse: misuse))
        try counter.accept(estimate)
        let usage = try counter.use()
        try counter.end(usages: [usage])
        try counter.confirm()
        let lines = try #require(counter.finals.first).lines
        func by(_ kind: ChargeLineKind) -> String? { lines.first { $0.kind == kind }?.coveredBy }
        #expect(by(.labour) == (misuse ? nil : "K") && by(.part) == (misuse ? nil : "warranty") && by(.travel) == nil)
        #expect(lines.contains { $0.kind != .travel && $0.amount.amount > 0 } == misuse)
    }

    @Test("money with a wrong method, amount, currency or order is refused")
    func badMoney() throws {
        var counter = try Self.accepted()
        #expect(throws: Refusal.self) { try counter.pay(100, .cash) }
        #expect(throws: Refusal.self) { try counter.collect(100, .bankTransfer) }
        #expect(throws: Refusal.self) { try counter.pay(0) }
        #expect(throws: Refusal.self) { try counter.pay(100, order: UUID()) }
        counter.policy.currency = "EUR"
        #expect(throws: Refusal.self) { try counter.pay(100) }
        #expect(counter.entries.isEmpty)
    }

    @Test("a contract is told to intake once per wording, and again when it ends")
    func contract() throws {
        var counter = Counter()
        var command = RegisterContract(
            contractId: UUID(), contractNumber: "C-1", contractType: .maintenance, customerNumber: "K-1",
            responseLevel: .fourHour, cover: Counter.everything, startsOn: counter.bench.now,
            endsOn: counter.bench.now + 86_400, price: Money(1_000_000, "CNY"))
        try counter.bench.send(command, to: WriteContract(policy: counter.policy))
        try counter.bench.send(command, to: WriteContract(policy: counter.policy))
        #expect(counter.bench.all(ContractChanged.self).map(\.status) == [.active])
        #expect(try counter.bench.fire(EndContract(), for: command.contractId))
        #expect(counter.bench.last(ContractChanged.self)?.status == .ended)
        command.endsOn = command.startsOn
        #expect(throws: Refusal.self) { try counter.bench.send(command, to: WriteContract(policy: counter.policy)) }
    }
}
