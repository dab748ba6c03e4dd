import DomainContracts
import Foundation
import ServiceKit

/// An estimate needs the customer's word: he is asked. Other decisions are not his.
struct AskAboutEstimate: EventHandler {
    let desk: LinkDesk

    func keys(_ event: EstimatePrepared, _ keys: inout Keys) {
        guard event.decision == .quote else { return }
        keys.need(OrderNotice.self, event.workOrderId)
        keys.need(Notification.self, Notification.quote(event.estimateId, event.total))
    }

    func decide(_ event: EstimatePrepared, _ turn: inout Turn) -> EventOutcome {
        guard event.decision == .quote else { return .applied }
        return turn.askAboutQuote(
            event.estimateId, order: event.workOrderId, total: event.total, validUntil: event.validUntil, desk: desk)
    }
}
