import DomainContracts
import Foundation
import ServiceKit

/// The money's side: engineers' cash, the payment providers, and the company's own books, fed by billing's events alone.
struct Finance: Sendable {
    let world: World

    /// Enters a ledger entry in our own book.
    func enter(_ entry: LedgerEntryPosted) {
        world.book.withLock { $0.take(entry) }
    }

    /// The customer pays what he owes: now to the engineer, later by other ways, or never.
    func settle(_ charge: ChargeFinal, _ order: KnownOrder) async throws {
        let rest = charge.total.amount - world.order(order.id) { $0.collected }
        guard rest > 0, !order.fate.happens("never-pays", world.shares.neverPaid) else { return }
        let method = order.fate.pick(
            "method", [PaymentMethod.cash, .cash, .wechat, .wechat, .wechat, .alipay, .bankTransfer, .card])
        let amount = Money(rest, charge.total.currency)
        if method == .cash, let engineer = world.order(order.id, { $0.engineer }) {
            return try await collect(amount, from: order, by: engineer)
        }
        try await world.wait(minutes: order.fate.number("pays-after", method == .bankTransfer ? 60...1_200 : 2...120))
        let payment = UUID.v7()
        try await world.client.require(
            RecordPayment(
                paymentId: payment, workOrderId: order.id, amount: amount, method: method,
                reference: "\(method.rawValue)-\(payment.uuidString.suffix(12))", occurredAt: world.clock.now()),
            as: .finance, channel: "finance", story: order.id)
        world.tally.withLock { $0.paymentsRecorded += 1 }
    }

    func collect(_ amount: Money, from order: KnownOrder, by engineer: UUID) async throws {
        try await world.client.require(
            CollectPayment(
                paymentId: UUID.v7(), workOrderId: order.id, engineerId: engineer, amount: amount, method: .cash,
                occurredAt: world.clock.now()),
            as: .engineer(engineer), story: order.id)
        world.order(order.id) { $0.collected += amount.amount }
        world.tally.withLock { tally in
            tally.collected += amount.amount
            tally.cashWith[engineer, default: 0] += amount.amount
        }
    }

    /// Every evening the engineers hand over what they took, until the task is cancelled.
    func remitDaily() async {
        while !Task.isCancelled {
            do {
                try await world.wait(minutes: 24 * 60)
                try await remitAll()
            } catch {
                world.stumble(error, nil)
            }
        }
    }

    /// Every engineer hands over what he has.
    func remitAll() async throws {
        let purses = world.tally.withLock { tally in
            defer { tally.cashWith = [:] }
            return tally.cashWith
        }
        for (engineer, amount) in purses where amount > 0 {
            try await world.client.require(
                RemitCash(
                    remittanceId: UUID.v7(), engineerId: engineer, amount: Money(amount, "CNY"),
                    occurredAt: world.clock.now()),
                as: .engineer(engineer), story: nil)
            world.tally.withLock { $0.remitted += amount }
        }
    }
}
