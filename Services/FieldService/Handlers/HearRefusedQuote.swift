import DomainContracts
import Foundation
import ServiceKit

/// The customer does not take the quote, or let it lapse.
struct HearRefusedQuote: EventHandler {
    func keys(_ event: QuoteRefused, _ keys: inout Keys) { keys.need(Visit.self, event.visitId) }

    func decide(_ event: QuoteRefused, _ turn: inout Turn) -> EventOutcome {
        turn.hear(
            visit: event.visitId, order: event.workOrderId, estimate: event.estimateId, .refused,
            refusal: EstimateRefusal(outcome: .quoteRefused, reason: event.reason, at: event.refusedAt),
            at: event.refusedAt)
    }
}
