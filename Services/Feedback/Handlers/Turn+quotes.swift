import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Puts a quote before the customer, with links to accept and to refuse it.
    mutating func askAboutQuote(
        _ estimateId: UUID, order workOrderId: UUID, total: Money, validUntil: Date, desk: LinkDesk
    ) -> EventOutcome {
        switch addressee(of: workOrderId) {
        case .notYet(let subject): return .notYet(waitingFor: subject)
        case .known(let notice, let contact):
            notify(
                contact, Notification.quote(estimateId, total),
                News(
                    template: .quote,
                    parameters: [
                        "amount": String(total.amount), "currency": total.currency,
                        "validUntil": DomainContracts.RFC3339.format(validUntil),
                        "refuseToken": desk.token(for: RefuseQuote.self, about: estimateId),
                    ],
                    token: desk.token(for: AcceptQuote.self, about: estimateId), workOrderId: workOrderId,
                    workOrderNumber: notice.workOrderNumber, estimateId: estimateId))
            return .applied
        }
    }
}

extension Notification {
    /// The notification that asks about an estimate at a price: one that costs less by now is put before him again.
    static func quote(_ estimateId: UUID, _ total: Money) -> UUID {
        UUID(derivedFrom: DerivedNames.notification(.quote, "\(total.amount)"), in: estimateId)
    }

    /// The notification that passes an escalation on.
    static func escalation(_ escalationId: UUID) -> UUID {
        UUID(derivedFrom: DerivedNames.notification(.escalation), in: escalationId)
    }
}
