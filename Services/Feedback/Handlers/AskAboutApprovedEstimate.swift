import DomainContracts
import Foundation
import ServiceKit

/// Our approver allowed an estimate that the customer has to agree to as well: he is asked.
struct AskAboutApprovedEstimate: EventHandler {
    let desk: LinkDesk

    func keys(_ event: EstimateApproved, _ keys: inout Keys) {
        guard event.decision == .quote else { return }
        keys.need(OrderNotice.self, event.workOrderId)
        keys.need(Notification.self, Notification.quote(event.estimateId, event.total))
    }

    func decide(_ event: EstimateApproved, _ turn: inout Turn) -> EventOutcome {
        guard event.decision == .quote else { return .applied }
        return turn.askAboutQuote(
            event.estimateId, order: event.workOrderId, total: event.total, validUntil: event.validUntil, desk: desk)
    }
}
