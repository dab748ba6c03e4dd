import DomainContracts
import FoundationEssentials

extension OrderAccount {
    /// What the customer owes in all, once it is sure; before, what he said yes to and still has to pay.
    var total: Int {
        switch charge {
        case .final: (bill?.total ?? 0) - (credited ?? 0)
        case .notChargeable, .estimated, .accepted: acceptedLimit ?? 0
        case .void: 0
        }
    }

    /// `paid` says that nothing is owed any more, which holds for a charge of zero too.
    var paymentStatus: PaymentStatus {
        // Given back is all there was to pay: an order that was reinstated since owes what it costs.
        let isForNothing = charge == .void || charge == .final && total == 0
        if refunded > 0 && paid == 0 && isForNothing { return .refunded }
        switch charge {
        case .final: return paid >= total ? .paid : paid > 0 ? .partial : .unpaid
        case .notChargeable, .estimated, .accepted, .void: return paid > 0 ? .deposit : .unpaid
        }
    }

    /// What the three tracks say, and what holds them up; two equal ones need no telling.
    var tracks: [String] {
        [charge.rawValue, paymentStatus.rawValue, invoiceStatus.rawValue, "\(total)", "\(paid)", hold?.code ?? ""]
    }

    func settlement(at date: Date) -> SettlementChanged {
        SettlementChanged(
            workOrderId: workOrderId, workOrderNumber: workOrderNumber, charge: ChargeStatus(rawValue: charge.rawValue),
            payment: paymentStatus, invoice: invoiceStatus, total: Money(total, currency), paid: Money(paid, currency),
            balance: Money(total - paid, currency), hold: hold, changedAt: date)
    }
}
